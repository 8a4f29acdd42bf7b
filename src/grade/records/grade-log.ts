import type { RubricHashes } from "../rubric/rubric.ts";
import type {
  CriterionResult,
  GradeLogEntry,
  GradeRecord,
  GradeState,
  MarkRecord,
  OverrideRecord,
  RubricChangeRecord,
  RuleEvent,
} from "./record.ts";

/** Which answer: of whom, to what, which attempt. */
export interface AnswerPlace {
  readonly candidate: string;
  readonly question: string;
  readonly attempt: number;
}

/** A person's word as it stands now. */
export interface StandingOverride {
  readonly by: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** The mark before, in thousandths. */
  readonly before: number | null;
  readonly levels: OverrideRecord["levels"];
  /** Set outright, in thousandths; null where levels were changed. */
  readonly mark: number | null;
}

/** What a person saw in the answer, beside the grade. */
export interface StandingMark extends Pick<MarkRecord, "by" | "blind" | "levels" | "mark"> {
  /** ISO 8601. */
  readonly at: string;
}

/** What one answer's grade is now, after everything that the log says of it. */
export interface CurrentGrade extends AnswerPlace {
  /** The last thing a judge said of it. */
  readonly grade: GradeRecord;
  readonly state: GradeState;
  /** In thousandths; it counts in states `graded` and `overridden`, is provisional in `needs-review`, else null. */
  readonly mark: number | null;
  readonly criteria: readonly CriterionResult[];
  readonly events: readonly RuleEvent[];
  readonly override: StandingOverride | undefined;
  /** The last of each person, in the order of their first. */
  readonly marks: readonly StandingMark[];
  /** The rubric by which the levels were given, by the judge or by a person: what they mean, they mean under it. */
  readonly basis: RubricHashes;
  /** Content hash of the rubric by which `mark` was counted: that of the basis, or of a later change of points. */
  readonly countedBy: RubricHashes["content"];
  /** Why a stale grade is stale; undefined for others. */
  readonly stale: "wording" | "structure" | undefined;
}

/** An entry with the time at which it was written. */
export interface LoggedEntry {
  readonly at: string;
  readonly entry: GradeLogEntry;
}

/** The grades of a log, and the rubrics they were made with. */
export interface GradeBookState {
  /** By {@link answerKey}, in the order in which the answers were first graded. */
  readonly grades: ReadonlyMap<string, CurrentGrade>;
  /** Canonical rubrics as JSON values, by content hash. */
  readonly rubrics: ReadonlyMap<string, unknown>;
}

/** One answer as a map key. */
export function answerKey({ candidate, question, attempt }: AnswerPlace): string {
  return JSON.stringify([candidate, question, attempt]);
}

/** True where the mark counts in means, agreement and totals. */
export function counts({ state }: Pick<CurrentGrade, "state">): boolean {
  return state === "graded" || state === "overridden";
}

/** Plays a log from its first entry to its last. What a person set outlives every later grade until it is withdrawn. */
export function foldGradeLog(entries: Iterable<LoggedEntry>): GradeBookState {
  const grades = new Map<string, CurrentGrade>();
  const rubrics = new Map<string, unknown>();
  for (const { at, entry } of entries) {
    switch (entry.type) {
      case "rubric":
        rubrics.set(entry.content, entry.rubric);
        break;
      case "grade":
        grades.set(answerKey(entry), afterGrade(entry, grades.get(answerKey(entry))));
        break;
      case "override":
        update(grades, entry, (current) => afterOverride(current, entry, at));
        break;
      case "mark":
        update(grades, entry, (current) => afterMark(current, entry, at));
        break;
      case "rubric-change":
        for (const change of entry.changes) {
          update(grades, change, (current) => afterRubricChange(current, entry, change));
        }
        break;
      default:
        entry satisfies never;
    }
  }
  return { grades, rubrics };
}

function update(
  grades: Map<string, CurrentGrade>,
  place: AnswerPlace,
  change: (current: CurrentGrade) => CurrentGrade,
): void {
  const key = answerKey(place);
  const current = grades.get(key);
  if (current !== undefined) grades.set(key, change(current));
}

function asGraded(grade: GradeRecord): CurrentGrade {
  const { candidate, question, attempt, state, mark, criteria, events } = grade;
  return {
    candidate,
    question,
    attempt,
    grade,
    state,
    mark,
    criteria,
    events,
    override: undefined,
    marks: [],
    basis: hashesIn(grade.rubric),
    countedBy: grade.rubric.content,
    stale: undefined,
  };
}

function afterGrade(grade: GradeRecord, before: CurrentGrade | undefined): CurrentGrade {
  // A person judged the answer as it was; another answer is another matter.
  if (before === undefined) return asGraded(grade);
  if (before.grade.answer.hash !== grade.answer.hash) {
    return before.override === undefined ? asGraded(grade) : asGraded(outdated(grade));
  }
  const { mark, criteria, events, override, marks, basis, countedBy, stale } = before;
  const fresh = { ...asGraded(override !== undefined && stale !== undefined ? outdated(grade) : grade), marks };
  return override === undefined || stale !== undefined
    ? fresh
    : { ...fresh, state: "overridden", mark, criteria, events, override, basis, countedBy };
}

/** A person had marked another version of the answer: that a judge marked this one must not go unseen. */
function outdated(grade: GradeRecord): GradeRecord {
  const state = grade.state === "graded" ? "needs-review" : grade.state;
  return { ...grade, state, flags: [...grade.flags, "override-outdated"] };
}

function hashesIn({ content, wording, structure }: RubricHashes): RubricHashes {
  return { content, wording, structure };
}

function afterMark(current: CurrentGrade, entry: MarkRecord, at: string): CurrentGrade {
  const { by, blind, levels, mark, withdraws } = entry;
  const others = current.marks.filter((each) => each.by !== by);
  return { ...current, marks: withdraws === true ? others : [...others, { by, blind, levels, mark, at }] };
}

function afterOverride(current: CurrentGrade, entry: OverrideRecord, at: string): CurrentGrade {
  if (entry.withdraws) return { ...asGraded(current.grade), marks: current.marks };
  const { by, reason, levels, mark, result } = entry;
  return {
    ...current,
    state: "overridden",
    mark: result.mark,
    criteria: result.criteria,
    events: result.events,
    override: { by, reason, at, before: current.mark, levels, mark: mark?.to ?? null },
    basis: hashesIn(result.rubric),
    countedBy: result.rubric.content,
    stale: undefined,
  };
}

function afterRubricChange(
  current: CurrentGrade,
  { effect, rubric }: RubricChangeRecord,
  change: RubricChangeRecord["changes"][number],
): CurrentGrade {
  if (effect !== "recomputed" || change.result === null) {
    return { ...current, state: "stale", mark: null, stale: effect === "stale" ? "wording" : "structure" };
  }
  const { criteria, events } = change.result;
  const state = current.override === undefined ? current.grade.state : "overridden";
  return { ...current, state, mark: change.after, criteria, events, countedBy: rubric.content, stale: undefined };
}
