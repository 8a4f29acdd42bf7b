import { answerKey } from "../records/grade-log.ts";
import { exact, type Thousandths } from "../rubric/points.ts";
import type { GradeRecord } from "../records/record.ts";
import type { Criterion, Rubric } from "../rubric/rubric.ts";
import { applyRules } from "../rubric/rules.ts";
import type { HumanMark } from "../submissions/submission.ts";
import type { AgreementRow } from "./agreement-row.ts";
import { groupBy } from "../../core/group-by.ts";
import { leastOf, mostOf, scaleOfCriterion, scaleOfRubric, type MarkScale } from "./mark-scale.ts";

/** What is read of a grade: the judge's own word, before any person changed it. */
export type JudgedAnswer = Pick<
  GradeRecord,
  "candidate" | "question" | "attempt" | "state" | "mark" | "criteria" | "crossCheck" | "answer"
>;

/** Why a person's mark, or a rubric, is in no figure. */
export const PAIR_PROBLEMS = [
  "unknown-candidate",
  "unknown-question",
  "not-graded",
  "no-rubric",
  "unknown-criterion",
  "unknown-level",
  "off-scale",
  "marked-twice",
  "no-range",
] as const;

export interface PairProblem {
  readonly code: (typeof PAIR_PROBLEMS)[number];
  readonly candidate: string;
  readonly question: string;
  readonly attempt: number;
  readonly rater: string;
  /** "" for the whole answer. */
  readonly criterion: string;
}

export interface PairedMarks {
  readonly rows: readonly AgreementRow[];
  readonly problems: readonly PairProblem[];
}

/** A person's mark with its place found: points of a whole answer, or of one criterion with the level they are of. */
interface PlacedMark {
  readonly source: HumanMark;
  readonly criterion: string;
  readonly points: Thousandths;
}

const WHOLE = "";

/**
 * Joins grades with the marks that people gave. Every grade becomes a row, marked or not, so that coverage can be told; each
 * criterion that somebody marked becomes one more. Who marked every criterion and no total gets the total that the rubric
 * makes of it. What finds no place is told in `problems`.
 * @param grades one for each answer; of several the last counts.
 * @param rubrics by question id, as the grades were counted.
 */
export function pairMarks(
  grades: readonly JudgedAnswer[],
  marks: readonly HumanMark[],
  rubrics: ReadonlyMap<string, Rubric>,
): PairedMarks {
  const judged = new Map(grades.map((grade) => [answerKey(grade), grade]));
  const known: Known = {
    judged,
    rubrics,
    candidates: new Set(grades.map(({ candidate }) => candidate)),
    questions: new Set(grades.map(({ question }) => question)),
  };
  const problems: PairProblem[] = [];
  const placed = new Map<string, PlacedMark>();
  for (const source of marks) {
    const mark = place(source, known);
    const key = JSON.stringify([answerKey(source), source.rater, criterionOf(source)]);
    if (typeof mark === "string") problems.push(problemOf(mark, source));
    else if (placed.has(key)) problems.push(problemOf("marked-twice", source));
    else placed.set(key, mark);
  }
  const byAnswer = groupBy([...placed.values()], ({ source }) => answerKey(source));
  const rows = [...judged].flatMap(([key, grade]) => {
    const rubric = rubrics.get(grade.question);
    return rubric === undefined ? [] : rowsOf(grade, rubric, byAnswer.get(key) ?? []);
  });
  return { rows, problems };
}

interface Known {
  readonly judged: ReadonlyMap<string, JudgedAnswer>;
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly candidates: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

function place(source: HumanMark, known: Known): PlacedMark | PairProblem["code"] {
  if (!known.questions.has(source.question)) return "unknown-question";
  if (!known.candidates.has(source.candidate)) return "unknown-candidate";
  if (!known.judged.has(answerKey(source))) return "not-graded";
  const rubric = known.rubrics.get(source.question);
  if (rubric === undefined) return "no-rubric";
  const { mark } = source;
  if (mark.kind === "total") return onScale(source, WHOLE, mark.points, totalScale(rubric));
  const criterion = rubric.criteria.find(({ id }) => id === mark.criterion);
  if (criterion === undefined) return "unknown-criterion";
  if (mark.kind === "criterion") return onScale(source, criterion.id, mark.points, criterionScale(criterion));
  const level = criterion.levels.find(({ id }) => id === mark.level);
  if (level === undefined) return "unknown-level";
  return { source, criterion: criterion.id, points: level.points };
}

function onScale(
  source: HumanMark,
  criterion: string,
  decimal: number,
  scale: MarkScale | undefined,
): PlacedMark | PairProblem["code"] {
  if (scale === undefined) return "no-range";
  // Finer than a thousandth is rounding of somebody's average.
  const scaled = Math.round(decimal * 1_000);
  if (!(scaled >= leastOf(scale) && scaled <= mostOf(scale))) return "off-scale";
  return { source, criterion, points: exact(scaled) };
}

function totalScale(rubric: Rubric): MarkScale | undefined {
  return rubric.scale.max > rubric.scale.floor ? scaleOfRubric(rubric) : undefined;
}

function criterionScale(criterion: Criterion): MarkScale | undefined {
  return new Set(criterion.levels.map(({ points }) => points)).size > 1 ? scaleOfCriterion(criterion) : undefined;
}

function rowsOf(grade: JudgedAnswer, rubric: Rubric, marks: readonly PlacedMark[]): readonly AgreementRow[] {
  const { candidate, question, attempt, state, mark, crossCheck, answer } = grade;
  const isJudges = state === "graded" || state === "needs-review";
  const shared = { candidate, question, attempt, state, words: answer.words };
  const scale = totalScale(rubric);
  const whole = {
    ...shared,
    criterion: undefined,
    judge: isJudges && mark !== null ? exact(mark) : undefined,
    human: [...ratersOf(marks, WHOLE), ...countedTotals(rubric, marks)],
    lexical: crossCheck ?? undefined,
  };
  const parts = rubric.criteria.flatMap((criterion) => {
    const own = ratersOf(marks, criterion.id);
    const ownScale = criterionScale(criterion);
    const judge = grade.criteria.find((each) => each.criterion === criterion.id)?.points;
    if (own.length === 0 || ownScale === undefined) return [];
    return {
      ...shared,
      criterion: criterion.id,
      scale: ownScale,
      judge: isJudges && judge !== undefined ? exact(judge) : undefined,
      human: own,
    };
  });
  return scale === undefined ? parts : [{ ...whole, scale }, ...parts];
}

function ratersOf(marks: readonly PlacedMark[], criterion: string): AgreementRow["human"] {
  return marks
    .filter((mark) => mark.criterion === criterion)
    .map(({ source, points }) => ({ rater: source.rater, points }));
}

/** The totals of those who marked every criterion with points of one of its levels, and no total. */
function countedTotals(rubric: Rubric, marks: readonly PlacedMark[]): AgreementRow["human"] {
  return [...groupBy(marks, ({ source }) => source.rater)].flatMap(([rater, own]) => {
    if (own.some(({ criterion }) => criterion === WHOLE)) return [];
    const levels = new Map(
      rubric.criteria.flatMap(({ id, levels: all }) => {
        const points = own.find(({ criterion }) => criterion === id)?.points;
        const level = all.find((each) => each.points === points);
        return level === undefined ? [] : [[id, level.id] as const];
      }),
    );
    if (levels.size < rubric.criteria.length) return [];
    return [{ rater, points: applyRules(rubric, levels).total }];
  });
}

function criterionOf({ mark }: HumanMark): string {
  return mark.kind === "total" ? WHOLE : mark.criterion;
}

function problemOf(code: PairProblem["code"], source: HumanMark): PairProblem {
  const { candidate, question, attempt, rater } = source;
  return { code, candidate, question, attempt, rater, criterion: criterionOf(source) };
}
