import { UserError } from "../../core/errors.ts";
import type { CurrentGrade } from "./grade-log.ts";
import { formatPoints, type Thousandths } from "../rubric/points.ts";
import { recount } from "./recount.ts";
import type { MarkRecord, OverrideRecord } from "./record.ts";
import type { Criterion, Scale } from "../rubric/rubric.ts";
import type { RubricNow } from "./rubric-change.ts";

/** What a person wants of one grade: other levels, or a mark set outright. */
export interface OverrideWish {
  /** Level id by criterion id. */
  readonly levels: ReadonlyMap<string, string>;
  readonly mark: Thousandths | undefined;
  readonly by: string;
  /** Never empty: whoever reads the record later must know why. */
  readonly reason: string;
}

/**
 * A person's mark as a record for the log. The judge's own stays where it is.
 * @throws UserError for an unknown criterion or level, a mark outside the scale, or a wish that wishes nothing.
 */
export function planOverride(current: CurrentGrade, { rubric, hashes }: RubricNow, wish: OverrideWish): OverrideRecord {
  const { levels, mark } = wish;
  if ((levels.size === 0) === (mark === undefined)) {
    throw new UserError("an override sets either levels or a mark", {
      hint: "as in: --level definition=full, or --mark 7.5",
    });
  }
  for (const [criterion, level] of levels) refuseUnknown(rubric.criteria, criterion, level);
  if (mark !== undefined) refuseOutside(mark, rubric.scale);
  const counted = recount(rubric, current.criteria, levels);
  const before = new Map(current.criteria.map((each) => [each.criterion, each.level]));
  return {
    type: "override",
    ...placeOf(current),
    by: wish.by,
    reason: wish.reason,
    levels: [...levels].map(([criterion, to]) => ({ criterion, from: before.get(criterion) ?? null, to })),
    mark: mark === undefined ? null : { from: current.mark, to: mark },
    result: {
      mark: mark ?? counted.mark,
      criteria: counted.criteria,
      events: mark === undefined ? counted.events : [],
      rubric: hashes,
    },
    withdraws: false,
  };
}

/**
 * The judge was right, says a person: what waited for one counts from now on.
 * @throws UserError where there is no verdict to confirm.
 */
export function planConfirmation(
  current: CurrentGrade,
  { rubric, hashes }: RubricNow,
  by: string,
  reason: string,
): OverrideRecord {
  if (current.criteria.length === 0 || current.stale !== undefined) {
    throw new UserError(`${current.candidate} ${current.question} has no verdict that could be confirmed`, {
      hint: "mark it yourself: answerkey grade override … --level criterion=level",
    });
  }
  const { mark, criteria, events } = recount(rubric, current.criteria);
  return {
    type: "override",
    ...placeOf(current),
    by,
    reason,
    levels: [],
    mark: null,
    result: { mark, criteria, events, rubric: hashes },
    withdraws: false,
  };
}

/**
 * What a person sees in an answer, as a label beside its grade.
 * @throws UserError for an unknown criterion or level, or a criterion without one.
 */
export function planMark(
  current: CurrentGrade,
  { rubric }: RubricNow,
  label: { readonly levels: ReadonlyMap<string, string>; readonly by: string; readonly blind: boolean },
): MarkRecord {
  for (const [criterion, level] of label.levels) refuseUnknown(rubric.criteria, criterion, level);
  const missing = rubric.criteria.find(({ id }) => !label.levels.has(id));
  if (missing !== undefined) throw new UserError(`criterion ${missing.id} has no level yet`);
  return {
    type: "mark",
    ...placeOf(current),
    by: label.by,
    blind: label.blind,
    levels: rubric.criteria.map(({ id }) => ({ criterion: id, level: label.levels.get(id) ?? "" })),
    mark: recount(rubric, [], label.levels).mark,
  };
}

/**
 * Takes a person's mark back; the judge's counts again.
 * @throws UserError where there is none.
 */
export function planWithdrawal(current: CurrentGrade, by: string, reason: string): OverrideRecord {
  if (current.override === undefined) {
    throw new UserError(`${current.candidate} ${current.question} has no override to take back`);
  }
  const { grade } = current;
  return {
    type: "override",
    ...placeOf(current),
    by,
    reason,
    levels: [],
    mark: null,
    result: { mark: grade.mark, criteria: grade.criteria, events: grade.events, rubric: hashesOf(grade) },
    withdraws: true,
  };
}

/**
 * Takes a person's label back.
 * @throws UserError where there is none.
 */
export function planMarkWithdrawal(current: CurrentGrade, by: string): MarkRecord {
  const own = current.marks.find((each) => each.by === by);
  if (own === undefined) throw new UserError(`${current.candidate} ${current.question} has no label to take back`);
  const { blind, mark } = own;
  return { type: "mark", ...placeOf(current), by, blind, levels: own.levels, mark, withdraws: true };
}

/** Sets again what somebody had set before, as it was counted then. Undefined where nothing stood, or it had gone stale. */
export function planReinstatement(current: CurrentGrade, before: CurrentGrade, by: string): OverrideRecord | undefined {
  const { override, mark, criteria, events, basis, countedBy, stale } = before;
  if (override === undefined || stale !== undefined) return undefined;
  return {
    type: "override",
    ...placeOf(current),
    by,
    reason: `back to what ${override.by} had set: ${override.reason}`,
    levels: override.levels,
    mark: override.mark === null ? null : { from: current.mark, to: override.mark },
    result: { mark, criteria: [...criteria], events: [...events], rubric: { ...basis, content: countedBy } },
    withdraws: false,
  };
}

function hashesOf({ rubric }: CurrentGrade["grade"]): RubricNow["hashes"] {
  const { content, wording, structure } = rubric;
  return { content, wording, structure };
}

function placeOf({
  candidate,
  question,
  attempt,
}: CurrentGrade): Pick<CurrentGrade, "candidate" | "question" | "attempt"> {
  return { candidate, question, attempt };
}

function refuseUnknown(criteria: readonly Criterion[], criterion: string, level: string): void {
  const found = criteria.find((each) => each.id === criterion);
  if (found === undefined) {
    throw new UserError(`the rubric has no criterion ${criterion}`, {
      hint: `it has: ${criteria.map((each) => each.id).join(", ")}`,
    });
  }
  if (found.levels.some((each) => each.id === level)) return;
  throw new UserError(`criterion ${criterion} has no level ${level}`, {
    hint: `it has: ${found.levels.map((each) => each.id).join(", ")}`,
  });
}

function refuseOutside(mark: Thousandths, { floor, max, step }: Scale): void {
  if (mark % step !== 0) {
    throw new UserError(`a mark of ${formatPoints(mark)} is between the steps of the scale`, {
      hint: `the rubric gives marks from ${formatPoints(floor)} to ${formatPoints(max)} in steps of ${formatPoints(step)}`,
    });
  }
  if (mark >= floor && mark <= max) return;
  throw new UserError(`a mark of ${formatPoints(mark)} is outside the scale`, {
    hint: `the rubric goes from ${formatPoints(floor)} to ${formatPoints(max)}`,
  });
}
