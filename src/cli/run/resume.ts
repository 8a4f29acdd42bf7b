import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { listRuns, type RunFolder } from "../../files/run-folder.ts";
import { fillOptions } from "../fill/fill-options.ts";
import { gradeOptions } from "../grade/grade-options.ts";
import { givenPath } from "../grade/grade-settings.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { runAuditAnswers } from "../audit/run-audit-answers.ts";
import { runFill } from "../fill/run-fill.ts";
import { rubricDraftOptions } from "../rubric/rubric-draft-options.ts";
import { runGrade } from "../grade/run-grade.ts";
import { queueOptions } from "../queue/queue-options.ts";
import { readRunRequest } from "./run-request.ts";
import { isFinished } from "./unfinished-runs.ts";
import { runRubricDraft } from "../rubric/run-rubric-draft.ts";
import { didYouMean } from "../nearest-names.ts";

/** `answerkey resume [run]`: the same plan again, in the same run; what the journal holds is not sent again. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const project = await openProjectToAsk(context, parseOptions(commonOptions, flags));
  const taken = runToResume(project, operands[0]);
  const request = readRunRequest(taken);
  const asked = { ...request.options, ...flags };
  if (isFinished(taken) && !(await isRedriven(project, taken, asked))) {
    project.report.result(`run ${taken.id} is finished; there is nothing to take up`);
    project.report.result("next: answerkey status");
    project.report.document({ schema: 1, run: taken.id, finished: true });
    return EXIT.done;
  }
  project.report.note(`taking up run ${taken.id}`);
  const { operands: named } = request;
  // A redo is over once its proposals stand: the rest of the plan is what still lacks one.
  switch (request.command) {
    case "grade":
      return runGrade(project, pathsKept(project, named), parseOptions(gradeOptions, asked), taken);
    case "rubric draft":
      return runRubricDraft(project, pathsKept(project, named), parseOptions(rubricDraftOptions, asked), taken);
    case "audit answers":
      return runAuditAnswers(project, pathsKept(project, named), parseOptions(fillOptions, asked), taken);
    case "fill":
      return runFill(project, pathsKept(project, named), parseOptions(fillOptions, asked), taken);
    default:
      return request satisfies never;
  }
}

/** @throws UserError where one leads out of the project: a cloned folder may hold a run that nobody here began. */
function pathsKept(project: Project, paths: readonly string[]): readonly string[] {
  return paths.map((path) => givenPath(project, path));
}

/** Asks the queue of a run that went by it; the packages for that are loaded only then. */
async function isRedriven(project: Project, taken: RunFolder, asked: unknown): Promise<boolean> {
  const options = parseOptions(queueOptions, asked);
  if (options.engine === "local") return false;
  const { isLeftOnQueue } = await import("../queue/left-on-queue.ts");
  return isLeftOnQueue(project, taken, options);
}

function runHint(id: string, runs: readonly RunFolder[]): string {
  if (runs.length === 0) return "start one with answerkey fill or answerkey grade";
  const ids = runs.map((each) => each.id);
  return didYouMean(id, ids, `runs here: ${ids.slice(-5).join(", ")}`);
}

function runToResume({ workspace }: Project, id: string | undefined): RunFolder {
  const runs = listRuns(workspace);
  const found = id === undefined ? runs.at(-1) : runs.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new UserError(id === undefined ? "there is no run to take up" : `there is no run ${id}`, {
    hint: runHint(id ?? "", runs),
  });
}
