import { EXIT, type ExitCode } from "../../core/errors.ts";
import { gradeSetOptions } from "./grade-options.ts";
import { showStanding, standingOf } from "./grade-standing.ts";
import type { CommandContext } from "../main.ts";
import { openGrades, writeSetOutputs } from "./open-grades.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";

/** `answerkey grade report`: sheets, tables and the report again, from the records and the rubrics as they are now. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(commonOptions.extend(gradeSetOptions.shape), context.invocation.options);
  const project = await openProject(context, options);
  const session = openGrades(project, options.set);
  const { set, state } = session;
  const { warnings } = await writeSetOutputs(project, session);
  for (const warning of warnings) project.report.note(warning);
  const standing = standingOf(state.grades.values(), session.graded);
  showStanding(project.report, standing);
  project.report.result(`report: outputs/grades/${set.name}/report.html`);
  project.report.document({ schema: 1, set: set.name, ...standing, report: `outputs/grades/${set.name}/report.html` });
  return standing.waiting > 0 ? EXIT.open : EXIT.done;
}
