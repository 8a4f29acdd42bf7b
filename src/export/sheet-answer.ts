import type { CriterionResult } from "../grade/records/record.ts";
import type { Criterion } from "../grade/rubric/rubric.ts";
import { absentAnswer } from "./absent-answer.ts";
import type { IndexedGrade } from "./book-index.ts";
import { flagWords } from "./flag-words.ts";
import { fenced, inlineText, markdownTable } from "./markdown-text.ts";
import { points } from "./number-words.ts";
import { FAULT_WORDS, RULE_WORDS, STATE_MEANINGS, STATE_WORDS } from "../grade/records/state-words.ts";
import { fullPoints, shareOfCredit } from "./statistics.ts";

/** Whom a sheet is for. */
export type Audience = "grader" | "candidate";

/** One answer: question, mark, criteria, feedback, what the grader should know, and the answer itself. */
export function answerSection(grade: IndexedGrade, audience: Audience): string {
  const isSettled = grade.counted !== undefined;
  const showsVerdict = grade.current.criteria.length > 0 && (isSettled || audience === "grader");
  return [
    `## ${grade.label} · ${inlineText(grade.question.text)}`,
    markLine(grade, audience),
    ...(showsVerdict ? [criteriaTable(grade), ...ruleLines(grade)] : []),
    ...(showsVerdict ? [`### Feedback\n\n${feedback(grade)}`] : []),
    ...(audience === "grader" ? graderSection(grade) : []),
    `### Answer\n\n${grade.answer.trim() === "" ? absentAnswer(grade) : fenced(grade.answer)}`,
  ].join("\n\n");
}

function markLine({ counted, provisional, calibrated, question, current }: IndexedGrade, audience: Audience): string {
  const { max, pass } = question.rubric.scale;
  const of = `of ${points(max)}`;
  if (counted !== undefined) {
    const notes = [
      STATE_WORDS[current.state],
      ...(pass === undefined ? [] : [counted >= pass ? "passed" : `below the pass mark of ${points(pass)}`]),
      ...(calibrated === undefined || audience === "candidate" ? [] : [`calibrated: ${points(calibrated)}`]),
    ];
    return `**Mark: ${points(counted)} ${of}** (${notes.join("; ")})`;
  }
  if (audience === "candidate") {
    return current.state === "blank"
      ? "No mark: nothing was handed in."
      : "No mark yet: a person is looking at this answer.";
  }
  if (provisional !== undefined)
    return `**Provisional: ${points(provisional)} ${of}.** ${STATE_MEANINGS[current.state]}`;
  return `**No mark.** ${STATE_MEANINGS[current.state]}`;
}

function criteriaTable({ current, question }: IndexedGrade): string {
  return markdownTable(
    ["criterion", "level", "points", "evidence", "findings"],
    current.criteria.map((result) => {
      const criterion = criterionOf(question.rubric.criteria, result);
      return [
        inlineText(criterion?.text ?? result.criterion),
        levelWords(criterion, result),
        criterion === undefined
          ? points(result.points)
          : `${points(result.points)} of ${points(fullPoints(criterion))}`,
        evidenceWords(result),
        inlineText(result.findings),
      ];
    }),
  );
}

function criterionOf(criteria: readonly Criterion[], result: CriterionResult): Criterion | undefined {
  return criteria.find(({ id }) => id === result.criterion);
}

function levelWords(criterion: Criterion | undefined, { level }: CriterionResult): string {
  const descriptor = criterion?.levels.find(({ id }) => id === level)?.descriptor ?? "";
  return descriptor === "" ? inlineText(level) : `${inlineText(level)}: ${inlineText(descriptor)}`;
}

function evidenceWords({ evidence }: CriterionResult): string {
  return evidence
    .map((each) => (each.status === "located" ? `“${inlineText(each.text)}”` : `(${FAULT_WORDS[each.fault]})`))
    .join(" ");
}

function ruleLines({ current }: IndexedGrade): readonly string[] {
  if (current.events.length === 0) return [];
  return [
    current.events
      .map(({ rule, subject, before, after }) => {
        const where = subject === "" ? "" : ` (${inlineText(subject)})`;
        return `- Rule${where}: ${RULE_WORDS[rule]}, ${points(before)} becomes ${points(after)}.`;
      })
      .join("\n"),
  ];
}

/** What the levels say to the person who wrote the answer: what was earned, what was earned in part, what was not shown. */
function feedback({ current, question }: IndexedGrade): string {
  const lines = current.criteria.flatMap((result) => {
    const criterion = criterionOf(question.rubric.criteria, result);
    return criterion === undefined ? [] : [feedbackLine(criterion, result)];
  });
  return lines
    .filter((line) => line !== "")
    .map((line) => `- ${line}`)
    .join("\n");
}

function feedbackLine(criterion: Criterion, result: CriterionResult): string {
  const text = inlineText(withoutStop(criterion.text));
  const share = shareOfCredit(criterion, result);
  if (fullPoints(criterion) < 0) return share === 0 ? "" : `Cost points: ${text} (${points(result.points)}).`;
  if (share === 1) return `Earned: ${text}.`;
  const full = criterion.levels.at(-1)?.descriptor ?? "";
  const needs = full === "" ? "" : ` Full credit: ${inlineText(withoutStop(full))}.`;
  return share === 0 ? `Not shown: ${text}.${needs}` : `In part: ${text}.${needs}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

function graderSection(graded: IndexedGrade): readonly string[] {
  const { grade, override } = graded.current;
  const lines = [
    ...flagWords(graded).map((words) => `Flag: ${inlineText(words)}.`),
    ...(grade.reason === "" ? [] : [`Reason: ${inlineText(grade.reason)}.`]),
    ...(override === undefined
      ? []
      : [
          `Set by ${inlineText(override.by)} on ${inlineText(override.at)}; before: ${override.before === null ? "no mark" : points(override.before)}.`,
          `Why: ${inlineText(override.reason)}`,
        ]),
  ];
  return lines.length === 0 ? [] : [`### For the grader\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
}
