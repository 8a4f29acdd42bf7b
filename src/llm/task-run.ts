import type { Clock } from "../core/clock.ts";
import type { OnEvent } from "../core/events.ts";
import type { ProviderRequest, Reply } from "../core/model.ts";
import type { ApiFailure, Outcome, Receipt } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import type { EndpointHealth } from "./endpoint-health.ts";
import { type Attempt, attemptEntry, attemptEvent, attemptName } from "./attempt.ts";
import type { Journal } from "./journal.ts";
import type { AttemptRecord } from "./journal-records.ts";
import { type Completion, judgeCompletion, type Verdict } from "./judge-completion.ts";
import type { Lane, LaneReply, LaneRequest } from "./lane.ts";
import type { Limiter } from "./limiter.ts";
import { reAsk } from "./re-ask.ts";
import { emptyReceipt, outcomeOf, withAttempt, withPastAttempt } from "./receipt.ts";
import { afterFailure, FRESH, type History, type Step, stepAfterFailure, stepAfterVerdict } from "./retry-policy.ts";
import type { RunStop, TaskSignals } from "./run-stop.ts";

/** What all tasks of a run share. */
export interface RunContext {
  readonly lane: Lane;
  readonly limiter: Pick<Limiter, "stallMs">;
  readonly journal: Journal;
  readonly health: EndpointHealth;
  readonly stop: RunStop;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: OnEvent;
  readonly maxWaitMs: number;
}

type Replied = Extract<LaneReply, { kind: "replied" }>;

/** Sends one task as often as the retry policy allows, and books every attempt before it is counted. */
export class TaskRun<Output> {
  readonly #context: RunContext;
  readonly #task: Task<Output>;
  readonly #signals: TaskSignals;
  #request: ProviderRequest;
  #receipt: Receipt;
  #history: History = FRESH;
  #rateLimitedSince: number | undefined;

  constructor(context: RunContext, task: Task<Output>, request: ProviderRequest, signals: TaskSignals) {
    this.#context = context;
    this.#task = task;
    this.#request = request;
    this.#signals = signals;
    this.#receipt = emptyReceipt(request.key);
  }

  async run(): Promise<Outcome<Output>> {
    for (const past of this.#context.journal.open(this.#request.key)) if (!this.#relive(past)) break;
    for (;;) {
      const sent = await this.#context.lane.attempt(this.#next());
      if (sent.kind === "deferred") return { status: "cancelled", isDeferred: true, receipt: this.#receipt };
      if (sent.kind === "unsent") return this.#stopped();
      const attempt = this.#book(sent);
      if (attempt.kind === "aborted") return this.#stopped();
      const outcome =
        attempt.kind === "completion"
          ? this.#weigh(attempt.completion, attempt.verdict)
          : await this.#recover(attempt.failure, sent);
      if (outcome !== undefined) return outcome;
    }
  }

  /** Takes a step that was taken before the run was taken up; false where it no longer follows from what is asked. */
  #relive(past: AttemptRecord): boolean {
    if (past.maxOutputTokens !== this.#request.maxOutputTokens) return false;
    const { verdict, failure, issues = "", text = "" } = past;
    if (verdict === "failure" && failure !== undefined) this.#history = afterFailure(this.#history, failure);
    else if (verdict === "invalid") this.#change(stepAfterVerdict({ kind: verdict, issues }, this.#history), text);
    else if (verdict === "truncated") this.#change(stepAfterVerdict({ kind: verdict }, this.#history), text);
    this.#receipt = withPastAttempt(this.#receipt, past);
    return true;
  }

  #next(): LaneRequest {
    const { attempts } = this.#receipt;
    return {
      request: this.#request,
      number: attempts + 1,
      item: this.#task.item,
      isReturning: attempts > 0 || this.#task.isFollowUp === true,
      signals: this.#signals,
    };
  }

  /** Judges a reply and puts the attempt on disk before it counts. */
  #book({ reply, cost, milliseconds, batch }: Replied): Attempt<Output> {
    const { journal, onEvent } = this.#context;
    const attempt = this.#judge(reply);
    const number = this.#receipt.attempts + 1;
    const { key, maxOutputTokens } = this.#request;
    // A crash between an attempt and its result has it told twice, and booked once.
    const isBooked = batch !== undefined && journal.hasBooked(attemptName(key, maxOutputTokens, number));
    const entry = attemptEntry(attempt, { request: this.#request, number, cost, milliseconds, batch });
    if (!isBooked) journal.attempt(entry);
    this.#receipt = withAttempt(this.#receipt, cost, reply);
    onEvent(attemptEvent(entry, this.#task.item));
    return attempt;
  }

  #judge(reply: Reply): Attempt<Output> {
    if (reply.kind !== "completion") return reply;
    const verdict = judgeCompletion(reply, this.#task.schema, this.#request.maxOutputTokens);
    return { kind: "completion", completion: reply, verdict };
  }

  /** The outcome, or undefined where the request was changed and is to be sent again. */
  #weigh(completion: Completion, verdict: Verdict<Output>): Outcome<Output> | undefined {
    this.#context.health.succeeded();
    const step = stepAfterVerdict(verdict, this.#history);
    if (step.kind !== "end") return this.#change(step, completion.text);
    this.#keep(completion, verdict);
    return outcomeOf(verdict, completion.text, this.#receipt);
  }

  #change(step: Step, text: string): undefined {
    if (step.kind === "re-ask") {
      this.#history = { ...this.#history, hasReasked: true };
      this.#request = { ...this.#request, messages: reAsk(this.#request.messages, text, step.issues) };
    }
    if (step.kind === "enlarge") {
      this.#history = { ...this.#history, hasEnlarged: true };
      this.#request = { ...this.#request, maxOutputTokens: this.#request.maxOutputTokens * 2 };
    }
  }

  #keep({ text, format }: Completion, verdict: Verdict<Output>): void {
    const { key, attempts, usage, cost, modelAnswered, responseIds } = this.#receipt;
    this.#context.journal.result({
      type: "result",
      key,
      status: verdict.kind,
      text,
      format,
      issues: verdict.kind === "invalid" ? verdict.issues : undefined,
      maxOutputTokens: this.#task.maxOutputTokens,
      attempts,
      usage,
      cost,
      modelAnswered,
      responseIds: [...responseIds],
    });
  }

  /** Waits for another try; the outcome where there is none. */
  async #recover(failure: ApiFailure, { batch }: Replied): Promise<Outcome<Output> | undefined> {
    const { clock, random, health, stop, onEvent } = this.#context;
    const step = stepAfterFailure(failure, this.#history, random);
    if (batch !== undefined) return this.#recoverInBatch(failure, step);
    const reason = health.failed(failure, this.#history.failures, step.kind === "end") ?? this.#overlongWait(failure);
    if (reason !== undefined) stop.stop(reason);
    if (reason?.kind === "rate-limit") return this.#stopped();
    if (reason?.kind === "failure") return this.#failed(reason.failure);
    if (step.kind !== "wait" || this.#isStarved(failure)) return this.#failed(failure);
    this.#history = afterFailure(this.#history, failure);
    if (failure.scope === "retry") {
      onEvent({ type: "wait-started", milliseconds: step.milliseconds, reason: "retry" });
    }
    await clock.sleep(step.milliseconds, this.#signals.dispatch).catch(() => {});
    return undefined;
  }

  /** What failed within a batch goes with the next one, which is wait enough, and says nothing of the endpoint. */
  #recoverInBatch(failure: ApiFailure, step: Step): Outcome<Output> | undefined {
    if (step.kind !== "wait") return this.#failed(failure);
    this.#history = afterFailure(this.#history, failure);
    return undefined;
  }

  #overlongWait(failure: ApiFailure): { readonly kind: "rate-limit"; readonly waitMs: number } | undefined {
    const waitMs = this.#context.limiter.stallMs();
    const isOverlong = failure.scope === "rate-limit" && waitMs > this.#context.maxWaitMs;
    return isOverlong ? { kind: "rate-limit", waitMs } : undefined;
  }

  /** True for a request that alone is turned away for too long, such as one larger than the limit allows at all. */
  #isStarved(failure: ApiFailure): boolean {
    if (failure.scope !== "rate-limit") return false;
    const now = this.#context.clock.now();
    this.#rateLimitedSince ??= now;
    return now - this.#rateLimitedSince > this.#context.maxWaitMs;
  }

  #failed(failure: ApiFailure): Outcome<Output> {
    return { status: "api_error", failure, receipt: this.#receipt };
  }

  #stopped(): Outcome<Output> {
    const isBudget = this.#context.stop.reason?.kind === "budget";
    return { status: isBudget ? "stopped_budget" : "cancelled", receipt: this.#receipt };
  }
}
