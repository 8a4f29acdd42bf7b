import { expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const TEXT = "## Question 1: What is a heap?\n\n**Answer:** A tree.\n";
const CARRIAGE_RETURNS =
  "lines end in carriage returns alone, so no question is found; save it with LF or CRLF line ends";
const UTF_16 = "the file is UTF-16, so no question is found; save it as UTF-8";

test("a file that cannot be read as lines of UTF-8 is told with what to do about it, by every command", async () => {
  const cwd = temporaryFolder({ "questions/a.md": TEXT, "questions/cr.md": TEXT.replaceAll("\n", "\r") });
  writeFileSync(join(cwd, "questions/wide.md"), Buffer.from(`\uFEFF${TEXT}`, "utf16le"));
  const run = (...args: readonly string[]): ReturnType<typeof runInProcess> => runInProcess(args, { cwd });
  expect(await run("audit")).toEqual({
    code: 1,
    out:
      `questions/cr.md:1  error  ${CARRIAGE_RETURNS}  [carriage-returns]\n` +
      `questions/wide.md:1  error  ${UTF_16}  [not-utf8]\n` +
      "2 errors\n",
    err: "",
  });
  const warnings = `questions/cr.md: ${CARRIAGE_RETURNS}\nquestions/wide.md: ${UTF_16}\n`;
  expect((await run("status")).err).toBe(
    `${warnings}2 other files without questions: questions/cr.md, questions/wide.md\n`,
  );
  expect((await run("fill", "--dry-run", "--provider", "offline")).err.startsWith(warnings)).toBe(true);
  expect((await run("init", "--dry-run")).out).toContain(
    `questions/cr.md:1: ${CARRIAGE_RETURNS}\nquestions/wide.md:1: ${UTF_16}\n\n`,
  );
});
