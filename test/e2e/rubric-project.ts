import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

export const BANK = "questions/parts/bank.md";
export const RUBRICS = "questions/parts/rubrics";
export const PROPOSALS = "outputs/proposals/questions/parts/rubrics";

const ANSWERS = [
  "A lock lets one writer in at a time. Readers wait until the writer has left, because they would see half of the change. " +
    "A lock that is never released stops the whole system, so it has a time limit.",
  "A queue keeps work until somebody has time for it. It levels out bursts, since producers need not wait for consumers. " +
    "A queue without a limit hides an overload until the memory is full.",
  "A cache keeps results that were expensive to compute. A cached value can be out of date, because its source changes without it. " +
    "Entries therefore expire, or are removed when the source is written.",
];

/** Three answered questions and one without an answer. */
export function answeredBank(): string {
  const subjects = ["lock", "queue", "cache", "index"];
  const blocks = subjects.map((subject, index) => {
    const answer = ANSWERS[index];
    return `## Question ${index + 1}\n\n**What does a ${subject} do, and what goes wrong with it?**\n\n**Answer:** ${answer === undefined ? "_[To be filled]_" : `\n\n${answer}`}\n\n---\n`;
  });
  return `# Questions about parts\n\n${blocks.join("\n")}`;
}

export interface RubricProject {
  readonly cwd: string;
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  /** `rubric draft --provider offline`. */
  readonly draft: (...args: readonly string[]) => Promise<CliResult>;
  /** Ids of the answered questions, in bank order. */
  readonly ids: () => Promise<readonly string[]>;
  readonly text: (path: string) => string;
}

export function rubricProject(files: Readonly<Record<string, string>> = {}): RubricProject {
  const cwd = temporaryFolder({ [BANK]: answeredBank(), ...files });
  const run = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd });
  return {
    cwd,
    run,
    draft: (...args) => run("rubric", "draft", "--provider", "offline", ...args),
    ids: async () => {
      const { out } = await run("review", "list", "--json");
      const numbered = rows.parse(JSON.parse(out)).items.filter(({ kind }) => kind === "rubric");
      const order = ["lock", "queue", "cache"];
      const subjectOf = (question: string): number => order.findIndex((subject) => question.includes(subject));
      const sorted = numbered.toSorted((left, right) => subjectOf(left.question) - subjectOf(right.question));
      return sorted.map(({ id }) => id.replace(/\.rubric$/, ""));
    },
    text: (path) => readFileSync(join(cwd, path), "utf8"),
  };
}

const rows = z.object({ items: z.array(z.object({ kind: z.string(), id: z.string(), question: z.string() })) });

/** Of names, kinds and bytes of everything below a folder, empty folders too. */
export function treeHash(folder: string): string {
  const hash = createHash("sha256");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isFolder: entry.isDirectory() }))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1));
  for (const { path, isFolder } of entries) {
    hash.update(`${path.slice(folder.length)}\n${isFolder ? "folder" : readFileSync(path, "hex")}\n`);
  }
  return hash.digest("hex");
}
