import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import type { Calibration } from "../../grade/calibration/calibration.ts";
import {
  fitCalibrations,
  LEAST_LABELS,
  type CalibrationSubject,
  type Declined,
} from "../../grade/calibration/fit-calibration.ts";
import { plural } from "../format.ts";
import { compare } from "./grade-agree.ts";
import { marksNamed } from "./marks-named.ts";
import { labelsOf } from "./read-marks.ts";
import { gradeSetOptions } from "./grade-options.ts";
import type { CommandContext } from "../main.ts";
import { openGrades, writeSetOutputs, type GradeSession } from "./open-grades.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { removeCalibrations, writeCalibrations } from "./stored-calibration.ts";

const calibrateOptions = commonOptions
  .extend(gradeSetOptions.shape)
  .extend({ remove: z.boolean().default(false), seed: z.coerce.number().int().default(1) });

/** `answerkey grade calibrate <marks…>`: a map from the judge's marks to what people give, where there is enough to learn. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(calibrateOptions, flags);
  if (options.remove === operands.length > 0) {
    throw new UserError(options.remove ? "--remove takes no marks" : "no marks are named", {
      hint: "answerkey grade calibrate <marks.csv>, or answerkey grade calibrate --remove",
    });
  }
  const project = await openProject(context, options);
  const session = openGrades(project, options.set);
  if (options.remove) return forget(project, session);
  const { marks } = marksNamed(project, session, operands);
  const { rows } = compare(session, [...marks, ...labelsOf(session.state.grades.values())], options.seed);
  const { fitted, declined } = fitCalibrations(rows, subjectOf(session), options.seed);
  // What was learned before does not outlive a refusal to learn it again.
  if (fitted.length > 0) writeCalibrations(session.set, fitted);
  else removeCalibrations(session.set);
  await writeSetOutputs(project, session);
  show(project, fitted, declined);
  return fitted.length > 0 ? EXIT.done : EXIT.open;
}

async function forget(project: Project, session: GradeSession): Promise<ExitCode> {
  const was = removeCalibrations(session.set);
  await writeSetOutputs(project, session);
  project.report.result(was ? "the calibration is forgotten; raw marks stand alone" : "there was no calibration");
  project.report.document({ schema: 1, removed: was });
  return EXIT.done;
}

/**
 * A map holds for one judge: the grades must be one model's, by one prompt.
 * @throws UserError where they are several's.
 */
function subjectOf({ state, graded }: GradeSession): CalibrationSubject {
  const judged = [...state.grades.values()].filter(({ criteria }) => criteria.length > 0).map(({ grade }) => grade.run);
  const judges = new Set(judged.map(({ model, prompt_hash: prompt }) => `${model} ${prompt}`));
  const [first] = judged;
  if (first === undefined || judges.size > 1) {
    throw new UserError(first === undefined ? "there is no grade to calibrate" : "the grades are of several judges", {
      hint: "grade all answers with one model and prompt first: answerkey grade <answers> --redo",
    });
  }
  return {
    model: first.model,
    promptHash: first.prompt_hash,
    rubrics: new Map([...graded.questions].map(([id, { hashes }]) => [id, hashes.content])),
  };
}

const DECLINE_WORDS: Readonly<Record<Declined["reason"], string>> = {
  "too-few": `fewer than ${LEAST_LABELS} answers that people marked: a map from so few does more harm than good`,
  "no-rubric": "its rubric is not known",
  flat: "people's marks do not rise with the judge's",
  "no-better": "on answers it had not seen the map was no nearer to people than the judge",
};

function show({ report }: Project, fitted: readonly Calibration[], declined: readonly Declined[]): void {
  for (const { scope, n, check } of fitted) {
    const what = scope.kind === "question" ? scope.question : plural(scope.questions.length, "question");
    const [before, after] = [check.rmse.raw, check.rmse.calibrated].map((share) => `${(share * 100).toFixed(1)}%`);
    report.result(
      `${what}: learned from n=${n}; error (RMSE) ${before} → ${after} of the scale, bias ${signed(check.bias.raw)} → ${signed(check.bias.calibrated)}, on answers it had not seen`,
    );
  }
  for (const { questions, reason, n } of declined) {
    report.result(
      report.style(
        "yellow",
        `${plural(questions.length, "question")} not calibrated (n=${n}): ${DECLINE_WORDS[reason]}`,
      ),
    );
  }
  if (fitted.length + declined.length === 0) {
    report.result(report.style("yellow", "no answer has both a grade that counts and a person's mark of the whole"));
  }
  if (fitted.length > 0) report.result("reports now show the mapped mark beside the raw one; the raw one counts");
  report.document({ schema: 1, fitted, declined });
}

function signed(share: number): string {
  return `${share >= 0 ? "+" : "−"}${Math.abs(share * 100).toFixed(1)}%`;
}
