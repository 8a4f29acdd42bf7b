import { exact, formatPoints } from "../grade/rubric/points.ts";
import type { CriterionResult } from "../grade/records/record.ts";
import type { IndexedGrade } from "./book-index.ts";
import { inlineText } from "./markdown-text.ts";
import { fullPoints } from "./statistics.ts";

/** What was found for each criterion, as lines of plain text for whoever gets the mark. */
export function feedbackText(grade: IndexedGrade): string {
  return linesOf(grade, (text) => text).join("\n");
}

/** The same as a list of markdown, in which nothing from outside is more than text. */
export function feedbackMarkdown(grade: IndexedGrade): string {
  return linesOf(grade, inlineText)
    .map((line) => `* ${line}`)
    .join("\n");
}

/** False where a person set the mark outright: the levels are not what it comes from. */
export function restsOnCriteria({ current: { override } }: IndexedGrade): boolean {
  return override === undefined || override.mark === null;
}

function linesOf(grade: IndexedGrade, safe: (text: string) => string): readonly string[] {
  if (!restsOnCriteria(grade)) return [];
  const { current, question } = grade;
  // What word matching found says nothing to whoever wrote the answer.
  const isOffline = current.grade.run.provider === "offline";
  return current.criteria.map((result) => {
    const criterion = question.rubric.criteria.find(({ id }) => id === result.criterion);
    const of = criterion === undefined ? "" : ` of ${formatPoints(exact(fullPoints(criterion)))}`;
    const text = (criterion?.text ?? result.criterion).replace(/[.:]\s*$/, "");
    return `${safe(text)}: ${formatPoints(exact(result.points))}${of}${isOffline ? "" : words(result, safe)}`;
  });
}

function words({ findings }: CriterionResult, safe: (text: string) => string): string {
  return findings === "" ? "" : `. ${safe(findings)}`;
}
