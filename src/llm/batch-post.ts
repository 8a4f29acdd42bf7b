import { UserError } from "../core/errors.ts";
import type { OnEvent } from "../core/events.ts";
import { persistently } from "./batch-attempts.ts";
import type { BatchBook, BatchEntry } from "./batch-book.ts";
import type { BatchState } from "./batch-endpoint.ts";
import { type IntakeOptions, takeIn } from "./batch-intake.ts";
import { BatchSubmission } from "./batch-submission.ts";

const OVER: ReadonlySet<string> = new Set(["completed", "expired", "cancelled", "failed"]);
const RUNNING: ReadonlySet<string> = new Set(["validating", "in_progress", "finalizing", "cancelling"]);
const QUEUE_FULL = "token_limit_exceeded";

export interface BatchPostOptions extends IntakeOptions {
  readonly book: BatchBook;
  readonly onEvent: OnEvent;
  /** Most input tokens in flight at once. */
  readonly queueTokens: number;
}

/** Brings files of requests to the endpoint as there is room, and their replies back. Each step is on disk before the next. */
export class BatchPost {
  readonly #options: BatchPostOptions;
  readonly #submission: BatchSubmission;
  readonly #toldOdd = new Set<string>();
  /** Turned away for want of room; they go again when something has ended. */
  readonly #heldBack = new Set<number>();

  constructor(options: BatchPostOptions) {
    this.#options = options;
    this.#submission = new BatchSubmission(options);
  }

  /** Submits what may go; the rest waits until there is room. */
  async submit(signal: AbortSignal): Promise<void> {
    const { book, stop } = this.#options;
    for (const entry of book.open) {
      if (signal.aborted || stop.reason !== undefined) return;
      if (entry.stage === "created" || !this.#hasRoomFor(entry)) continue;
      await this.#submission.submit(entry, signal);
    }
  }

  /** Looks at all batches in flight and takes in those that are over; gives how many these were. */
  async look(signal: AbortSignal): Promise<number> {
    const { book, stop, onEvent } = this.#options;
    const running: BatchState[] = [];
    let ended = 0;
    const { inFlight } = book;
    for (const entry of inFlight) {
      if (signal.aborted || stop.reason !== undefined) break;
      const state = await this.#state(entry, signal);
      if (state === undefined) continue;
      if (!isOver(state)) {
        running.push(state);
        this.#tellIfOdd(state);
      } else if (isRefused(state)) this.#refused(entry, state, inFlight.length > 1);
      else if (await this.#end(entry, state, signal)) ended += 1;
    }
    if (ended > 0) this.#heldBack.clear();
    const requests = book.inFlight.reduce((sum, each) => sum + each.requests, 0);
    const done = running.reduce((sum, each) => sum + each.done, 0);
    onEvent({ type: "batches-seen", batches: book.inFlight.length, requests, done });
    return ended;
  }

  /** Asks for the end of everything in flight; what was never submitted is given up. */
  async withdraw(signal: AbortSignal): Promise<void> {
    const { book, endpoint } = this.#options;
    for (const entry of book.open) {
      const id = entry.id ?? (await this.#submission.find(entry, signal));
      if (signal.aborted || this.#options.stop.reason !== undefined) return;
      if (id === undefined) this.#drop(entry, "withdrawn");
      // Refused where it is over already, which is as good.
      else await endpoint.cancel(id, signal);
    }
  }

  #hasRoomFor(entry: BatchEntry): boolean {
    const { inFlight } = this.#options.book;
    if (inFlight.length === 0) return true;
    const tokens = inFlight.reduce((sum, each) => sum + each.inputTokens, entry.inputTokens);
    return tokens <= this.#options.queueTokens && !this.#heldBack.has(entry.number);
  }

  async #state(entry: BatchEntry, signal: AbortSignal): Promise<BatchState | undefined> {
    const { endpoint, givesUpLost } = this.#options;
    const { id = "" } = entry;
    let isLost = false;
    const state = await persistently(this.#options, signal, async () => {
      const answer = await endpoint.state(id, signal);
      isLost = answer.kind === "failure" && answer.failure.status === 404;
      return isLost ? { kind: "aborted" } : answer;
    });
    if (!isLost) return state;
    if (!givesUpLost) {
      throw new UserError(`the endpoint knows no ${id}, which this run waits for`, {
        hint: "use the key and project it was submitted with; if it is gone, --resubmit-lost sends its requests again",
      });
    }
    this.#drop(entry, "lost");
    return undefined;
  }

  async #end(entry: BatchEntry, state: BatchState, signal: AbortSignal): Promise<boolean> {
    const { book, ledger, index, stop, onEvent } = this.#options;
    const read = await takeIn(this.#options, entry, state, signal);
    if (read === undefined) return false;
    const { counts, isAboutAll } = read;
    book.step({ type: "read", number: entry.number, ending: state.status, counts });
    ledger.release(entry.ceilingUsd);
    index.forget(entry.number);
    onEvent({ type: "batch-ended", batch: state.id, ending: state.status, counts });
    if (isAboutAll !== undefined) stop.stop({ kind: "failure", failure: isAboutAll });
    return true;
  }

  /** Nothing of it was run. For want of room it goes again later; any other reason would come again as well. */
  #refused(entry: BatchEntry, { id, errors }: BatchState, hadCompany: boolean): void {
    const { book, stop } = this.#options;
    const isFull = errors.some(({ code }) => code === QUEUE_FULL);
    if (isFull && hadCompany) {
      book.step({ type: "turned-away", number: entry.number });
      this.#heldBack.add(entry.number);
      return;
    }
    this.#drop(entry, "failed");
    const places = errors.slice(0, 3).map(({ code = "no reason given", line }) => {
      return line === undefined ? code : `line ${line}: ${code}`;
    });
    const advice = isFull ? "; give --batch-tokens less than the endpoint lets wait at once" : "";
    const message = `the endpoint refused ${id} as a whole (${places.join(", ") || "no reason given"})${advice}`;
    stop.stop({ kind: "failure", failure: { scope: "run", code: errors[0]?.code, message } });
  }

  #tellIfOdd({ id, status }: BatchState): void {
    if (RUNNING.has(status) || this.#toldOdd.has(id)) return;
    this.#toldOdd.add(id);
    this.#options.onEvent({ type: "batch-odd", batch: id, status });
  }

  #drop({ number, ceilingUsd }: BatchEntry, ending: string): void {
    const { book, ledger, index } = this.#options;
    book.step({ type: "dropped", number, ending });
    ledger.release(ceilingUsd);
    index.forget(number);
  }
}

/** By its status; by its files where the status is not a known one. */
function isOver({ status, results, total, done }: BatchState): boolean {
  if (OVER.has(status)) return true;
  return !RUNNING.has(status) && results.length > 0 && total > 0 && done >= total;
}

function isRefused({ status, results }: BatchState): boolean {
  return status === "failed" && results.length === 0;
}
