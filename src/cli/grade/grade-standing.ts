import { counts, type CurrentGrade } from "../../grade/records/grade-log.ts";
import { groupBy } from "../../core/group-by.ts";
import { needsReview } from "../../grade/judge/flag-effects.ts";
import { GRADE_FLAGS, type GradeFlag, type GradeState } from "../../grade/records/record.ts";
import { tallyStates } from "../../grade/records/state-tally.ts";
import { FLAG_WORDS } from "../../grade/records/state-words.ts";
import { plural } from "../format.ts";
import type { GradedBank } from "../graded-bank.ts";
import type { Report } from "../report.ts";

/** How a set of grades stands, whoever made them. */
export interface Standing {
  readonly states: Readonly<Record<GradeState, number>>;
  /** Mean of the marks that count, as a share of full marks, and how many they are; null where there are none. */
  readonly mean: { readonly share: number; readonly n: number } | null;
  /** Answers without a mark that counts, blanks aside. */
  readonly waiting: number;
  /** Why answers have no mark, in words of ours, with how many. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why answers wait for a person: how many for each flag that asks for one. An answer may have several. */
  readonly waits: Readonly<Partial<Record<GradeFlag, number>>>;
}

/** Shares are of full marks as the rubrics have them now, as in the report. */
export function standingOf(grades: Iterable<CurrentGrade>, { questions }: Pick<GradedBank, "questions">): Standing {
  const all = [...grades];
  const states = tallyStates(all.map(({ state }) => state));
  const shares = all
    .filter(counts)
    .map(({ mark, question, grade }) => (mark ?? 0) / (questions.get(question)?.rubric.scale.max ?? grade.max));
  return {
    states,
    mean: shares.length === 0 ? null : { share: shares.reduce(add, 0) / shares.length, n: shares.length },
    waiting: states["needs-review"] + states.refused + states.error + states.stale,
    reasons: reasonsOf(all),
    waits: waitsOf(all),
  };
}

function add(sum: number, each: number): number {
  return sum + each;
}

function reasonsOf(grades: readonly CurrentGrade[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const { state, grade } of grades) {
    if (state !== "refused" && state !== "error") continue;
    reasons[grade.reason] = (reasons[grade.reason] ?? 0) + 1;
  }
  return reasons;
}

function waitsOf(grades: readonly CurrentGrade[]): Readonly<Partial<Record<GradeFlag, number>>> {
  const flags = grades
    .filter(({ state }) => state === "needs-review")
    .flatMap(({ grade }) => grade.flags.filter((flag) => needsReview([flag])));
  const counted = groupBy(flags, (flag) => flag);
  return Object.fromEntries([...counted].map(([flag, own]) => [flag, own.length]));
}

const STATE_WORDS: Readonly<Record<GradeState, string>> = {
  graded: "graded",
  "needs-review": "wait for a person",
  refused: "refused by the judge, no mark",
  error: "failed, no mark",
  blank: "blank, no mark",
  stale: "stale since the rubric changed",
  overridden: "marked by a person",
};
const ORDER = ["graded", "overridden", "needs-review", "refused", "error", "stale", "blank"] as const;

/** "12 graded · 3 wait for a person" */
export function standingInWords(states: Standing["states"]): string {
  const parts = ORDER.filter((state) => states[state] > 0).map((state) => `${states[state]} ${STATE_WORDS[state]}`);
  return parts.length === 0 ? "no grade yet" : parts.join(" · ");
}

export function showStanding(report: Report, { states, mean, reasons, waits }: Standing): void {
  report.result(standingInWords(states));
  const count = (flag: GradeFlag): number => waits[flag] ?? 0;
  for (const flag of GRADE_FLAGS.filter(count).toSorted((left, right) => count(right) - count(left))) {
    report.result(`  ${count(flag)} ${count(flag) === 1 ? "waits" : "wait"}: ${FLAG_WORDS[flag]}`);
  }
  for (const [reason, answers] of Object.entries(reasons)) {
    report.result(report.style("yellow", `${plural(answers, "answer")} without a mark: ${reason}`));
  }
  if (mean !== null)
    report.result(
      `mean of the ${plural(mean.n, "mark")} that count${mean.n === 1 ? "s" : ""}: ${(mean.share * 100).toFixed(1)}%`,
    );
}
