import { resolve } from "node:path";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../core/errors.ts";
import { writeFileAtomic } from "../files/atomic-write.ts";
import { readNamedFiles, type NamedFiles } from "../files/named-files.ts";
import type { SubmissionFiles } from "../files/submission-files.ts";
import type { BookAgreement } from "../export/grade-book.ts";
import { agreementJunit } from "../grade/agreement/agreement-junit.ts";
import { agreementMarkdown, agreementText } from "../grade/agreement/agreement-text.ts";
import { parseGate } from "../grade/agreement/gate.ts";
import { evaluateGate, type GateVerdict } from "../grade/agreement/gate-verdict.ts";
import { gradeSetOptions } from "./grade-options.ts";
import { markCopies, writeGradeSettings } from "./grade-settings.ts";
import type { CommandContext } from "./main.ts";
import { openGrades, writeSetOutputs, type GradeSession } from "./open-grades.ts";
import { openProject, type Project } from "./open-project.ts";
import { commonOptions, parseOptions, wholeNumber } from "./options.ts";
import { agreementOf, labelsOf, readMarks } from "./read-marks.ts";

const agreeOptions = commonOptions.extend(gradeSetOptions.shape).extend({
  gate: z.array(z.string()).default([]),
  markdown: z.string().optional(),
  junit: z.string().optional(),
  seed: wholeNumber.default(1),
});
type AgreeOptions = z.infer<typeof agreeOptions>;

/** `answerkey grade agree <marks…>`: how far the judge's grades agree with people's, and whether that is enough. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(agreeOptions, flags);
  // A mistyped gate is told before anything is read.
  const gates = options.gate.map(parseGate);
  const project = await openProject(context, options);
  const session = openGrades(project, options.set);
  const files = marksNamed(project, session, operands);
  const agreement = compare(project, session, files, options.seed);
  const verdicts = gates.map((gate) => evaluateGate(gate, agreement.report));
  await keep(project, session, files, agreement);
  writeForms(project, agreement, verdicts, options);
  show(project, agreement, verdicts);
  return verdicts.every(({ status }) => status === "pass") ? EXIT.done : EXIT.open;
}

/** @throws UserError for files that are not there. */
export function marksNamed(project: Project, { set }: GradeSession, operands: readonly string[]): NamedFiles {
  const named = operands.map((operand) => resolve(project.folder, operand));
  return readNamedFiles(project.workspace.root, named, markCopies(set));
}

/** @throws UserError where no mark can be compared with a grade. */
export function compare(project: Project, session: GradeSession, files: SubmissionFiles, seed: number): BookAgreement {
  const { graded, state } = session;
  const marks = [...readMarks(project, session, state.grades, files), ...labelsOf(state.grades.values())];
  const agreement = agreementOf(state.grades, marks, graded, { seed });
  if (agreement !== undefined) return agreement;
  throw new UserError("there is no mark in these files", {
    hint: "a row holds rater, candidate, question and either points (of the whole answer) or criterion with level or points",
  });
}

/** Later reports show the agreement too. */
async function keep(
  project: Project,
  session: GradeSession,
  files: NamedFiles,
  agreement: BookAgreement,
): Promise<void> {
  files.keep();
  const settings = { ...session.settings, marks: [...files.stored] };
  writeGradeSettings(session.set, settings);
  await writeSetOutputs(project, { ...session, settings }, agreement);
}

function writeForms(
  project: Project,
  { report }: BookAgreement,
  verdicts: readonly GateVerdict[],
  { markdown, junit }: AgreeOptions,
): void {
  const write = (path: string, text: string): void =>
    void writeFileAtomic(resolve(project.folder, path), Buffer.from(text), { durable: false });
  if (markdown !== undefined) write(markdown, agreementMarkdown(report));
  if (junit !== undefined) write(junit, agreementJunit(report, verdicts));
}

const STATUS_COLOURS = { pass: "green", fail: "red", undecidable: "yellow" } as const;

function show({ report }: Project, agreement: BookAgreement, verdicts: readonly GateVerdict[]): void {
  for (const line of agreementText(agreement.report).trimEnd().split("\n")) report.result(line);
  if (verdicts.length > 0) report.result("");
  for (const { gate, status, words } of verdicts) {
    report.result(`gate ${gate.text}: ${report.style(STATUS_COLOURS[status], status)}: ${words}`);
  }
  report.document({ schema: 1, ...agreement.report, gates: verdicts });
}
