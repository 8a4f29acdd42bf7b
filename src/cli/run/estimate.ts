import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { Task } from "../../core/task.ts";
import type { Cost } from "../../core/usage.ts";
import type { RecordLog } from "../../core/record-log.ts";
import { estimateInputTokens } from "../../llm/estimate-tokens.ts";
import { openJournal } from "../../llm/journal.ts";
import { ceilingUsd, findPrice, type Price, type Tier, TIERS } from "../../llm/prices.ts";
import { requestKey } from "../../llm/request-key.ts";
import { schemaText, wireSchema } from "../../llm/wire-schema.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import type { ModelOptions } from "./model-options.ts";
import { amount, count, duration, plural } from "../format.ts";
import type { Project } from "../open-project.ts";
import { pastUsage, type PastUsage } from "./past-usage.ts";
import { earlierLogs } from "./run-journals.ts";

/** Words of ours that a re-ask adds. */
const REASK_TOKENS = 2_000;

/** A dry run writes nothing, not even an empty journal. */
const NO_LOG: RecordLog = {
  append: () => ({ offset: 0, length: 0 }),
  sync: () => {},
  read: () => undefined,
  scan: () => {},
  close: () => {},
};

/** The calls that a command plans: one first task an item, and what usually follows it. */
export interface PlannedCalls {
  /** What an item is called: `draft`. */
  readonly noun: string;
  /** The first task of each item, made one by one. */
  readonly tasks: Iterable<Task<unknown>>;
  /** What is told of items without a task, once all tasks were made. */
  readonly unasked?: (() => readonly string[]) | undefined;
  /** The last part of the JSON document's plan. */
  readonly plan: unknown;
  /** Of one item, where no run has shown it yet: calls after the first count as shares of one. */
  readonly guess: { readonly calls: number; readonly outputTokens: number; readonly followUpInput: number };
  /** Most calls of one item, the first among them. */
  readonly mostCalls: number;
}

interface Estimate {
  readonly items: number;
  readonly cached: number;
  readonly inputTokens: number;
  readonly basis: "past runs" | "a guess";
  readonly tiers: readonly { readonly tier: Tier; readonly expected: Cost; readonly ceiling: Cost }[];
  /** Milliseconds that the given limits alone demand; undefined where none are given. */
  readonly atLeastMs: number | undefined;
}

/** `--dry-run`: what a run would send and cost. Opens no connection and writes nothing. */
export async function showEstimate(
  project: Project,
  calls: PlannedCalls,
  chosen: ChosenProvider,
  options: ModelOptions,
): Promise<ExitCode> {
  const estimate = await estimateRun(project, calls, chosen, options);
  const { report } = project;
  const { items, cached, inputTokens, basis, tiers, atLeastMs } = estimate;
  report.result(`dry run: nothing was sent, nothing was written`);
  report.result(`  ${plural(items, calls.noun)}${cached > 0 ? `, ${cached} of them answered in an earlier run` : ""}`);
  for (const line of calls.unasked?.() ?? []) report.result(`  ${line}`);
  if (!chosen.isCharged) report.result("  no request leaves this machine, nothing to pay");
  else report.result(`  about ${count(inputTokens)} input tokens`);
  for (const { tier, expected, ceiling } of tiers) {
    report.result(`  ${tier.padEnd(5)}  expected ${amount(expected)} (from ${basis}), at most ${amount(ceiling)}`);
  }
  if (atLeastMs !== undefined) report.result(`  at least ${duration(atLeastMs)} at the limits given`);
  report.document({ schema: 1, plan: calls.plan, ...estimate });
  return EXIT.done;
}

async function estimateRun(
  project: Project,
  calls: PlannedCalls,
  { provider, isCharged }: ChosenProvider,
  options: ModelOptions,
): Promise<Estimate> {
  const earlier = earlierLogs(project.workspace, "");
  const journal = openJournal({ current: NO_LOG, earlier, clock: project.clock });
  const past = pastUsage(project.workspace, calls.noun, provider.model);
  const sums = { items: 0, fresh: 0, input: 0, maxInput: 0, maxOutput: 0 };
  for (const task of calls.tasks) {
    sums.items += 1;
    if (journal.find(keyOf(provider, task), task.maxOutputTokens) !== undefined) continue;
    const worst = worstCase(task, calls.mostCalls);
    sums.fresh += 1;
    sums.input += inputOf(task);
    sums.maxInput += worst.input;
    sums.maxOutput += worst.output;
  }
  const expected = expectedUsage(sums, past, calls.guess);
  const tiers = await Promise.all(
    (isCharged ? TIERS : []).map(async (tier) => {
      const { model, endpoint } = provider;
      const price = await findPrice({ model, endpoint, tier, overrides: options.prices });
      return { tier, expected: costOfExpected(price, expected), ceiling: ceilingOf(price, sums) };
    }),
  );
  return {
    items: sums.items,
    cached: sums.items - sums.fresh,
    inputTokens: Math.round(expected.input),
    basis: past === undefined ? "a guess" : "past runs",
    tiers,
    atLeastMs: leastTime(expected, options),
  };
}

function keyOf(provider: ChosenProvider["provider"], task: Task<unknown>): string {
  const { name, endpoint, model } = provider;
  const { messages, sampling, sample } = task;
  return requestKey({
    provider: name,
    endpoint,
    model,
    messages,
    jsonSchema: wireSchema(task.schema),
    sampling,
    sample,
  });
}

function inputOf({ messages, schema }: Task<unknown>): number {
  return estimateInputTokens(messages, schemaText(wireSchema(schema)));
}

interface Tokens {
  readonly input: number;
  readonly output: number;
}

/**
 * Every call at its output limit, asked again once and enlarged once, with twice the input that its characters suggest:
 * no run of prose has come near. Calls after the first read what the first one wrote besides.
 */
function worstCase(task: Task<unknown>, mostCalls: number): Tokens {
  const input = 2 * inputOf(task);
  const output = task.maxOutputTokens;
  const calls = Array.from({ length: mostCalls }, (_, at) => (at === 0 ? input : input + 2 * output));
  return {
    input: calls.reduce((sum, each) => sum + 3 * each + 2 * (output + REASK_TOKENS), 0),
    output: calls.length * 4 * output,
  };
}

interface Expected extends Tokens {
  readonly requests: number;
}

function expectedUsage(
  { fresh, input }: { readonly fresh: number; readonly input: number },
  past: PastUsage | undefined,
  guess: PlannedCalls["guess"],
): Expected {
  if (past !== undefined) {
    return { input: past.input * fresh, output: past.output * fresh, requests: past.requests * fresh };
  }
  return {
    input: input * guess.calls + guess.followUpInput * fresh,
    output: guess.outputTokens * fresh,
    requests: guess.calls * fresh,
  };
}

function costOfExpected(price: Price | undefined, { input, output }: Tokens): Cost {
  if (price === undefined) return { kind: "unknown" };
  const usage = {
    inputTokens: input,
    outputTokens: output,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  };
  return { kind: "known", usd: price.usd(usage) };
}

function ceilingOf(price: Price | undefined, { maxInput, maxOutput }: { maxInput: number; maxOutput: number }): Cost {
  return price === undefined ? { kind: "unknown" } : { kind: "known", usd: ceilingUsd(price, maxInput, maxOutput) };
}

function leastTime({ requests, input, output }: Expected, { rpm, tpm }: ModelOptions): number | undefined {
  if (rpm === undefined && tpm === undefined) return undefined;
  const minutes = Math.max(rpm === undefined ? 0 : requests / rpm, tpm === undefined ? 0 : (input + output) / tpm);
  return minutes * 60_000;
}
