import type { Model } from "../../core/model.ts";
import type { Outcome, Receipt } from "../../core/outcome.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import type { JudgeInput } from "./judge-input.ts";
import type { JudgeReply } from "./judge-reply.ts";

export type Failed = Exclude<Outcome<never>, { readonly status: "ok" }>;

/** What stops the whole run: no grade comes of it, and what was paid for is found in the journal next time. */
export type Stopped = Extract<Failed, { readonly status: "cancelled" | "stopped_budget" | "api_error" }>;

export function isStopped(outcome: Failed): outcome is Stopped {
  if (outcome.status === "api_error") return outcome.failure.scope === "run";
  return outcome.status === "cancelled" || outcome.status === "stopped_budget";
}

/** The requests about one answer, and what they cost. */
export class JudgeSession {
  readonly #prompts: GradePrompts;
  readonly #model: Model;
  readonly #signal: AbortSignal;
  readonly #receipts: Receipt[] = [];

  constructor(prompts: GradePrompts, model: Model, signal: AbortSignal) {
    this.#prompts = prompts;
    this.#model = model;
    this.#signal = signal;
  }

  /** In the order of the requests. */
  get receipts(): readonly Receipt[] {
    return this.#receipts;
  }

  async ask(input: JudgeInput, sample: number): Promise<Outcome<JudgeReply>> {
    // What is begun is finished first: a budget or an interruption then leaves whole grades, not many halves.
    const isFollowUp = this.#receipts.length > 0;
    const { task } = this.#prompts.grade(input, { sample, isFollowUp });
    const outcome = await this.#model.run(task, this.#signal);
    this.#receipts.push(outcome.receipt);
    return outcome;
  }
}
