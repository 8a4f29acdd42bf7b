import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { openRecordLog } from "../../files/record-log.ts";
import { readSummary, type RunFolder } from "../../files/run-folder.ts";
import { type AttemptRecord, journalRecord, type JournalRecord } from "../../llm/journal-records.ts";
import { fillOptions } from "../fill/fill-options.ts";
import { plural } from "../format.ts";
import { gradeOptions } from "../grade/grade-options.ts";
import { rubricDraftOptions } from "../rubric/rubric-draft-options.ts";
import { readRunRequest, type RunRequest } from "./run-request.ts";

/** What explains a run afterwards: whom it asked, how it was set, what came back, why items failed. */
export interface RunDetails {
  readonly provider: string | null;
  readonly endpoint: string | null;
  readonly model: string | null;
  /** How often it was begun or taken up. */
  readonly sessions: number;
  /** ISO 8601, of the first and the last record. */
  readonly began_at: string | null;
  readonly ended_at: string | null;
  /** Options that are not the default. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Requests by what came of them: a verdict, or the code or status of a failure. */
  readonly replies: Readonly<Record<string, number>>;
  /** Requests that were sent again. */
  readonly retries: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failures: readonly FailureGroup[];
}

interface FailureGroup {
  readonly status: string;
  readonly reason: string;
  readonly items: number;
  /** The first of them. */
  readonly example: string;
}

/** Reads it from the run's journal, request and summary. */
export function runDetails(run: RunFolder): RunDetails {
  const fold = new Fold();
  const log = openRecordLog(run.journal, { onDamaged: () => {} });
  log.scan((raw) => {
    const record = journalRecord.safeParse(raw);
    if (record.success) fold.take(record.data);
  });
  log.close();
  return { ...fold.details(), settings: settingsOf(run), failures: failuresOf(run) };
}

class Fold {
  #plan: Extract<JournalRecord, { type: "plan" }> | undefined;
  #sessions = 0;
  #first: number | undefined;
  #last: number | undefined;
  #retries = 0;
  readonly #replies = new Map<string, number>();
  readonly #items = new Map<string, string>();

  take(record: JournalRecord): void {
    this.#first ??= record.at;
    this.#last = record.at;
    if (record.type === "item") this.#items.set(record.id, record.status);
    if (record.type === "attempt") {
      count(this.#replies, nameOf(record));
      if (record.number > 1) this.#retries += 1;
    }
    if (record.type === "plan") {
      this.#plan = record;
      this.#sessions += 1;
    }
  }

  details(): Omit<RunDetails, "settings" | "failures"> {
    const outcomes = new Map<string, number>();
    for (const status of this.#items.values()) count(outcomes, status);
    const { provider = null, endpoint = null, model = null } = this.#plan ?? {};
    return {
      provider,
      endpoint,
      model,
      sessions: this.#sessions,
      began_at: timeOf(this.#first),
      ended_at: timeOf(this.#last),
      replies: Object.fromEntries(this.#replies),
      retries: this.#retries,
      outcomes: Object.fromEntries(outcomes),
    };
  }
}

function nameOf({ verdict, failure }: AttemptRecord): string {
  return failure?.code ?? failure?.status?.toString() ?? verdict;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function timeOf(at: number | undefined): string | null {
  const time = new Date(at ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

const defaultsOf = (command: RunRequest["command"]): Readonly<Record<string, unknown>> => {
  if (command === "grade") return gradeOptions.parse({});
  return command === "rubric draft" ? rubricDraftOptions.parse({}) : fillOptions.parse({});
};

/** How it looked to whoever ran it is no setting. */
const OF_THE_SCREEN: ReadonlySet<string> = new Set(["json", "quiet"]);

function settingsOf(run: RunFolder): Readonly<Record<string, unknown>> {
  try {
    const { command, options } = readRunRequest(run);
    const defaults = defaultsOf(command);
    const isSet = ([name, value]: [string, unknown]): boolean =>
      value !== undefined && !OF_THE_SCREEN.has(name) && JSON.stringify(value) !== JSON.stringify(defaults[name]);
    return Object.fromEntries(Object.entries(options).filter(isSet));
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
}

const failedSummary = z.object({
  failed: z.array(z.object({ id: z.string(), status: z.string(), reason: z.string() })),
});

function failuresOf(run: RunFolder): readonly FailureGroup[] {
  const { data } = failedSummary.safeParse(readSummary(run));
  const groups = new Map<string, FailureGroup>();
  for (const { id, status, reason } of data?.failed ?? []) {
    const name = `${status} ${reason}`;
    const { items = 0, example = id } = groups.get(name) ?? {};
    groups.set(name, { status, reason, items: items + 1, example });
  }
  return [...groups.values()].toSorted((left, right) => right.items - left.items);
}

/** The details in words, one line each. */
export function detailLines(details: RunDetails): readonly string[] {
  const { model, endpoint, provider, began_at: began, ended_at: ended, sessions, settings, replies, retries } = details;
  const asked = model === null ? [] : [`  asked ${model === provider ? model : `${model} at ${endpoint}`}`];
  const times = `  ${timeInWords(began)} to ${timeInWords(ended)}${sessions > 1 ? `, begun or taken up ${sessions} times` : ""}`;
  const set = Object.entries(settings).map(([name, value]) => `${name} ${wordsOf(value)}`);
  const came = Object.entries(replies).map(([name, number]) => `${number} ${name}`);
  const again = retries === 0 ? "" : `; ${retries} of them sent again`;
  return [
    ...asked,
    ...(began === null ? [] : [times]),
    ...(set.length === 0 ? [] : [`  set: ${set.join(", ")}`]),
    ...(came.length === 0 ? [] : [`  replies: ${came.join(", ")}${again}`]),
    ...details.failures.map(failureLine),
  ];
}

function failureLine({ status, reason, items, example }: FailureGroup): string {
  return `  ${plural(items, "item")} ${status}: ${reason} (${example}${items > 1 ? ", …" : ""})`;
}

function timeInWords(time: string | null): string {
  return (time ?? "").slice(0, 19).replace("T", " ");
}

function wordsOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);
}
