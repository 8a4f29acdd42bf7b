import { deferWorst } from "../../grade/judge/deferral.ts";
import { hashValue } from "../../core/hash-schema.ts";
import type { CurrentGrade } from "../../grade/records/grade-log.ts";
import type { GradeRecord } from "../../grade/records/record.ts";
import { shareOfPercent } from "./grade-options.ts";
import { readGrades } from "./grade-store.ts";
import type { PreparedGrading } from "./prepare-grading.ts";

/**
 * `--review-budget`: hands the most doubtful of all grades of a set to a person. The share is counted anew each time, so
 * that grades which a smaller one no longer reaches count again.
 *
 * @param budget such as "20%"; undefined leaves everything as it is.
 * @returns how many more than before wait for a person.
 */
export function handOverDoubtful(
  { log, graded }: Pick<PreparedGrading, "log" | "graded">,
  budget: string | undefined,
): number {
  if (budget === undefined) return 0;
  const share = shareOfPercent(budget);
  const current = [...readGrades(log).grades.values()].filter(({ override, stale }) => !override && !stale);
  const records = current.map((each) => asBefore(asCounted(each, graded)));
  const changed = deferWorst(records, share).filter((record, at) => record.state !== current[at]?.grade.state);
  if (changed.length > 0) log.append(changed.map((entry) => ({ entry })));
  return changed.filter(({ state }) => state === "needs-review").length;
}

/** What a judge said, with the points that a changed rubric gave it since. */
function asCounted(
  { grade, mark, criteria, events, countedBy }: CurrentGrade,
  { questions }: PreparedGrading["graded"],
): GradeRecord {
  const rubric = { ...grade.rubric, content: hashValue.parse(countedBy) };
  const max = questions.get(grade.question)?.rubric.scale.max ?? grade.max;
  return { ...grade, mark, max, criteria: [...criteria], events: [...events], rubric };
}

/** As a judge left it. */
function asBefore(record: GradeRecord): GradeRecord {
  if (!record.flags.includes("review-budget")) return record;
  return { ...record, state: "graded", flags: record.flags.filter((flag) => flag !== "review-budget") };
}
