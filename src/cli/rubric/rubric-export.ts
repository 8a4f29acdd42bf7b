import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { csvText } from "../../export/csv-text.ts";
import { canvasRubricTable, notInCanvas } from "../../export/rubrics-canvas.ts";
import { matchRubrics } from "../../grade/rubric/rubric-match.ts";
import { writeExport } from "../export/export-file.ts";
import { plural } from "../format.ts";
import { readRubrics } from "../graded-bank.ts";
import type { CommandContext } from "../main.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { chosenFiles, readBank } from "../read-bank.ts";

const rubricExportOptions = commonOptions.extend({ to: z.enum(["canvas"]), out: z.string().min(1) });

/** `answerkey rubric export`: the bank's rubrics as Canvas imports them, each under the text of its question. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(rubricExportOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const { operands } = context.invocation;
  const bank = readBank(project, operands);
  const files = chosenFiles(project, bank, operands);
  const paths = files.map(({ path }) => path);
  const { rubrics, faults } = readRubrics(project, [], paths);
  for (const { file, line, message } of faults) report.warn(`${file}:${line}: not a rubric: ${message}`);
  const { matched } = matchRubrics(rubrics, { files });
  if (matched.length === 0) throw new UserError("no question here has a rubric", { hint: "answerkey rubric lint" });
  const named = matched.map(({ question, rubric }) => ({ name: visibleLine(question.text), rubric: rubric.rubric }));
  const sources = [...bank.files.map(({ path }) => path), ...rubrics.map(({ file }) => file)];
  writeExport(project, csvText(canvasRubricTable(named)), { out: options.out, sources });
  report.result(`${plural(named.length, "rubric")} written to ${options.out}`);
  const lost = matched.flatMap(({ question: { id }, rubric }) => {
    const what = notInCanvas(rubric.rubric);
    return what.length === 0 ? [] : [{ question: id, what }];
  });
  for (const { question, what } of lost) report.result(`  ${question}: not carried: ${what.join("; ")}`);
  report.document({ schema: 1, to: options.to, file: options.out, rubrics: named.length, not_carried: lost });
  return EXIT.done;
}
