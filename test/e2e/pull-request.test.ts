import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { z } from "zod";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const workflow = z.looseObject({
  on: z.object({ pull_request: z.object({ paths: z.array(z.string()) }) }),
  permissions: z.object({ contents: z.literal("read") }),
  jobs: z.object({
    review: z.object({
      "runs-on": z.string(),
      steps: z.array(
        z.union([z.looseObject({ uses: z.string() }), z.strictObject({ name: z.string(), run: z.string() })]),
      ),
    }),
  }),
});

/** What the how-to says: the commands of its halves, and the workflow between. */
function howTo(): { readonly shell: readonly string[]; readonly yaml: string } {
  const text = readFileSync(join(ROOT, "src/how-to/pull-requests.md"), "utf8");
  const blocks = Array.from(text.matchAll(/^```(sh|yaml)\n([^]*?)^```$/gm), ([, language, content]) => ({
    language,
    content,
  }));
  const inLanguage = (name: string): readonly string[] =>
    blocks.flatMap(({ language, content = "" }) => (language === name ? [content] : []));
  return { shell: inLanguage("sh"), yaml: inLanguage("yaml")[0] ?? "" };
}

/** A shell that knows `answerkey`, also by npx where it is installed. */
function shell(command: string, cwd: string): { readonly code: number; readonly out: string } {
  const bin = `"${process.execPath}" "${join(ROOT, "dist/bin.js")}"`;
  const script = [`answerkey() { ${bin} "$@"; }`, `npx() { "$@"; }`, `npm() { [ "$*" = ci ]; }`, command].join("\n");
  const identity = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.org" };
  const committer = { GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.org" };
  const env = { PATH: process.env["PATH"] ?? "", HOME: cwd, NO_COLOR: "1", ...identity, ...committer };
  try {
    return { code: 0, out: execFileSync("bash", ["-e", "-c", script], { cwd, env, encoding: "utf8", stdio: "pipe" }) };
  } catch (error) {
    const { status, stdout } = z.looseObject({ status: z.number(), stdout: z.string() }).parse(error);
    return { code: status, out: stdout };
  }
}

/** Exit codes of the steps that the workflow runs, in order. */
function runWorkflow(cwd: string): readonly number[] {
  const { jobs } = workflow.parse(load(howTo().yaml));
  return jobs.review.steps.flatMap((step) => ("run" in step ? [shell(String(step.run), cwd).code] : []));
}

test("the workflow of the how-to: open while drafts wait, shut when they are in the bank, in a clone too", () => {
  const cwd = temporaryFolder();
  cpSync(join(ROOT, "questions"), join(cwd, "questions"), { recursive: true });
  const [drafting = "", deciding = ""] = howTo().shell;
  expect(shell("git init -q && git add . && git commit -qm 'The bank'", cwd).code).toBe(0);
  expect(shell(drafting, cwd).code).toBe(0);
  const clone = temporaryFolder();
  const cloned = (): string => {
    const name = `clone-${Math.random().toString(36).slice(2)}`;
    expect(shell(`git clone -q "${cwd}" ${name}`, clone).code).toBe(0);
    return join(clone, name);
  };
  expect(runWorkflow(cloned())).toEqual([0, 0, 0, 1]);

  const draft = shell("git ls-files outputs/proposals | head -1", cwd).out.trim();
  const file = readFileSync(join(cwd, draft), "utf8");
  writeFile(join(cwd, draft), `${file.trimEnd()}\n\nA sentence of a reviewer.\n`);
  expect(shell(deciding, cwd).code).toBe(0);
  expect(readFileSync(join(cwd, "questions/llmops/theory_questions.md"), "utf8")).toContain(
    "A sentence of a reviewer.",
  );
  expect(shell("git status --porcelain questions outputs/proposals outputs/decisions.jsonl", cwd).out).toBe("");
  expect(runWorkflow(cloned())).toEqual([0, 0, 0, 0]);

  const log = join(cwd, "outputs/decisions.jsonl");
  writeFile(log, readFileSync(log, "utf8").replace("ada@example.org", "eve@example.org"));
  expect(runWorkflow(cwd)).toEqual([0, 0, 0, 1]);
});
