import { exact, formatPoints } from "../../grade/rubric/points.ts";
import type { GradeLogEntry } from "../../grade/records/record.ts";
import type { GradeItem, JudgeView } from "../../web/api.ts";
import { gradeRow } from "./review-desk-grade-row.ts";
import type { GradedAnswer } from "./review-desk-grade-set.ts";

/**
 * Everything about one grade that the page shows to a reviewer.
 * @param isOpen false keeps back all that the judge, or anybody else, said of the answer.
 */
export function gradeItem(graded: GradedAnswer, reviewer: string, isOpen: boolean): GradeItem {
  const { current, question } = graded;
  const { rubric, text, reference } = question;
  const { override } = current;
  const row = gradeRow(graded, isOpen);
  return {
    row,
    etag: row.etag,
    kind: "grade",
    question: question.question.text,
    restored: text === question.question.text ? null : text,
    headings: question.question.headings,
    answer: graded.answer ?? "",
    reference,
    guidelines: rubric.guidelines,
    criteria: rubric.criteria.map(({ id, text: claim, levels }) => ({
      id,
      text: claim,
      levels: levels.map(({ id: level, points, descriptor }) => ({ id: level, points, descriptor })),
    })),
    max: rubric.scale.max,
    pass: rubric.scale.pass ?? null,
    judge: isOpen ? judgeOf(graded) : null,
    mine: isOpen ? ownWord(graded, reviewer) : null,
    override: isOpen && override !== undefined ? { by: override.by, reason: override.reason, at: override.at } : null,
    history: isOpen ? graded.lines.map(({ at, entry }) => ({ at, ...said(entry) })) : [],
  };
}

/** The judge's own word, counted by the rubric as it is now where no person changed the grade. */
function judgeOf({ current }: GradedAnswer): JudgeView {
  const { grade } = current;
  const { mark, criteria, events } = current.override === undefined ? current : grade;
  return { mark, criteria, events, flags: grade.flags, reason: grade.reason };
}

function ownWord({ current }: GradedAnswer, reviewer: string): GradeItem["mine"] {
  const { override, marks } = current;
  if (override?.by === reviewer && current.mark !== null) {
    return { levels: levelsOf(current.criteria), mark: current.mark };
  }
  const own = marks.find(({ by }) => by === reviewer);
  return own === undefined ? null : { levels: levelsOf(own.levels), mark: own.mark };
}

function levelsOf(criteria: readonly { readonly criterion: string; readonly level: string }[]): Record<string, string> {
  return Object.fromEntries(criteria.map(({ criterion, level }) => [criterion, level]));
}

function said(entry: GradeLogEntry): { readonly by: string; readonly what: string } {
  switch (entry.type) {
    case "grade":
      return {
        by: entry.run.model_answered ?? entry.run.model,
        what: `graded: ${inPoints(entry.mark)}, ${entry.state}`,
      };
    case "override":
      if (entry.withdraws) return { by: entry.by, what: `took the override back: ${entry.reason}` };
      return { by: entry.by, what: `set ${inPoints(entry.result.mark)}: ${entry.reason}` };
    case "mark":
      if (entry.withdraws === true) return { by: entry.by, what: `took ${inPoints(entry.mark)} back` };
      return { by: entry.by, what: `saw ${inPoints(entry.mark)}${entry.blind ? ", before the judge's word" : ""}` };
    case "rubric-change":
      return { by: "rubric", what: `changed: ${entry.effect}` };
    case "rubric":
      return { by: "rubric", what: "kept" };
    default:
      return entry satisfies never;
  }
}

function inPoints(mark: number | null): string {
  return mark === null ? "no mark" : formatPoints(exact(mark));
}
