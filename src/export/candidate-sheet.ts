import { hashOf } from "../core/hash.ts";
import { indexBook, type IndexedCandidate, type IndexedGrade, SHOWN_STATES, tallyOf } from "./book-index.ts";
import type { GradeBook } from "./grade-book.ts";
import { frontMatter, inlineText, markdownTable } from "./markdown-text.ts";
import { plural, points } from "./number-words.ts";
import { answerSection, type Audience } from "./sheet-answer.ts";
import { STATE_WORDS } from "../grade/records/state-words.ts";
import { judgeName, judgesOf, totalsOf } from "./statistics.ts";

export interface CandidateSheet {
  readonly candidate: string;
  /** Markdown with front matter; the same book gives the same bytes. */
  readonly text: string;
}

/**
 * One sheet a candidate, in the order of their codes, with nothing of any other candidate and none of the rubric's private
 * words. For the candidate it has marks that count and feedback; for the grader also flags, reasons and provisional marks.
 */
export function candidateSheets(book: GradeBook, audience: Audience): readonly CandidateSheet[] {
  return indexBook(book).candidates.map((candidate) => ({
    candidate: candidate.code,
    text: sheetOf(book, candidate, audience),
  }));
}

function sheetOf(book: GradeBook, candidate: IndexedCandidate, audience: Audience): string {
  const last = candidate.grades.filter(({ isLast }) => isLast);
  const body = [
    `# Candidate ${inlineText(candidate.code)}`,
    totalLine(last),
    overview(last, audience),
    ...last.map((grade) => answerSection(grade, audience)),
  ].join("\n\n");
  return `${frontMatter(headOf(book, candidate.code, last, body))}\n${body}\n`;
}

function headOf(book: GradeBook, code: string, last: readonly IndexedGrade[], body: string): Record<string, unknown> {
  const { total, max, counted } = totalsOf(last);
  return {
    schema: 1,
    kind: "grade-sheet",
    candidate: code,
    set: book.title,
    models: judgesOf(last).map((judge) => [judgeName(judge), ...judge.answeredAs].join(" ")),
    rubrics: [...new Set(last.map(({ current }) => current.grade.rubric.id))],
    total: counted === 0 ? null : Number(points(total).replace("−", "-")),
    total_max: Number(points(max)),
    counted,
    states: Object.fromEntries(Object.entries(tallyOf(last)).filter(([, answers]) => answers > 0)),
    made: book.made,
    tool: book.tool,
    content_hash: hashOf(body),
  };
}

function totalLine(grades: readonly IndexedGrade[]): string {
  const { total, max, counted } = totalsOf(grades);
  if (counted === 0) return "No answer has a mark that counts yet.";
  return `**${points(total)} of ${points(max)} points** over the ${plural(counted, "answer")} whose mark counts.${openWords(grades)}`;
}

/** What is not in the total, by name. */
function openWords(grades: readonly IndexedGrade[]): string {
  const tally = tallyOf(grades);
  const open = SHOWN_STATES.filter((state) => state !== "graded" && state !== "overridden" && tally[state] > 0);
  if (open.length === 0) return "";
  return ` Not in the total: ${open.map((state) => `${tally[state]} ${STATE_WORDS[state]}`).join(", ")}.`;
}

function overview(grades: readonly IndexedGrade[], audience: Audience): string {
  return markdownTable(
    ["question", "id", "mark", "of", "state"],
    grades.map((grade) => [
      grade.label,
      inlineText(grade.question.id),
      markCell(grade, audience),
      points(grade.question.rubric.scale.max),
      STATE_WORDS[grade.current.state],
    ]),
  );
}

function markCell({ counted, provisional }: IndexedGrade, audience: Audience): string {
  if (counted !== undefined) return points(counted);
  return provisional !== undefined && audience === "grader" ? `(${points(provisional)})` : "–";
}
