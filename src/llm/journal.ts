import type { Clock } from "../core/clock.ts";
import type { OutcomeStatus } from "../core/outcome.ts";
import type { RecordLog, RecordPlace } from "../core/record-log.ts";
import { addCost, addUsage, type Cost, FREE, NO_USAGE, type Usage } from "../core/usage.ts";
import { attemptName } from "./attempt.ts";
import {
  type AttemptRecord,
  attemptRecord,
  type Entry,
  type ItemRecord,
  type JournalRecord,
  journalRecord,
  type PlanRecord,
  type ResultRecord,
  resultRecord,
  stamp,
} from "./journal-records.ts";

/** A killed process loses nothing; this bounds what a power failure may take. More often would stall every other write. */
const SYNC_AFTER_MS = 1_000;

export interface JournalOptions {
  /** The log of this run; all writing goes there. */
  readonly current: RecordLog;
  /** Logs of other runs, oldest first. */
  readonly earlier?: readonly RecordLog[] | undefined;
  readonly clock: Clock;
}

export interface Totals {
  readonly attempts: number;
  readonly usage: Usage;
  readonly cost: Cost;
}

/** What a run has done so far, on disk. Results are found by key and read when asked for; memory holds places only. */
export interface Journal {
  /** The final result for a key that holds for a task with this output limit. */
  find(key: string, maxOutputTokens: number): ResultRecord | undefined;
  /** True where this run itself ended with that, and not an earlier one. */
  isOwn(key: string): boolean;
  /** Attempts of this run at a key that has no result yet, as far as the next step depends on them, in order. */
  open(key: string): readonly AttemptRecord[];
  /** True where a reply that came with a batch was booked under this {@link attemptName}. */
  hasBooked(name: string): boolean;
  plan(entry: Entry<PlanRecord>): void;
  attempt(entry: Entry<AttemptRecord>): void;
  /** On return the operating system has the record. */
  result(entry: Entry<ResultRecord>): void;
  item(entry: Entry<ItemRecord>): void;
  /** The last outcome of each item of this run, those of earlier sessions included. */
  items(): ReadonlyMap<string, OutcomeStatus>;
  /** What this run has used, earlier sessions included. */
  totals(): Totals;
  /** Records that are not of a known shape or version; they are left alone. */
  readonly skipped: number;
  /** Forces what is not yet safe against power loss to the disk, and closes the run's log. */
  close(): void;
}

interface Place {
  readonly log: RecordLog;
  readonly place: RecordPlace;
  readonly status: ResultRecord["status"];
  readonly maxOutputTokens: number;
}

/** Reads the logs once, in order. */
export function openJournal(options: JournalOptions): Journal {
  return new RunJournal(options);
}

class RunJournal implements Journal {
  readonly #log: RecordLog;
  readonly #clock: Clock;
  readonly #places = new Map<string, Place>();
  readonly #open = new Map<string, RecordPlace[]>();
  readonly #booked = new Set<string>();
  readonly #items = new Map<string, OutcomeStatus>();
  readonly #closing = new AbortController();
  #totals: Totals = { attempts: 0, usage: NO_USAGE, cost: FREE };
  #unsynced = 0;
  #isSyncPlanned = false;
  #skipped = 0;

  constructor({ current, earlier = [], clock }: JournalOptions) {
    this.#log = current;
    this.#clock = clock;
    for (const log of earlier) this.#load(log, (record, place) => this.#indexEarlier(record, log, place));
    this.#load(current, (record, place) => this.#index(record, place));
  }

  get skipped(): number {
    return this.#skipped;
  }

  items(): ReadonlyMap<string, OutcomeStatus> {
    return this.#items;
  }

  totals(): Totals {
    return this.#totals;
  }

  find(key: string, maxOutputTokens: number): ResultRecord | undefined {
    const found = this.#places.get(key);
    if (found === undefined) return undefined;
    if (found.status === "truncated" && maxOutputTokens > found.maxOutputTokens) return undefined;
    return resultRecord.parse(found.log.read(found.place));
  }

  isOwn(key: string): boolean {
    return this.#places.get(key)?.log === this.#log;
  }

  open(key: string): readonly AttemptRecord[] {
    return (this.#open.get(key) ?? []).map((place) => attemptRecord.parse(this.#log.read(place)));
  }

  hasBooked(name: string): boolean {
    return this.#booked.has(name);
  }

  plan(entry: Entry<PlanRecord>): void {
    this.#append({ ...entry, ...stamp(this.#clock.now()) });
  }

  attempt(entry: Entry<AttemptRecord>): void {
    this.#append({ ...entry, ...stamp(this.#clock.now()) });
  }

  item(entry: Entry<ItemRecord>): void {
    this.#append({ ...entry, ...stamp(this.#clock.now()) });
  }

  result(entry: Entry<ResultRecord>): void {
    this.#append({ ...entry, ...stamp(this.#clock.now()) });
    this.#unsynced += 1;
    if (this.#unsynced === 1) void this.#syncLater();
  }

  close(): void {
    this.#closing.abort();
    this.#sync();
    this.#log.close();
  }

  #append(record: JournalRecord): void {
    this.#index(record, this.#log.append(record));
  }

  #sync(): void {
    if (this.#unsynced === 0) return;
    this.#unsynced = 0;
    this.#log.sync();
  }

  async #syncLater(): Promise<void> {
    if (this.#isSyncPlanned) return;
    this.#isSyncPlanned = true;
    await this.#clock.sleep(SYNC_AFTER_MS, this.#closing.signal).catch(() => {});
    this.#isSyncPlanned = false;
    if (!this.#closing.signal.aborted) this.#sync();
  }

  #load(log: RecordLog, visit: (record: JournalRecord, place: RecordPlace) => void): void {
    log.scan((raw, place) => {
      const parsed = journalRecord.safeParse(raw);
      if (parsed.success) visit(parsed.data, place);
      else this.#skipped += 1;
    });
  }

  /** A refusal was paid for as well: it holds too, until it is asked for again (`resend`) or the request changes. */
  #indexEarlier(record: JournalRecord, log: RecordLog, place: RecordPlace): void {
    if (record.type === "result") this.#indexResult(record, log, place);
  }

  #index(record: JournalRecord, place: RecordPlace): void {
    switch (record.type) {
      case "plan":
        return;
      case "attempt":
        this.#count(record);
        this.#keepOpen(record, place);
        return;
      case "item":
        this.#items.set(record.id, record.status);
        return;
      case "result":
        this.#open.delete(record.key);
        this.#indexResult(record, this.#log, place);
    }
  }

  /** A misfit and a cut reply lead to another request. A failure counts where tries are a day apart: with batches. */
  #keepOpen({ key, verdict, batch, maxOutputTokens, number }: AttemptRecord, place: RecordPlace): void {
    if (batch !== undefined) this.#booked.add(attemptName(key, maxOutputTokens, number));
    const leadsOn = verdict === "invalid" || verdict === "truncated" || (verdict === "failure" && batch !== undefined);
    if (leadsOn) this.#open.set(key, [...(this.#open.get(key) ?? []), place]);
  }

  #indexResult(record: ResultRecord, log: RecordLog, place: RecordPlace): void {
    if (record.status !== "ok" && this.#places.get(record.key)?.status === "ok") return;
    const { status, maxOutputTokens } = record;
    this.#places.set(record.key, { log, place, status, maxOutputTokens });
  }

  #count({ usage, cost }: AttemptRecord): void {
    this.#totals = {
      attempts: this.#totals.attempts + 1,
      usage: addUsage(this.#totals.usage, usage),
      cost: addCost(this.#totals.cost, cost),
    };
  }
}
