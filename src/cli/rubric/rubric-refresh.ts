import { planRubricChanges } from "../../grade/records/rubric-change.ts";
import { formatPoints, exact } from "../../grade/rubric/points.ts";
import type { GradeBookState } from "../../grade/records/grade-log.ts";
import type { RubricChangeRecord } from "../../grade/records/record.ts";
import { plural, table } from "../format.ts";
import type { GradedBank } from "../graded-bank.ts";
import { readGrades, type GradeLog } from "../grade/grade-store.ts";
import type { Report } from "../report.ts";

const LISTED = 10;

/**
 * Lets changed rubrics reach the grades that were made before: new points are counted anew, other words make a grade stale.
 * What changed goes into the log and is shown; no model is asked.
 */
export function refreshGrades(
  report: Report,
  log: GradeLog,
  graded: GradedBank,
  state = readGrades(log),
): GradeBookState {
  const chain = log.verifyChain();
  if (chain.status === "broken") {
    report.warn(report.style("red", `records.jsonl:${chain.line}: the records were tampered with: ${chain.reason}`));
  }
  const changes = planRubricChanges(state.grades.values(), graded.questions);
  if (changes.length === 0) return state;
  log.append(changes.map((entry) => ({ entry })));
  for (const change of changes) showChange(report, change);
  return readGrades(log);
}

const EFFECTS: Readonly<Record<RubricChangeRecord["effect"], string>> = {
  recomputed: "counted anew by the changed points; no model was asked",
  stale: "now stale, because the rubric's words changed; answerkey grade marks them again",
  "not-comparable": "now stale, because the rubric's criteria or levels changed; answerkey grade marks them again",
};

function showChange(report: Report, { rubric, effect, changes }: RubricChangeRecord): void {
  const moved = changes.filter(({ before, after }) => before !== after);
  report.result(`rubric ${rubric.id}: ${plural(changes.length, "grade")} ${EFFECTS[effect]}`);
  if (effect !== "recomputed" || moved.length === 0) return;
  const rows = moved
    .slice(0, LISTED)
    .map(({ candidate, question, before, after }) => [candidate, question, pointsOf(before), pointsOf(after)]);
  for (const line of table(["candidate", "question", "before", "after"], rows)) report.result(`  ${line}`);
  if (moved.length > LISTED) report.result(`  … and ${moved.length - LISTED} more`);
}

function pointsOf(mark: number | null): string {
  return mark === null ? "none" : formatPoints(exact(mark));
}
