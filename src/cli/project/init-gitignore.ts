import { join } from "node:path";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import { appending, creating, type Step } from "./init-step.ts";

const PATH = ".gitignore";

const HEAD =
  "# answerkey: the key, replies and candidates' answers stay here; proposals and decisions may be committed";

const LINES = [".env", "outputs/*", "!outputs/proposals/", "!outputs/decisions.jsonl", "!outputs/decisions.jsonl.head"];

/** Adds what must not be committed, where it is not there yet. */
export function ignoring(root: string): Step {
  const bytes = readFileIfAny(join(root, PATH));
  const before = decodeText(bytes ?? new Uint8Array()) ?? "";
  const known = new Set(before.split("\n").map((line) => line.trim()));
  const missing = LINES.filter((line) => !known.has(line));
  const why = "keeps the key, replies and answers out of commits; proposals and decisions may go in";
  if (missing.length === 0) return { action: "keep", path: PATH, why: "has these lines already" };
  const text = `${[HEAD, ...missing].join("\n")}\n`;
  if (bytes === undefined) return creating(PATH, text, why);
  return appending(PATH, `${before === "" || before.endsWith("\n") ? "\n" : "\n\n"}${text}`, why);
}
