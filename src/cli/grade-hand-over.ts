import { deferWorst } from "../grade/judge/deferral.ts";
import type { GradeRecord } from "../grade/records/record.ts";
import { shareOfPercent } from "./grade-options.ts";
import { readGrades, type GradeLog } from "./grade-store.ts";

/**
 * `--review-budget`: hands the most doubtful of all grades of a set to a person. The share is counted anew each time, so
 * that grades which a smaller one no longer reaches count again.
 *
 * @param budget such as "20%"; undefined leaves everything as it is.
 * @returns how many more than before wait for a person.
 */
export function handOverDoubtful(log: GradeLog, budget: string | undefined): number {
  if (budget === undefined) return 0;
  const share = shareOfPercent(budget);
  const current = [...readGrades(log).grades.values()].filter(({ override, stale }) => !override && !stale);
  const records = current.map(({ grade, mark }) => asBefore({ ...grade, mark }));
  const changed = deferWorst(records, share).filter((record, at) => record.state !== current[at]?.grade.state);
  if (changed.length > 0) log.append(changed.map((entry) => ({ entry })));
  return changed.filter(({ state }) => state === "needs-review").length;
}

/** As a judge left it. */
function asBefore(record: GradeRecord): GradeRecord {
  if (!record.flags.includes("review-budget")) return record;
  return { ...record, state: "graded", flags: record.flags.filter((flag) => flag !== "review-budget") };
}
