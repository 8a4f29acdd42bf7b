import { UserError } from "../../core/errors.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { compareCodes } from "../../export/book-index.ts";
import { numberOf, questionLabels } from "../../export/question-labels.ts";
import { readCandidateCodes } from "../../files/candidate-codes.ts";
import type { CurrentGrade } from "../../grade/records/grade-log.ts";
import { bookQuestions } from "./grade-book.ts";
import { calledAs } from "../../grade/submissions/candidate-names.ts";
import type { GradeSession } from "./open-grades.ts";
import { didYouMean } from "../nearest-names.ts";

/** One answer as a person names it on the command line. */
export interface AnswerName {
  /** A code, or what `candidates.json` calls the candidate. */
  readonly candidate: string;
  /** An id, or a number as the report shows it: `Q7`, `7`. */
  readonly question: string;
  /** The last one where undefined. */
  readonly attempt: number | undefined;
}

/**
 * The grade that somebody means.
 * @throws UserError suggesting what there is, also where a name fits several.
 */
export function gradeNamed(session: GradeSession, { candidate, question, attempt }: AnswerName): CurrentGrade {
  const all = [...session.state.grades.values()];
  const code = codeNamed(session, all, candidate);
  const id = questionNamed(session, all, question);
  const own = all.filter((each) => each.candidate === code);
  const found = own.filter((each) => each.question === id);
  const grade = attempt === undefined ? found.at(-1) : found.find((each) => each.attempt === attempt);
  if (grade !== undefined) return grade;
  const labels = labelsOf(session, all);
  const graded = [...new Set(own.map((each) => each.question))].map((each) =>
    `${labels.get(each) ?? ""} ${each}`.trim(),
  );
  const which = attempt === undefined || found.length === 0 ? "" : ` at attempt ${attempt}`;
  throw new UserError(`${code} has no grade for ${visibleLine(question)}${which}`, {
    hint: didYouMean(
      question,
      own.map((each) => each.question),
      `there are: ${listed(graded)}`,
    ),
  });
}

function codeNamed({ set }: GradeSession, grades: readonly CurrentGrade[], name: string): string {
  const codes = [...new Set(grades.map(({ candidate }) => candidate))].toSorted(compareCodes);
  if (codes.includes(name)) return name;
  const { codes: known, names } = readCandidateCodes(set.candidates);
  const called = calledAs(known, names).filter(([each]) => folded(each) === folded(name));
  const meant = [...new Set(called.map(([, code]) => code))];
  const [code, ...others] = meant.filter((each) => codes.includes(each));
  if (code !== undefined && others.length === 0) return code;
  if (code !== undefined) {
    throw new UserError(`several candidates are called ${visibleLine(name)}`, {
      hint: `name one by its code: ${[code, ...others].join(", ")}`,
    });
  }
  throw new UserError(`the set ${set.name} has no candidate ${visibleLine(name)}`, {
    hint: didYouMean(
      name,
      codes,
      `there are: ${listed(codes)}${known.size === 0 ? "" : ", and whom candidates.json names"}`,
    ),
  });
}

/** @returns what was given where it is no number of the report. */
function questionNamed(session: GradeSession, grades: readonly CurrentGrade[], name: string): string {
  const questions = bookQuestions(grades, session.graded, session.state.rubrics);
  if (questions.some(({ id }) => id === name)) return name;
  const labels = labelsOf(session, grades);
  const bare = name.replace(/^q/i, "");
  const isLabelled = ({ id }: { readonly id: string }): boolean => folded(labels.get(id) ?? "") === folded(`Q${bare}`);
  const labelled = questions.filter(isLabelled);
  const [first, ...others] =
    labelled.length > 0 ? labelled : questions.filter(({ number }) => numberOf(number) === bare);
  if (first === undefined) return name;
  if (others.length === 0) return first.id;
  throw new UserError(`several questions are called ${visibleLine(name)}`, {
    hint: `name one of: ${listed([first, ...others].map(({ id }) => `${labels.get(id) ?? ""} ${id}`.trim()))}`,
  });
}

function labelsOf({ graded, state }: GradeSession, grades: readonly CurrentGrade[]): ReadonlyMap<string, string> {
  const questions = bookQuestions(grades, graded, state.rubrics);
  const labels = questionLabels(questions);
  return new Map(questions.map(({ id }, at) => [id, labels[at] ?? ""]));
}

const LISTED = 10;

function listed(names: readonly string[]): string {
  return `${names.slice(0, LISTED).join(", ")}${names.length > LISTED ? ", …" : ""}`;
}

/** People write their names with other blanks and in other cases than lists do. */
function folded(text: string): string {
  return visibleLine(text).normalize("NFC").toLowerCase();
}
