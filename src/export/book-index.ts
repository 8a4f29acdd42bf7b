import { counts } from "../grade/records/grade-log.ts";
import { exact, type Thousandths } from "../grade/rubric/points.ts";
import { GRADE_STATES, type GradeState } from "../grade/records/record.ts";
import { tallyStates, type StateTally } from "../grade/records/state-tally.ts";
import type { BookGrade, BookQuestion, GradeBook } from "./grade-book.ts";
import { groupBy } from "../core/group-by.ts";
import { questionLabels } from "./question-labels.ts";

/** A question with a short name to point at it, and what was answered to it. */
export interface IndexedQuestion extends BookQuestion {
  /** As {@link questionLabels} gives it. */
  readonly label: string;
  readonly grades: readonly IndexedGrade[];
}

/** A grade beside its question. The mark is split by what it may be used for. */
export interface IndexedGrade extends BookGrade {
  readonly question: BookQuestion;
  readonly label: string;
  /** Enters means and totals; undefined where there is none that may. */
  readonly counted: Thousandths | undefined;
  /** Of an answer that waits for a person; enters nothing. */
  readonly provisional: Thousandths | undefined;
  /** An earlier attempt is shown and enters nothing. */
  readonly isLast: boolean;
}

export interface IndexedCandidate {
  readonly code: string;
  /** In the order of the questions, earlier attempts before later ones. */
  readonly grades: readonly IndexedGrade[];
}

export interface BookIndex {
  readonly questions: readonly IndexedQuestion[];
  /** In the order of their codes, numbers in them by value. */
  readonly candidates: readonly IndexedCandidate[];
}

/**
 * The book by question and by candidate.
 * @throws RangeError if a grade belongs to a question that the book does not hold.
 */
export function indexBook(book: GradeBook): BookIndex {
  const labels = questionLabels(book.questions);
  const questions = new Map(book.questions.map((question, at) => [question.id, { question, label: labels[at] ?? "" }]));
  const lastAttempts = lastAttemptsOf(book.grades);
  const grades = book.grades.map((grade): IndexedGrade => {
    const { current } = grade;
    const found = questions.get(current.question);
    if (found === undefined) throw new RangeError("a grade belongs to a question that is not in the book");
    const isLast = lastAttempts.get(placeKey(current)) === current.attempt;
    return { ...grade, ...found, isLast, ...marksOf(grade, isLast) };
  });
  const byQuestion = groupBy(grades, ({ current }) => current.question);
  return {
    questions: book.questions.map((question, at) => ({
      ...question,
      label: labels[at] ?? "",
      grades: (byQuestion.get(question.id) ?? []).toSorted(byCandidate),
    })),
    candidates: candidatesOf(grades, new Map(book.questions.map(({ id }, at) => [id, at]))),
  };
}

export function tallyOf(grades: readonly BookGrade[]): StateTally {
  return tallyStates(grades.map(({ current }) => current.state));
}

/** The order in which states are shown: what counts, what waits, what has no mark. */
export const SHOWN_STATES: readonly GradeState[] = [
  "graded",
  "overridden",
  "needs-review",
  ...GRADE_STATES.filter((state) => state !== "graded" && state !== "overridden" && state !== "needs-review"),
];

const collator = new Intl.Collator("en", { numeric: true });

/** Codes in the order people expect: c-2 before c-10. Codes that differ never compare equal. */
export function compareCodes(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : Number(left > right));
}

function byCandidate(left: IndexedGrade, right: IndexedGrade): number {
  return compareCodes(left.current.candidate, right.current.candidate) || left.current.attempt - right.current.attempt;
}

function candidatesOf(
  grades: readonly IndexedGrade[],
  order: ReadonlyMap<string, number>,
): readonly IndexedCandidate[] {
  const place = ({ current }: IndexedGrade): number => order.get(current.question) ?? 0;
  return Array.from(
    groupBy(grades, ({ current }) => current.candidate),
    ([code, own]) => ({
      code,
      grades: own.toSorted((left, right) => place(left) - place(right) || left.current.attempt - right.current.attempt),
    }),
  ).toSorted((left, right) => compareCodes(left.code, right.code));
}

function marksOf({ current }: BookGrade, isLast: boolean): Pick<IndexedGrade, "counted" | "provisional"> {
  const mark = current.mark === null ? undefined : exact(current.mark);
  return {
    counted: isLast && counts(current) ? mark : undefined,
    provisional: current.state === "needs-review" ? mark : undefined,
  };
}

function lastAttemptsOf(grades: readonly BookGrade[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { current } of grades) {
    const key = placeKey(current);
    last.set(key, Math.max(current.attempt, last.get(key) ?? 0));
  }
  return last;
}

function placeKey({ candidate, question }: BookGrade["current"]): string {
  return JSON.stringify([candidate, question]);
}
