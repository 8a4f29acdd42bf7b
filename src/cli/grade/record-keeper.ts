import { canonicalJson } from "../../core/canonical-json.ts";
import type { Clock } from "../../core/clock.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import type { GradeLogEntry, GradeRecord } from "../../grade/records/record.ts";
import type { PreparedGrading } from "./prepare-grading.ts";

/** Longest that a record waits for others to be written with it. */
const FLUSH_EVERY_MS = 1_000;

/**
 * Writes records, and each rubric in full before the first record that was made by it. Several at once: the replies are in
 * the journal, so a record that a crash takes is made again from there.
 */
export class RecordKeeper {
  readonly #prepared: PreparedGrading;
  readonly #clock: Pick<Clock, "now">;
  readonly #snapshots: Set<string>;
  #waiting: GradeLogEntry[] = [];
  #flushed: number;

  constructor(prepared: PreparedGrading, clock: Pick<Clock, "now">) {
    this.#prepared = prepared;
    this.#clock = clock;
    this.#snapshots = new Set(prepared.state.rubrics.keys());
    this.#flushed = clock.now();
  }

  /** A record that says no more than the last one of the answer is not written: a refusal that is still known, for one. */
  keep(record: GradeRecord): void {
    const { state, graded } = this.#prepared;
    const known = state.grades.get(answerKey(record))?.grade;
    if (known !== undefined && withoutRun(known) === withoutRun(record)) return;
    const { content } = record.rubric;
    const rubric = this.#snapshots.has(content) ? undefined : graded.questions.get(record.question)?.rubric;
    if (rubric !== undefined) this.#waiting.push({ type: "rubric", content, rubric });
    this.#snapshots.add(content);
    this.#waiting.push(record);
    if (this.#clock.now() - this.#flushed >= FLUSH_EVERY_MS) this.flush();
  }

  flush(): void {
    const entries = this.#waiting.map((entry) => ({ entry }));
    this.#waiting = [];
    if (entries.length > 0) this.#prepared.log.append(entries, { durable: false });
    this.#flushed = this.#clock.now();
  }
}

function withoutRun(record: GradeRecord): string {
  return canonicalJson({ ...record, run: { ...record.run, id: "" } });
}
