import { z } from "zod";
import type { Hash } from "../../core/hash.ts";
import { hashValue } from "../../core/hash-schema.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { recordFaults } from "../../grade/records/record-faults.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import { plural } from "../format.ts";
import { checkCodes, codeLines, type CodesCheck } from "./check-codes.ts";
import { openGradeLog, readGrades } from "./grade-store.ts";
import { gradeSetOptions } from "./grade-options.ts";
import type { CommandContext } from "../main.ts";
import type { ChainCheck } from "../../files/chained-log.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import type { Report } from "../report.ts";

const verifyOptions = commonOptions.extend(gradeSetOptions.shape).extend({
  head: z
    .custom<Hash>(
      (value) => hashValue.safeParse(value).success,
      "expected sha256: and 64 hex digits, as grade verify prints it",
    )
    .optional(),
});

/**
 * `answerkey grade verify`: every line of the records still follows from the one before, the last one is that which was
 * written, every mark is what its own record comes to, and the answers under the candidates' codes are those that were graded. Whoever can change the records can change what the folder knows of their end; not so a head noted elsewhere.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(verifyOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const set = chooseGradeSet(project, options.set);
  const log = openGradeLog(project, set);
  const chain = log.verifyChain();
  const faults = chain.status === "whole" ? recordFaults(log.readAll().map(({ entry }) => entry)) : [];
  const asNoted = options.head === undefined ? null : chain.status === "whole" && chain.head === options.head;
  const codes = checkCodes(project, set, () => readGrades(log));
  report.document({ schema: 1, set: set.name, log: chain, marks: faults, as_noted: asNoted, codes });
  const accuse = (line: number, words: string): void =>
    report.result(report.style("red", `outputs/grades/${set.name}/records.jsonl:${line}: ${words}`));
  if (chain.status === "broken") {
    accuse(chain.line, `the records were tampered with: ${chain.reason}`);
    return EXIT.open;
  }
  report.result(`${set.name}: ${plural(chain.entries, "record")}, chain whole`);
  report.result(`head: ${chain.head}`);
  for (const { line, reason } of faults) accuse(line, reason);
  const wrong = showCodes(report, codes);
  const endFault = endFaultOf(chain, options.head);
  if (endFault !== undefined) report.result(report.style("red", endFault));
  return endFault === undefined && faults.length + wrong === 0 ? EXIT.done : EXIT.open;
}

/** @returns how much is wrong. */
function showCodes(report: Report, codes: CodesCheck): number {
  const lines = codeLines(codes);
  for (const line of lines) report.result(report.style("red", line));
  if (codes.status === "unknown") {
    report.note(`the list of candidates was not held against the answers: ${codes.reason}`);
  }
  return lines.length;
}

type WholeChain = Extract<ChainCheck, { readonly status: "whole" }>;

/** What is wrong with the end of records that follow one from the other: by the head that was noted, else by the file beside them. */
function endFaultOf({ head, anchored }: WholeChain, noted: string | undefined): string | undefined {
  if (noted === undefined) return anchored ? undefined : UNANCHORED;
  return noted === head
    ? undefined
    : "this is not the head that was noted: records were added, changed or cut off at the end";
}

const UNANCHORED =
  "the end cannot be checked: no records.jsonl.head that can be read stands beside the records, and lines cut off would not show";
