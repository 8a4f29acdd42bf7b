import { UserError } from "../../core/errors.ts";
import { listGradeSets, type GradeSet } from "../../files/grade-set.ts";
import { answerKey, foldGradeLog, type GradeBookState } from "../../grade/records/grade-log.ts";
import { planRubricChanges } from "../../grade/records/rubric-change.ts";
import { plural } from "../format.ts";
import { readGradedBank, type GradedBank } from "../graded-bank.ts";
import type { Project } from "../open-project.ts";
import { openGradeLog } from "./grade-store.ts";
import { standingInWords, standingOf, type Standing } from "./grade-standing.ts";
import { readGradeSession } from "./open-grades.ts";
import type { CandidateAnswers } from "./read-answers.ts";

/** How one set stands, by what is written and by the rubrics and answers as they are now. */
export type SetStanding =
  | ({
      readonly set: string;
      readonly status: "read";
      /** Answers to questions with a rubric that nobody has graded yet; null where the answers cannot be read. */
      readonly ungraded: number | null;
    } & Standing)
  | { readonly set: string; readonly status: "unreadable"; readonly reason: string };

/** Every set of the project, by name. Writes nothing: what changed rubrics do to grades is worked out and not kept. */
export function gradeStandings(project: Project): readonly SetStanding[] {
  return listGradeSets(project.workspace).map((set) => {
    try {
      return standingOfSet(project, set);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { set: set.name, status: "unreadable", reason: error.message };
    }
  });
}

function standingOfSet(project: Project, set: GradeSet): SetStanding {
  const lines = openGradeLog(project, set).readAll();
  const { graded, answers } = readSources(project, set);
  const { grades } = foldGradeLog(lines);
  const changes = planRubricChanges(grades.values(), graded.questions).map((entry) => ({ at: "", entry }));
  const state = changes.length === 0 ? grades : foldGradeLog([...lines, ...changes]).grades;
  return {
    set: set.name,
    status: "read",
    ungraded: answers === undefined ? null : countUngraded(answers, graded, state),
    ...standingOf(state.values(), graded),
  };
}

/** Grades are told without their answers rather than not at all. */
function readSources(
  project: Project,
  set: GradeSet,
): { readonly graded: GradedBank; readonly answers: CandidateAnswers | undefined } {
  try {
    return readGradeSession(project, set);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { graded: readGradedBank(project, {}), answers: undefined };
  }
}

function countUngraded(
  { submissions }: CandidateAnswers,
  { questions }: GradedBank,
  grades: GradeBookState["grades"],
): number {
  return submissions.filter((each) => questions.has(each.question) && !grades.has(answerKey(each))).length;
}

/** A line a set. */
export function standingLines(standings: readonly SetStanding[]): readonly string[] {
  return standings.map((standing) => {
    if (standing.status === "unreadable") return `grades of ${standing.set}: ${standing.reason}`;
    const ungraded = standing.ungraded ?? 0;
    const left = ungraded > 0 ? [`${plural(ungraded, "answer")} not graded yet`] : [];
    return `grades of ${standing.set}: ${[standingInWords(standing.states), ...left].join(" · ")}`;
  });
}

/** What a person would do next about grades; undefined where nothing waits. */
export function nextForGrades(standings: readonly SetStanding[]): string | undefined {
  const read = standings.flatMap((each) => (each.status === "read" ? [each] : []));
  const option = ({ set }: SetStanding): string => (standings.length === 1 ? "" : ` --set ${set}`);
  const waiting = read.find(({ states }) => states["needs-review"] > 0);
  if (waiting !== undefined) return "answerkey review --web";
  const again = read.find(({ states, ungraded }) => states.stale + states.error + states.refused + (ungraded ?? 0) > 0);
  return again === undefined ? undefined : `answerkey grade <answers>${option(again)}`;
}
