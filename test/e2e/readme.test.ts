import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const README = join(ROOT, "README.md");
const PROMPT = "$ answerkey ";

/** Runs a command line of the README in a shell that knows `answerkey`, and returns all it prints, in order. */
function shell(command: string, cwd: string): string {
  const script = `answerkey() { "${process.execPath}" "${join(ROOT, "dist/bin.js")}" "$@" 2>&1; }; ${command}; true`;
  const env = { PATH: process.env["PATH"] ?? "", HOME: cwd, NO_COLOR: "1", USER: "ada" };
  const printed = execFileSync("bash", ["-c", script], { cwd, env, encoding: "utf8" });
  // How far a run is after five seconds is the machine's to say.
  return printed.replace(/^\d+\/\d+ done .*\n/gm, "").trimEnd();
}

/** The README with every block that starts with `$ answerkey` filled with what the commands print now. */
function withRealOutput(text: string, cwd: string): string {
  return text.replace(/^```\n(\$ answerkey [^]*?)\n```$/gm, (_block, content: string) => {
    const commands = content.split("\n").filter((line) => line.startsWith(PROMPT));
    const shown = commands.map((line) => `${line}\n${shell(line.slice(2), cwd)}`.trimEnd());
    return `\`\`\`\n${shown.join("\n")}\n\`\`\``;
  });
}

test("the README shows what the commands print", () => {
  const cwd = temporaryFolder();
  cpSync(join(ROOT, "questions"), join(cwd, "questions"), { recursive: true });
  const text = readFileSync(README, "utf8");
  const real = withRealOutput(text, cwd);
  expect(real.split(PROMPT).length).toBeGreaterThan(7);
  if (process.env["UPDATE_EXAMPLE"] === "1") writeFileSync(README, real);
  expect(readFileSync(README, "utf8")).toBe(real);
  const bank = "questions/llmops/theory_questions.md";
  expect(readFileSync(join(cwd, bank)).equals(readFileSync(join(ROOT, bank)))).toBe(true);
});
