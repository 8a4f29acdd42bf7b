import { answerKey, counts, type AnswerPlace, type CurrentGrade } from "./grade-log.ts";
import { exact, type Thousandths } from "../rubric/points.ts";
import type { GradeState } from "./record.ts";

/**
 * What differs beside the mark. answer: the text that was graded · rubric: what it was counted by · prompt, judge: who judged
 * and how it was asked · person: an override was set, changed or taken back · reading: nothing of all this, so the same judge
 * read the same answer in another way.
 */
export const CHANGE_CAUSES = ["answer", "rubric", "prompt", "judge", "person", "reading"] as const;
export type ChangeCause = (typeof CHANGE_CAUSES)[number];

export interface GradeSide {
  readonly state: GradeState;
  /** Provisional where the state does not count; undefined where there is none. */
  readonly mark: Thousandths | undefined;
}

/** One answer whose state, mark or levels are not what they were. */
export interface GradeChange {
  readonly place: AnswerPlace;
  readonly before: GradeSide;
  readonly after: GradeSide;
  /** After less before; undefined unless both marks count. */
  readonly moved: Thousandths | undefined;
  /** Of criteria that both sides have. */
  readonly levels: readonly { readonly criterion: string; readonly from: string; readonly to: string }[];
  /** One at least. */
  readonly causes: readonly ChangeCause[];
}

/** How a rubric differs: in what points it gives, in what a judge is told, or in which criteria and levels it has. */
export interface RubricDifference {
  readonly question: string;
  readonly part: "points" | "wording" | "structure";
}

export interface GradeComparison {
  /** The farthest moved first, then those with other states or levels; else in the order of the earlier grades. */
  readonly changes: readonly GradeChange[];
  /** Answers that both sides have, changed or not. */
  readonly compared: number;
  readonly added: readonly AnswerPlace[];
  readonly removed: readonly AnswerPlace[];
  /** A line a question, the farthest-reaching difference. */
  readonly rubrics: readonly RubricDifference[];
  /** Over answers whose mark counts on both sides. `meanShift` is a share of full marks, 0 where there are none. */
  readonly marks: { readonly n: number; readonly up: number; readonly down: number; readonly meanShift: number };
}

interface Pair {
  readonly before: CurrentGrade;
  readonly after: CurrentGrade;
}

/** Compares two states of grades, answer by answer. */
export function compareGrades(before: Iterable<CurrentGrade>, after: Iterable<CurrentGrade>): GradeComparison {
  const earlier = new Map(Array.from(before, (grade) => [answerKey(grade), grade]));
  const later = new Map(Array.from(after, (grade) => [answerKey(grade), grade]));
  const pairs = [...earlier].flatMap(([key, grade]): readonly Pair[] => {
    const now = later.get(key);
    return now === undefined ? [] : [{ before: grade, after: now }];
  });
  return {
    changes: pairs.flatMap(changeOf).toSorted(byMove),
    compared: pairs.length,
    added: [...later].filter(([key]) => !earlier.has(key)).map(([, grade]) => placeOf(grade)),
    removed: [...earlier].filter(([key]) => !later.has(key)).map(([, grade]) => placeOf(grade)),
    rubrics: rubricDifferences(pairs),
    marks: marksOf(pairs),
  };
}

function changeOf({ before, after }: Pair): readonly GradeChange[] {
  const levels = levelChanges(before, after);
  if (before.state === after.state && before.mark === after.mark && levels.length === 0) return [];
  return [
    {
      place: placeOf(after),
      before: sideOf(before),
      after: sideOf(after),
      moved: movedBy({ before, after }),
      levels,
      causes: causesOf(before, after),
    },
  ];
}

function placeOf({ candidate, question, attempt }: CurrentGrade): AnswerPlace {
  return { candidate, question, attempt };
}

function sideOf({ state, mark }: CurrentGrade): GradeSide {
  return { state, mark: mark === null ? undefined : exact(mark) };
}

function movedBy({ before, after }: Pair): Thousandths | undefined {
  if (!counts(before) || !counts(after) || before.mark === null || after.mark === null) return undefined;
  return exact(after.mark - before.mark);
}

function levelChanges(before: CurrentGrade, after: CurrentGrade): GradeChange["levels"] {
  const earlier = new Map(before.criteria.map(({ criterion, level }) => [criterion, level]));
  return after.criteria.flatMap(({ criterion, level }) => {
    const from = earlier.get(criterion);
    return from === undefined || from === level ? [] : [{ criterion, from, to: level }];
  });
}

function causesOf(before: CurrentGrade, after: CurrentGrade): readonly ChangeCause[] {
  const differs: Readonly<Record<Exclude<ChangeCause, "reading">, boolean>> = {
    answer: before.grade.answer.hash !== after.grade.answer.hash,
    rubric: before.countedBy !== after.countedBy || before.stale !== after.stale,
    prompt: before.grade.run.prompt_hash !== after.grade.run.prompt_hash,
    judge: judgeOf(before) !== judgeOf(after),
    person: JSON.stringify(before.override) !== JSON.stringify(after.override),
  };
  const found = CHANGE_CAUSES.filter((cause) => cause !== "reading" && differs[cause]);
  return found.length === 0 ? ["reading"] : found;
}

function judgeOf({ grade: { run } }: CurrentGrade): string {
  return JSON.stringify([run.provider, run.model, run.model_answered]);
}

function byMove(left: GradeChange, right: GradeChange): number {
  return Math.abs(right.moved ?? 0) - Math.abs(left.moved ?? 0);
}

const PARTS = ["points", "wording", "structure"] as const satisfies readonly RubricDifference["part"][];

function rubricDifferences(pairs: readonly Pair[]): readonly RubricDifference[] {
  const farthest = new Map<string, number>();
  for (const { before, after } of pairs) {
    const part = partOf(before, after);
    if (part === undefined) continue;
    farthest.set(after.question, Math.max(PARTS.indexOf(part), farthest.get(after.question) ?? 0));
  }
  return Array.from(farthest, ([question, part]) => ({ question, part: PARTS[part] ?? "points" }));
}

/** A rubric that changed after judging shows in what the grade says of it, before it shows in a grade made anew. */
function partOf(before: CurrentGrade, after: CurrentGrade): RubricDifference["part"] | undefined {
  const { rubric: then } = before.grade;
  const { rubric: now } = after.grade;
  if (then.structure !== now.structure) return "structure";
  if (before.stale !== after.stale) return after.stale ?? before.stale;
  if (then.wording !== now.wording) return "wording";
  return before.countedBy === after.countedBy ? undefined : "points";
}

function marksOf(pairs: readonly Pair[]): GradeComparison["marks"] {
  const moves = pairs.flatMap((pair) => {
    const moved = movedBy(pair);
    return moved === undefined ? [] : [{ moved, share: moved / pair.after.grade.max }];
  });
  return {
    n: moves.length,
    up: moves.filter(({ moved }) => moved > 0).length,
    down: moves.filter(({ moved }) => moved < 0).length,
    meanShift: moves.length === 0 ? 0 : moves.reduce((sum, { share }) => sum + share, 0) / moves.length,
  };
}
