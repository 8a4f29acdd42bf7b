import { UserError } from "../../core/errors.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import type { GradeBookState } from "../../grade/records/grade-log.ts";
import type { Project } from "../open-project.ts";
import { candidatesOf, readGradeSession } from "./open-grades.ts";
import { otherAnswers } from "./other-answers.ts";

/** Whether each grade is still of whoever wrote the answer, by the answers and the list of candidates as they are now. */
export type CodesCheck =
  | {
      readonly status: "compared";
      /** Codes of grades of which the list does not say whose they are. */
      readonly lost: readonly string[];
      /** Grades under whose code another answer stands. */
      readonly others: readonly { readonly candidate: string; readonly question: string; readonly attempt: number }[];
    }
  | { readonly status: "unknown"; readonly reason: string };

/** @param read what the records say, which those that were tampered with do not. */
export function checkCodes(project: Project, set: GradeSet, read: () => GradeBookState): CodesCheck {
  try {
    const state = read();
    const { answers } = readGradeSession(project, set);
    const lost =
      answers.newCodes.length === 0 ? [] : candidatesOf(state).filter((code) => !answers.knownCodes.has(code));
    const others = [...state.grades.values()].filter(otherAnswers(answers));
    return {
      status: "compared",
      lost,
      others: others.map(({ candidate, question, attempt }) => ({ candidate, question, attempt })),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: "unknown", reason: error.message };
  }
}

/** A line for each thing that is wrong. */
export function codeLines(check: CodesCheck): readonly string[] {
  if (check.status === "unknown") return [];
  return [
    ...check.lost.map((code) => `candidates.json does not say who ${code} is`),
    ...check.others.map(
      ({ candidate, question }) =>
        `${candidate} ${question}: the answer under this code is not the one that was graded: it was handed in since, or candidates.json was changed`,
    ),
  ];
}
