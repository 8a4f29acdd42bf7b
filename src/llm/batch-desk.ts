import type { Clock } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import type { OnEvent } from "../core/events.ts";
import type { ProviderRequest } from "../core/model.ts";
import { FREE } from "../core/usage.ts";
import { attemptName, unclaimedEntry, usageOf } from "./attempt.ts";
import { BatchBook, type BatchEntry } from "./batch-book.ts";
import type { BatchEndpoint } from "./batch-endpoint.ts";
import type { BatchFiles } from "./batch-files.ts";
import { BatchIndex } from "./batch-index.ts";
import { BatchMail } from "./batch-mail.ts";
import { BatchPost } from "./batch-post.ts";
import { BatchWave, FILE_LIMITS, type FileLimits } from "./batch-wave.ts";
import { estimateInputTokens, maxInputTokens } from "./estimate-tokens.ts";
import type { Journal } from "./journal.ts";
import type { Lane, LaneReply, LaneRequest } from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import { ceilingUsd, costOf, type Price } from "./prices.ts";
import type { RunStop } from "./run-stop.ts";
import { schemaText } from "./wire-schema.ts";

export interface BatchDeskOptions {
  readonly endpoint: BatchEndpoint;
  readonly files: BatchFiles;
  readonly journal: Journal;
  readonly ledger: Ledger;
  /** Of the batch lane. */
  readonly price: Price | undefined;
  readonly stop: RunStop;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: OnEvent;
  readonly maxWaitMs: number;
  /** True to wait for batches; else the run ends while they are in flight. */
  readonly waits: boolean;
  /** True to end what is in flight and send the rest at once. */
  readonly finishes: boolean;
  readonly givesUpLost: boolean;
  readonly limits?: Partial<FileLimits> | undefined;
}

/**
 * The lane of batches. A request whose reply has come is answered, one that is on its way is deferred, any other joins the
 * next wave. When all work waits, {@link BatchDesk.next} sends the wave; the work is then run again from the start and finds
 * its replies, step by step, until nothing is deferred any more.
 */
export class BatchDesk {
  readonly #options: BatchDeskOptions;
  readonly #limits: FileLimits;
  readonly #book: BatchBook;
  readonly #mail: BatchMail;
  readonly #index: BatchIndex;
  readonly #post: BatchPost;
  #wave: BatchWave;
  /** True when the budget had no room for another request of this wave. */
  #isFull = false;

  /** @throws UserError where batches in flight belong to another account. */
  constructor(options: BatchDeskOptions) {
    const { files, clock, maxWaitMs, givesUpLost } = options;
    this.#options = options;
    this.#limits = { ...FILE_LIMITS, ...options.limits };
    this.#book = new BatchBook(files.states, clock);
    this.#mail = new BatchMail(files.replies);
    this.#index = new BatchIndex(files);
    this.#takeUp();
    const parts = { book: this.#book, mail: this.#mail, index: this.#index };
    this.#post = new BatchPost({ ...options, ...parts, maxWaitMs, givesUpLost, queueTokens: this.#limits.inputTokens });
    this.#wave = this.#newWave();
  }

  get entries(): readonly BatchEntry[] {
    return this.#book.entries;
  }

  lane(direct: Lane): Lane {
    return { attempt: (wanted) => this.#attempt(wanted, direct) };
  }

  /** Before the work is begun: true where there is something for it to do. */
  async begin(signal: AbortSignal): Promise<boolean> {
    if (this.#options.finishes) return this.#finish(signal);
    if (this.#book.open.length === 0) return true;
    return this.#untilNews(signal, this.#hasUnread());
  }

  /**
   * True where no work is left and nothing in flight: that is paid for, even where nobody asks for it any more. What came and
   * was not asked for is counted then.
   */
  isDone(left: number): boolean {
    if (left > 0 || this.#book.open.length > 0) return false;
    this.#bookUnclaimed();
    return true;
  }

  /** When all work waits: sends the wave; true when there are replies for the work to go on with. */
  async next(signal: AbortSignal): Promise<boolean> {
    const now = this.#options.clock.now();
    const files = this.#wave.close(this.#lastWave() + 1, now);
    if (files.length > 0) {
      this.#bookUnclaimed();
      this.#book.step({ type: "wave", files: [...files] });
    }
    this.#wave = this.#newWave();
    this.#isFull = false;
    return this.#untilNews(signal, false);
  }

  /** What was in flight when the run ended last: its money is set aside again, its requests are not collected anew. */
  #takeUp(): void {
    const { endpoint, ledger, givesUpLost } = this.#options;
    for (const entry of this.#book.open) {
      const isSound = this.#index.load(entry);
      const isForeign = entry.account !== endpoint.account;
      if ((!isSound && entry.stage === "collected") || (isForeign && givesUpLost)) {
        this.#book.step({ type: "dropped", number: entry.number, ending: isForeign ? "lost" : "damaged" });
        this.#index.forget(entry.number);
      } else if (isForeign) {
        throw new UserError("this run waits for batches that were submitted with another key", {
          hint: "use that key; if it is gone, --resubmit-lost sends their requests again",
        });
      } else ledger.hold(entry.ceilingUsd);
    }
    this.#chargeUnread();
  }

  /** What was paid for and has not been judged yet stands in no journal. */
  #chargeUnread(): void {
    for (const id of this.#unread()) {
      const reply = this.#mail.read(id)?.reply;
      const usage = reply === undefined ? undefined : usageOf(reply);
      if (usage !== undefined) this.#options.ledger.charge(costOf(usage, this.#options.price));
    }
  }

  *#unread(): Generator<string, void, undefined> {
    for (const id of this.#mail.ids()) if (!this.#options.journal.hasBooked(id)) yield id;
  }

  /** All work has been gone through: what is unread now answers requests as they were before something changed. */
  #bookUnclaimed(): void {
    const { journal, price, onEvent } = this.#options;
    let replies = 0;
    for (const id of this.#unread()) {
      const came = this.#mail.read(id);
      if (came === undefined) continue;
      const entry = unclaimedEntry(id, came, price);
      journal.attempt(entry);
      if (came.reply.kind === "completion") replies += 1;
    }
    if (replies > 0) onEvent({ type: "replies-unclaimed", replies });
  }

  #hasUnread(): boolean {
    return this.#unread().next().done !== true;
  }

  async #attempt(wanted: LaneRequest, direct: Lane): Promise<LaneReply> {
    const { request, number, signals } = wanted;
    if (signals.dispatch.aborted) return { kind: "unsent" };
    const id = attemptName(request.key, request.maxOutputTokens, number);
    const came = this.#mail.read(id);
    if (came !== undefined) {
      const usage = usageOf(came.reply);
      const cost = usage === undefined ? FREE : costOf(usage, this.#options.price);
      return { kind: "replied", reply: came.reply, cost, milliseconds: came.milliseconds, batch: came.batch };
    }
    if (this.#options.finishes) return direct.attempt(wanted);
    return this.#index.has(id) ? { kind: "deferred" } : this.#collect(id, request);
  }

  /** Sets the worst case aside. Without room for it the request waits for what others leave; where there are none, it is over. */
  #collect(id: string, request: ProviderRequest): LaneReply {
    const { endpoint, ledger, price, stop } = this.#options;
    const { messages, jsonSchema, maxOutputTokens } = request;
    const text = schemaText(jsonSchema);
    const worstUsd = price === undefined ? 0 : ceilingUsd(price, maxInputTokens(messages, text), maxOutputTokens);
    this.#isFull ||= !ledger.fits(worstUsd);
    if (this.#isFull) {
      if (!this.#wave.isEmpty || this.#book.open.length > 0) return { kind: "deferred" };
      stop.stop({ kind: "budget" });
      return { kind: "unsent" };
    }
    ledger.hold(worstUsd);
    const inputTokens = estimateInputTokens(messages, text);
    this.#index.add(id, this.#wave.add({ line: endpoint.line(id, request), inputTokens, ceilingUsd: worstUsd }));
    return { kind: "deferred" };
  }

  async #untilNews(signal: AbortSignal, hasNews: boolean): Promise<boolean> {
    const { stop, waits } = this.#options;
    for (let waited = 0; ;) {
      await this.#post.submit(signal);
      const ended = await this.#post.look(signal);
      if (signal.aborted || stop.reason !== undefined) return false;
      if (ended > 0 || hasNews || this.#book.open.length === 0) return true;
      if (!waits) {
        this.#stopWaiting();
        return false;
      }
      waited += await this.#pause(waited, signal);
    }
  }

  /** A tenth of what has been waited so far, from a second to five minutes; not by the clock, which may be set. */
  async #pause(waitedMs: number, signal: AbortSignal): Promise<number> {
    const milliseconds = Math.min(300_000, Math.max(1_000, waitedMs / 10));
    await this.#options.clock.sleep(milliseconds, signal).catch(() => {});
    return milliseconds;
  }

  async #finish(signal: AbortSignal): Promise<boolean> {
    const { stop, maxWaitMs } = this.#options;
    await this.#post.withdraw(signal);
    for (let waited = 0; !signal.aborted && stop.reason === undefined;) {
      await this.#post.look(signal);
      if (this.#book.inFlight.length === 0) break;
      if (waited >= maxWaitMs) this.#stopWaiting();
      else waited += await this.#pause(waited, signal);
    }
    return !signal.aborted && stop.reason === undefined;
  }

  #stopWaiting(): void {
    const { open } = this.#book;
    const requests = open.reduce((sum, each) => sum + each.requests, 0);
    this.#options.stop.stop({ kind: "batch", batches: open.length, requests });
  }

  #lastWave(): number {
    return Math.max(0, ...this.entries.map(({ wave }) => wave));
  }

  #newWave(): BatchWave {
    const { files, endpoint } = this.#options;
    const first = Math.max(0, ...this.entries.map(({ number }) => number)) + 1;
    return new BatchWave(files, endpoint, this.#limits, first);
  }
}
