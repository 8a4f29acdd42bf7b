import { hashValue } from "../core/hash-schema.ts";
import { EXIT, type ExitCode } from "../core/errors.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import { plural } from "./format.ts";
import { openGradeLog } from "./grade-store.ts";
import { gradeSetOptions } from "./grade-options.ts";
import type { CommandContext } from "./main.ts";
import { openProject } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";

const verifyOptions = commonOptions.extend(gradeSetOptions.shape).extend({ head: hashValue.optional() });

/**
 * `answerkey grade verify`: every line of the records still follows from the one before, and the last one is that which was
 * written. Whoever can change the records can change what the folder knows of their end; not so a head noted elsewhere.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(verifyOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const set = chooseGradeSet(project, options.set);
  const chain = openGradeLog(project, set).verifyChain();
  const isAsNoted = options.head === undefined || (chain.status === "whole" && chain.head === options.head);
  report.document({ schema: 1, set: set.name, log: chain, as_noted: options.head === undefined ? null : isAsNoted });
  if (chain.status === "broken") {
    const place = `outputs/grades/${set.name}/records.jsonl:${chain.line}`;
    report.result(report.style("red", `${place}: the records were tampered with: ${chain.reason}`));
    return EXIT.open;
  }
  report.result(`${set.name}: ${plural(chain.entries, "record")}, chain whole`);
  report.result(`head: ${chain.head}`);
  if (isAsNoted) return EXIT.done;
  report.result(
    report.style("red", "this is not the head that was noted: records were added, changed or cut off at the end"),
  );
  return EXIT.open;
}
