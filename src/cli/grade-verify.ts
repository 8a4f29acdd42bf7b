import { EXIT, type ExitCode } from "../core/errors.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import { plural } from "./format.ts";
import { openGradeLog } from "./grade-store.ts";
import { gradeSetOptions } from "./grade-options.ts";
import type { CommandContext } from "./main.ts";
import { openProject } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";

/** `answerkey grade verify`: every line of the records still follows from the one before. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(commonOptions.extend(gradeSetOptions.shape), context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const set = chooseGradeSet(project, options.set);
  const chain = openGradeLog(project, set).verifyChain();
  report.document({ schema: 1, set: set.name, log: chain });
  if (chain.status === "broken") {
    const place = `outputs/grades/${set.name}/records.jsonl:${chain.line}`;
    report.result(report.style("red", `${place}: the records were tampered with: ${chain.reason}`));
    return EXIT.open;
  }
  report.result(`${set.name}: ${plural(chain.entries, "record")}, chain whole`);
  report.result(`head: ${chain.head}`);
  return EXIT.done;
}
