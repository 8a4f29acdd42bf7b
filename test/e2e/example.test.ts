import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const EXAMPLE = join(ROOT, "outputs/example");
/** 2026-01-01T00:00:00Z, in seconds: with it every timestamp is the same, so what the commands write is too. */
const MOMENT = "1767225600";

/** Of the grades, what people look at. */
const SHOWN_GRADES = new Set(
  ["report.html", "grades-wide.csv", "sheets/c-002.md"].map((name) => `outputs/grades/llmops/${name}`),
);

/** The commands of the README on the shipped bank, and what they leave, by path in `outputs/example`. */
async function makeExample(): Promise<Readonly<Record<string, string>>> {
  const cwd = temporaryFolder();
  cpSync(join(ROOT, "questions"), join(cwd, "questions"), { recursive: true });
  const env = { SOURCE_DATE_EPOCH: MOMENT };
  const steps = [
    ["fill", "--provider", "offline"],
    ["review", "accept", "--all", "--by", "reader@example.org"],
    ["apply", "--by", "reader@example.org"],
  ];
  for (const step of steps) expect(await runCli(step, { cwd, env })).toMatchObject({ code: 0 });
  // Some answers wait for a person: that is what 1 says.
  const candidates = "questions/llmops/candidates";
  expect(await runCli(["grade", candidates, "--provider", "offline"], { cwd, env })).toMatchObject({ code: 1 });
  expect(await runCli(["grade", "agree", "questions/llmops/marks.csv"], { cwd, env })).toMatchObject({ code: 0 });
  const left = Object.entries(filesOf(cwd)).flatMap(([path, text]): readonly (readonly [string, string])[] => {
    if (path === "questions/llmops/theory_questions.md") return [["filled/theory_questions.md", text]];
    if (path === "outputs/decisions.jsonl" || path.startsWith("outputs/proposals/"))
      return [[path.slice("outputs/".length), text]];
    if (SHOWN_GRADES.has(path)) return [[path.slice("outputs/".length), text]];
    return path.startsWith("outputs/runs/2026-01-01t00-00-00z/") && path.endsWith("/summary.json")
      ? [["summary.json", text]]
      : [];
  });
  return Object.fromEntries(left.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

test("outputs/example holds, to the byte, what the commands leave on the shipped bank", async () => {
  const made = await makeExample();
  if (process.env["UPDATE_EXAMPLE"] === "1") {
    rmSync(EXAMPLE, { recursive: true, force: true });
    for (const [path, text] of Object.entries(made)) {
      mkdirSync(dirname(join(EXAMPLE, path)), { recursive: true });
      writeFileSync(join(EXAMPLE, path), text);
    }
  }
  expect(Object.keys(made)).toHaveLength(26);
  expect(filesOf(EXAMPLE)).toEqual(made);
  expect(readFileSync(join(ROOT, "questions/llmops/theory_questions.md"), "utf8")).not.toBe(
    made["filled/theory_questions.md"],
  );
});
