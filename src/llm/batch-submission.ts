import type { OnEvent } from "../core/events.ts";
import { type AttemptsOptions, persistently } from "./batch-attempts.ts";
import type { BatchBook, BatchEntry } from "./batch-book.ts";
import type { Answer, BatchEndpoint, BatchOrder, BatchState } from "./batch-endpoint.ts";
import type { BatchFiles } from "./batch-files.ts";

/** Both times are the endpoint's; its machines may differ a little. */
const CLOCK_SLACK_MS = 60 * 60 * 1000;
/** How often a batch is asked for of a file that the endpoint says it does not have: it may not see it yet. */
const TRIES_FOR_FILE = 3;

export interface SubmissionOptions extends AttemptsOptions {
  readonly endpoint: BatchEndpoint;
  readonly files: BatchFiles;
  readonly book: BatchBook;
  readonly onEvent: OnEvent;
}

/**
 * Makes a batch of a file of requests, once: each step is on disk before the next, and a batch whose creation was not
 * confirmed is looked for among the endpoint's batches before it is created again.
 */
export class BatchSubmission {
  readonly #options: SubmissionOptions;
  /** Files of which a batch may have been made without our knowing. */
  readonly #unsure: Set<number>;
  /** Files uploaded by an earlier session: the endpoint may have dropped them since. */
  readonly #early: Set<number>;

  constructor(options: SubmissionOptions) {
    this.#options = options;
    const uploaded = options.book.open.filter(({ stage }) => stage === "uploaded").map(({ number }) => number);
    this.#unsure = new Set(uploaded);
    this.#early = new Set(uploaded);
  }

  /** Where it cannot be, the run is stopped for the reason. */
  async submit(entry: BatchEntry, signal: AbortSignal): Promise<void> {
    const uploaded = entry.stage === "uploaded" ? entry : await this.#upload(entry, signal);
    if (uploaded !== undefined) await this.#create(uploaded, signal);
  }

  /** The batch that was made of a file, if its making went unconfirmed. */
  async find(entry: BatchEntry, signal: AbortSignal): Promise<string | undefined> {
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
}

/** True for a refusal that may mean the file: that it is not seen yet, or not kept any more. */
function isAboutFile<Value>(answer: Answer<Value>): answer is Extract<Answer<Value>, { kind: "failure" }> {
  return answer.kind === "failure" && (answer.failure.status === 404 || answer.failure.status === 400);
}

const NOT_FOUND: Answer<undefined> = { kind: "done", value: undefined };

/** An endpoint without files and batches says what one with a wrong address says. */
function supported<Value>(answer: Answer<Value>): Answer<Value> {
  if (answer.kind !== "failure" || answer.failure.status !== 404) return answer;
  const message = "this endpoint takes no batches; ask it with --tier sync";
  return { kind: "failure", failure: { ...answer.failure, message } };
}
