import type { BatchCounts } from "../core/events.ts";
import type { Reply } from "../core/model.ts";
import type { ApiFailure } from "../core/outcome.ts";
import { costOf, type Price } from "./prices.ts";
import { usageOf } from "./attempt.ts";
import type { BatchEntry } from "./batch-book.ts";
import type { Answer, BatchEndpoint, BatchResult, BatchState } from "./batch-endpoint.ts";
import type { BatchIndex } from "./batch-index.ts";
import type { BatchMail } from "./batch-mail.ts";
import type { ReplyRecord } from "./batch-records.ts";
import type { Ledger } from "./ledger.ts";
import { undone } from "./openai-batch-reply.ts";

export interface ReadingOptions {
  readonly endpoint: BatchEndpoint;
  readonly mail: BatchMail;
  readonly index: BatchIndex;
  readonly ledger: Ledger;
  readonly price: Price | undefined;
}

/** short: less than the endpoint says it did. gone: a file is not there. */
export type HowMuch = "whole" | "short" | "gone";

export interface ReadBatch {
  readonly counts: BatchCounts;
  /** What every line met, where no line was answered. */
  readonly isAboutAll: ApiFailure | undefined;
}

/**
 * Takes in what a batch brought, line by line and in any order, and holds it against what was asked: every request ends as
 * answered, failed or missing, exactly one. Reading again adds nothing.
 */
export class BatchReading {
  readonly #options: ReadingOptions;
  readonly #entry: BatchEntry;
  readonly #milliseconds: number;
  readonly #seen = new Set<string>();
  readonly #counts = { answered: 0, failed: 0, missing: 0, unknown: 0, duplicate: 0, unreadable: 0 };
  #isAboutAll: ApiFailure | undefined;

  constructor(options: ReadingOptions, entry: BatchEntry, milliseconds: number) {
    this.#options = options;
    this.#entry = entry;
    this.#milliseconds = milliseconds;
  }

  /** Reads the files of results; what is in them is on disk then. */
  async read({ results, done }: BatchState, signal: AbortSignal): Promise<Answer<HowMuch>> {
    const { endpoint, mail } = this.#options;
    let isGone = false;
    for (const fileId of results) {
      for await (const answer of endpoint.results(fileId, signal)) {
        if (answer.kind === "done") this.#take(answer.value);
        else if (answer.kind === "failure" && answer.failure.status === 404) isGone = true;
        else return answer;
      }
    }
    mail.sync();
    if (isGone) return { kind: "done", value: "gone" };
    const isShort = this.#seen.size < Math.min(done, this.#entry.requests);
    return { kind: "done", value: isShort ? "short" : "whole" };
  }

  /** Takes what did not come for undone. */
  conclude(status: string): ReadBatch {
    const { index, mail } = this.#options;
    for (const id of index.of(this.#entry.number)) {
      if (this.#seen.has(id)) continue;
      this.#counts.missing += 1;
      this.#keep(id, { kind: "failure", failure: undone(`batch_${status}`) });
    }
    mail.sync();
    const isAboutAll = this.#counts.answered === 0 ? this.#isAboutAll : undefined;
    return { counts: this.#counts, isAboutAll };
  }

  #take(result: BatchResult | undefined): void {
    if (result === undefined) {
      this.#counts.unreadable += 1;
      return;
    }
    const { endpoint, index } = this.#options;
    const { number, requests, inputTokens, able } = this.#entry;
    if (index.get(result.id) !== number) this.#counts.unknown += 1;
    else if (this.#seen.has(result.id)) this.#counts.duplicate += 1;
    else {
      this.#seen.add(result.id);
      const { reply, isAboutAll } = endpoint.reply(result, { able, inputTokens: Math.ceil(inputTokens / requests) });
      this.#isAboutAll ??= isAboutAll;
      this.#counts[reply.kind === "completion" ? "answered" : "failed"] += 1;
      if (reply.kind !== "aborted") this.#keep(result.id, reply);
    }
  }

  #keep(id: string, reply: Exclude<Reply, { kind: "aborted" }>): void {
    const { mail, ledger, price } = this.#options;
    if (mail.has(id)) return;
    mail.keep({ id, batch: this.#entry.id ?? "", milliseconds: this.#milliseconds, reply: withoutLimits(reply) });
    const usage = usageOf(reply);
    if (usage !== undefined) ledger.charge(costOf(usage, price));
  }
}

function withoutLimits(reply: Exclude<Reply, { kind: "aborted" }>): ReplyRecord["reply"] {
  const { limits: _limits, ...rest } = reply;
  return rest;
}
