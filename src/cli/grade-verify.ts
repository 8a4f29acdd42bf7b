import { hashValue } from "../core/hash-schema.ts";
import { EXIT, type ExitCode } from "../core/errors.ts";
import { recordFaults } from "../grade/records/record-faults.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import { plural } from "./format.ts";
import { openGradeLog } from "./grade-store.ts";
import { gradeSetOptions } from "./grade-options.ts";
import type { CommandContext } from "./main.ts";
import { openProject } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";

const verifyOptions = commonOptions.extend(gradeSetOptions.shape).extend({ head: hashValue.optional() });

/**
 * `answerkey grade verify`: every line of the records still follows from the one before, the last one is that which was
 * written, and every mark is what its own record comes to. Whoever can change the records can change what the folder knows of their end; not so a head noted elsewhere.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(verifyOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const set = chooseGradeSet(project, options.set);
  const log = openGradeLog(project, set);
  const chain = log.verifyChain();
  const faults = chain.status === "whole" ? recordFaults(log.readAll().map(({ entry }) => entry)) : [];
  const isAsNoted = options.head === undefined || (chain.status === "whole" && chain.head === options.head);
  const asNoted = options.head === undefined ? null : isAsNoted;
  report.document({ schema: 1, set: set.name, log: chain, marks: faults, as_noted: asNoted });
  const accuse = (line: number, words: string): void =>
    report.result(report.style("red", `outputs/grades/${set.name}/records.jsonl:${line}: ${words}`));
  if (chain.status === "broken") {
    accuse(chain.line, `the records were tampered with: ${chain.reason}`);
    return EXIT.open;
  }
  report.result(`${set.name}: ${plural(chain.entries, "record")}, chain whole`);
  report.result(`head: ${chain.head}`);
  for (const { line, reason } of faults) accuse(line, reason);
  if (!isAsNoted) {
    report.result(
      report.style("red", "this is not the head that was noted: records were added, changed or cut off at the end"),
    );
  }
  return isAsNoted && faults.length === 0 ? EXIT.done : EXIT.open;
}
