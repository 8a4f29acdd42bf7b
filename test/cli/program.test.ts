import { CommanderError } from "commander";
import { expect, test } from "vitest";
import type { Invocation } from "../../src/cli/command.ts";
import { createProgram } from "../../src/cli/program/program.ts";

/** What arrives at the handler of a command line. */
async function invocationOf(line: string): Promise<Invocation | undefined> {
  let arrived: Invocation | undefined;
  const program = createProgram("1.2.3", (invocation) => {
    arrived = invocation;
    return Promise.resolve();
  });
  program.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await program.parseAsync(line.split(" "), { from: "user" });
  return arrived;
}

test.each<[string, Invocation]>([
  ["status", { command: "status", operands: [], options: {} }],
  [
    "status a.md b --json --quiet",
    { command: "status", operands: ["a.md", "b"], options: { json: true, quiet: true } },
  ],
  ["audit --fail-on error", { command: "audit", operands: [], options: { failOn: "error" } }],
  ["audit", { command: "audit", operands: [], options: {} }],
  ["audit --fix --rules glue", { command: "audit", operands: [], options: { fix: true, rules: "glue" } }],
  ["audit conflicts --json", { command: "audit conflicts", operands: [], options: { json: true } }],
  ["audit answers a.md --sample 3", { command: "audit answers", operands: ["a.md"], options: { sample: "3" } }],
  [
    "fill q --only q-1 q-2 --max-wait 5 --no-critique --redo --dry-run",
    {
      command: "fill",
      operands: ["q"],
      options: { only: ["q-1", "q-2"], maxWait: "5", critique: false, redo: true, dryRun: true },
    },
  ],
  ["resume run-1 --budget 5", { command: "resume", operands: ["run-1"], options: { budget: "5" } }],
  [
    "review --filter state=clean --filter conf<0.6 --sort cost",
    { command: "review", operands: [], options: { filter: ["state=clean", "conf<0.6"], sort: "cost" } },
  ],
  ["review docs", { command: "review", operands: ["docs"], options: {} }],
  [
    "review list docs --flag thin --json",
    { command: "review list", operands: ["docs"], options: { flag: "thin", json: true } },
  ],
  ["review --json list", { command: "review list", operands: [], options: { json: true } }],
  ["review show q-1", { command: "review show", operands: ["q-1"], options: {} }],
  ["review accept --all --by Ada", { command: "review accept", operands: [], options: { all: true, by: "Ada" } }],
  [
    "review reject q-1 --redo --reason no",
    { command: "review reject", operands: ["q-1"], options: { redo: true, reason: "no" } },
  ],
  ["review undo q-1 q-2", { command: "review undo", operands: ["q-1", "q-2"], options: {} }],
  ["review check --config c.yaml", { command: "review check", operands: [], options: { config: "c.yaml" } }],
  ["apply --dry-run", { command: "apply", operands: [], options: { dryRun: true } }],
])("answerkey %s", async (line, expected) => {
  expect(await invocationOf(line)).toEqual(expected);
});

test("a word that no choice knows reaches no handler", async () => {
  await expect(invocationOf("nothing")).rejects.toThrow(CommanderError);
});
