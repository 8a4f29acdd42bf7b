import { addPoints, exact, type Thousandths } from "../grade/rubric/points.ts";
import { indexBook, type IndexedGrade, type IndexedQuestion } from "./book-index.ts";
import type { GradeBook } from "./grade-book.ts";
import { type Person, personOf } from "./people.ts";

/** A book of grades for a system that knows candidates by name: the last attempt of each answer, and its mark if it has one. */
export interface GradeExchange {
  readonly title: string;
  readonly questions: readonly IndexedQuestion[];
  readonly candidates: readonly ExchangedCandidate[];
  /** What everything together can give. */
  readonly max: Thousandths;
}

export interface ExchangedCandidate {
  readonly person: Person;
  /** Of what counts, or of a blank where those are zero; undefined as long as one answer has no mark. */
  readonly total: Thousandths | undefined;
  readonly answers: readonly ExchangedAnswer[];
}

export interface ExchangedAnswer {
  readonly grade: IndexedGrade;
  /** Undefined where there is none that counts. */
  readonly mark: Thousandths | undefined;
}

export interface ExchangeOptions {
  /** Who stands behind a code. */
  readonly identityOf: (code: string) => string;
  /** What the sources have as the name beside it. */
  readonly nameOf?: ((code: string) => string | undefined) | undefined;
  /** True gives an answer that was left blank 0 points; else it has no mark. */
  readonly blankIsZero: boolean;
  /** True where the answer that was graded is not what stands under the code now: nobody has that mark. */
  readonly isOther?: ((current: IndexedGrade["current"]) => boolean) | undefined;
}

export function exchangeOf(book: GradeBook, options: ExchangeOptions): GradeExchange {
  const { identityOf, nameOf, blankIsZero, isOther = () => false } = options;
  const { questions, candidates } = indexBook(book);
  const markOf = (grade: IndexedGrade): Thousandths | undefined => {
    if (isOther(grade.current)) return undefined;
    return blankIsZero && grade.current.state === "blank" ? exact(0) : grade.counted;
  };
  return {
    title: book.title,
    questions,
    max: addPoints(questions.map(({ rubric }) => rubric.scale.max)),
    candidates: candidates.map(({ code, grades }) => {
      const answers = grades.filter(({ isLast }) => isLast).map((grade) => ({ grade, mark: markOf(grade) }));
      return { person: personOf(identityOf(code), nameOf?.(code)), answers, total: totalOf(answers, questions.length) };
    }),
  };
}

/** A total over part of the questions would be taken for one over all of them. */
function totalOf(answers: readonly ExchangedAnswer[], questions: number): Thousandths | undefined {
  const marks = answers.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
  return marks.length === questions ? addPoints(marks) : undefined;
}
