import { UserError } from "../core/errors.ts";
import type { OnEvent } from "../core/events.ts";
import { persistently } from "./batch-attempts.ts";
import type { BatchBook, BatchEntry } from "./batch-book.ts";
import type { Answer, BatchOrder, BatchState } from "./batch-endpoint.ts";
import { type IntakeOptions, takeIn } from "./batch-intake.ts";

const OVER: ReadonlySet<string> = new Set(["completed", "expired", "cancelled", "failed"]);
const RUNNING: ReadonlySet<string> = new Set(["validating", "in_progress", "finalizing", "cancelling"]);
const QUEUE_FULL = "token_limit_exceeded";
/** Both times are the endpoint's; its machines may differ a little. */
const CLOCK_SLACK_MS = 60 * 60 * 1000;
/** How often a batch is asked for of a file that the endpoint says it does not have: it may not see it yet. */
const TRIES_FOR_FILE = 3;

export interface BatchPostOptions extends IntakeOptions {
  readonly book: BatchBook;
  readonly onEvent: OnEvent;
  /** Most input tokens in flight at once. */
  readonly queueTokens: number;
}

/**
 * Brings files of requests to the endpoint and their replies back. Each step is on disk before the next; a batch whose
 * creation was not confirmed is looked for among the endpoint's batches before it is created again.
 */
export class BatchPost {
  readonly #options: BatchPostOptions;
  /** Files of which a batch may have been made without our knowing. */
  readonly #unsure: Set<number>;
  /** Files uploaded by an earlier session: the endpoint may have dropped them since. */
  readonly #early: Set<number>;
  readonly #toldOdd = new Set<string>();
  /** Turned away for want of room; they go again when something has ended. */
  readonly #heldBack = new Set<number>();

  constructor(options: BatchPostOptions) {
    this.#options = options;
    const uploaded = options.book.open.filter(({ stage }) => stage === "uploaded").map(({ number }) => number);
    this.#unsure = new Set(uploaded);
    this.#early = new Set(uploaded);
  }

  /** Submits what may go; the rest waits until there is room. */
  async submit(signal: AbortSignal): Promise<void> {
    const { book, stop } = this.#options;
    for (const entry of book.open) {
      if (signal.aborted || stop.reason !== undefined) return;
      if (entry.stage === "created" || !this.#hasRoomFor(entry)) continue;
      const uploaded = entry.stage === "uploaded" ? entry : await this.#upload(entry, signal);
      if (uploaded !== undefined) await this.#create(uploaded, signal);
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
      const id = entry.id ?? (await this.#find(entry, signal));
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

  async #upload(entry: BatchEntry, signal: AbortSignal): Promise<BatchEntry | undefined> {
    const { endpoint, files, book } = this.#options;
    const name = `answerkey-${files.run}-${entry.number}.jsonl`;
    const file = await persistently(this.#options, signal, async () =>
      supported(await endpoint.upload(files.path(entry.number), name, signal)),
    );
    if (file === undefined) return undefined;
    book.step({ type: "uploaded", number: entry.number, fileId: file.id, fileAt: file.createdAt });
    return book.get(entry.number);
  }

  async #create(entry: BatchEntry, signal: AbortSignal): Promise<void> {
    const { endpoint, book, stop, onEvent } = this.#options;
    const { number, url, fileId = "", requests } = entry;
    const order: BatchOrder = { fileId, url, metadata: this.#metadata(entry) };
    let refusals = 0;
    let isDropped = false;
    const state = await persistently(this.#options, signal, async () => {
      const known = this.#unsure.has(number) ? await this.#search(entry, signal) : NOT_FOUND;
      if (known.kind !== "done" || known.value !== undefined) return known;
      this.#unsure.add(number);
      const made = supported(await endpoint.create(order, signal));
      if (!isAboutFile(made)) return made;
      refusals += 1;
      if (refusals < TRIES_FOR_FILE) return { ...made, failure: { ...made.failure, scope: "retry" } };
      isDropped = this.#early.delete(number);
      return isDropped ? { kind: "aborted" } : made;
    });
    if (isDropped && !signal.aborted && stop.reason === undefined) {
      const again = await this.#upload(entry, signal);
      if (again !== undefined) await this.#create(again, signal);
    }
    if (state === undefined) return;
    this.#unsure.delete(number);
    book.step({ type: "created", number, id: state.id });
    onEvent({ type: "batch-submitted", batch: state.id, requests });
  }

  #metadata({ number, hash }: BatchEntry): Readonly<Record<string, string>> {
    return { answerkey_run: this.#options.files.run, answerkey_batch: String(number), answerkey_hash: hash };
  }

  /** The batch that was made of a file, if its making went unconfirmed. */
  async #find(entry: BatchEntry, signal: AbortSignal): Promise<string | undefined> {
    if (!this.#unsure.has(entry.number)) return undefined;
    const found = await persistently(this.#options, signal, async () => {
      const answer = await this.#search(entry, signal);
      return answer.kind === "done" ? { kind: "done", value: [answer.value] } : answer;
    });
    const state = found?.[0];
    if (state === undefined) return undefined;
    this.#options.book.step({ type: "created", number: entry.number, id: state.id });
    return state.id;
  }

  /** Goes through the endpoint's batches, newest first, back to the time when the file was uploaded. */
  async #search(entry: BatchEntry, signal: AbortSignal): Promise<Answer<BatchState | undefined>> {
    const wanted = Object.entries(this.#metadata(entry));
    const isIt = ({ metadata, fileId, status }: BatchState): boolean =>
      // One that failed never ran a request.
      status !== "failed" && (fileId === entry.fileId || wanted.every(([name, value]) => metadata[name] === value));
    // No batch is older than its file, by the clock of the endpoint.
    const oldest = (entry.fileAt ?? 0) - CLOCK_SLACK_MS;
    let after: string | undefined;
    for (;;) {
      const page = await this.#options.endpoint.list(after, signal);
      if (page.kind !== "done") return page;
      const found = page.value.batches.find(isIt);
      const isOld = page.value.batches.some(({ createdAt }) => createdAt < oldest);
      if (found !== undefined || isOld || page.value.after === undefined) return { kind: "done", value: found };
      after = page.value.after;
    }
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

/** True for a refusal that may mean the file: that it is not seen yet, or not kept any more. */
function isAboutFile<Value>(answer: Answer<Value>): answer is Extract<Answer<Value>, { kind: "failure" }> {
  return answer.kind === "failure" && (answer.failure.status === 404 || answer.failure.status === 400);
}

function isRefused({ status, results }: BatchState): boolean {
  return status === "failed" && results.length === 0;
}

const NOT_FOUND: Answer<undefined> = { kind: "done", value: undefined };

/** An endpoint without files and batches says what one with a wrong address says. */
function supported<Value>(answer: Answer<Value>): Answer<Value> {
  if (answer.kind !== "failure" || answer.failure.status !== 404) return answer;
  const message = "this endpoint takes no batches; ask it with --tier sync";
  return { kind: "failure", failure: { ...answer.failure, message } };
}
