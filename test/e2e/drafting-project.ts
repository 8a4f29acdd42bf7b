import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { requestKey } from "../../src/llm/request-key.ts";
import { goodReply } from "../support/model-replies.ts";
import { startModelServer, type Behaviour, type ModelServer, type Route, type Seen } from "../support/model-server.ts";
import { collect, runCli, startCli, type CliResult } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

/** The key of every run here. It may stand in a request's authorization header, and nowhere else. */
export const KEY = "sk-test-4f9c2b7a1e8d6035-do-not-print";
export const BANK = "questions/parts.md";
export const MODEL = "test-model";
/** Dollars a million tokens; {@link goodReply} uses 800 in and 200 out, so a request costs 0.0028. */
export const PRICES = "fill:\n  prices:\n    test-model: { input: 1, output: 10 }\n";
export const REQUEST_USD = 0.0028;

export interface DraftingProject {
  readonly cwd: string;
  readonly server: ModelServer;
  /** `fill` or another command against the server; checks that the key stays unprinted. */
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  readonly start: (...args: readonly string[]) => ChildProcess;
}

export interface ProjectOptions {
  readonly questions?: number;
  readonly behave?: (seen: Seen) => Behaviour;
  readonly delayMs?: number;
  readonly route?: Route;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** A bank of unfilled questions in a folder of its own, and a model server that answers it. */
export async function draftingProject(options: ProjectOptions = {}): Promise<DraftingProject> {
  const { questions = 20, behave = goodReply, delayMs = 0, route, files = {} } = options;
  const cwd = temporaryFolder({ [BANK]: unfilledBank(questions), ...files });
  const server = await startModelServer(behave, { delayMs, route });
  onTestFinished(() => server.close());
  const env = { OPENAI_API_KEY: KEY };
  const line = (args: readonly string[]): readonly string[] =>
    args[0] === "fill" || args[0] === "resume"
      ? [args[0], "--base-url", server.url, "--model", MODEL, ...args.slice(1)]
      : args;
  return {
    cwd,
    server,
    run: async (...args) => {
      const result = await runCli(line(args), { cwd, env });
      expect([result.out, result.err].filter((text) => text.includes(KEY))).toEqual([]);
      return result;
    },
    start: (...args) => startCli(line(args), { cwd, env }),
  };
}

/** The files that hold the key or a word of an authorization header: none may. */
export function filesWithKey(cwd: string): readonly string[] {
  return Object.entries(filesOf(cwd)).flatMap(([path, text]) =>
    text.includes(KEY) || /authorization|bearer/i.test(text) ? [path] : [],
  );
}

const wireBody = z.object({
  model: z.string(),
  input: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  text: z.object({ format: z.object({ schema: z.record(z.string(), z.unknown()) }) }),
  temperature: z.number().optional(),
  reasoning: z.object({ effort: z.enum(["minimal", "low", "medium", "high"]) }).optional(),
});

/** The key under which a first request stands in the journal, from what the server saw of it. */
export function keyOf({ url }: ModelServer, { body }: Seen): string {
  const { model, input, text, temperature, reasoning } = wireBody.parse(body);
  const sampling = { temperature, reasoningEffort: reasoning?.effort };
  const jsonSchema = text.format.schema;
  return requestKey({ provider: "openai", endpoint: url, model, messages: input, jsonSchema, sampling, sample: 0 });
}

const journalLine = z.looseObject({
  type: z.string(),
  key: z.string().optional(),
  id: z.string().optional(),
  status: z.string().optional(),
});
export type JournalLine = z.infer<typeof journalLine>;

/** All whole lines of all journals; a torn one counts as never written. */
export function journalLines(cwd: string): readonly JournalLine[] {
  const runs = join(cwd, "outputs/runs");
  return readdirSync(runs)
    .toSorted()
    .flatMap((run) => linesOf(join(runs, run, "journal.jsonl")));
}

function linesOf(path: string): readonly JournalLine[] {
  const whole = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return whole.map((line) => journalLine.parse(JSON.parse(line)));
}

/** Keys whose result is on disk: paid for, never to be sent again. */
export function resultKeys(cwd: string): ReadonlySet<string> {
  return new Set(journalLines(cwd).flatMap(({ type, key }) => (type === "result" && key !== undefined ? [key] : [])));
}

export function proposalPaths(cwd: string): readonly string[] {
  return Object.keys(filesOf(cwd)).filter((path) => path.startsWith("outputs/proposals/"));
}

/** Resolves when the server has seen so many requests, or when `ended` does. */
export async function requestsSeen({ requests }: ModelServer, count: number, ended: Promise<unknown>): Promise<void> {
  const state = { isOver: false };
  const over = ended.then(() => (state.isOver = true));
  while (requests.length < count && !state.isOver) {
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
}

/** Kills a command when the server has seen so many requests, unless it has ended before. */
export async function killAfter(
  project: DraftingProject,
  args: readonly string[],
  requests: number,
): Promise<CliResult> {
  const child = project.start(...args);
  const ended = collect(child);
  await requestsSeen(project.server, requests, ended);
  child.kill("SIGKILL");
  return ended;
}

const summary = z.looseObject({
  outcomes: z.record(z.string(), z.number()),
  requests: z.number(),
  cost_usd: z.union([z.number(), z.literal("unknown")]),
  stopped: z.string().nullable(),
});

/** The document of `fill --json` and `resume --json`. */
export function summaryOf({ out }: CliResult): z.infer<typeof summary> {
  return summary.parse(JSON.parse(out));
}
