import { resolve } from "node:path";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import type { HumanMark } from "../../grade/submissions/submission.ts";
import type { BookAgreement } from "../../export/grade-book.ts";
import { agreementJunit } from "../../grade/agreement/agreement-junit.ts";
import { agreementMarkdown, agreementSummaryText, agreementText } from "../../grade/agreement/agreement-text.ts";
import { agreementNamed } from "../../grade/agreement/agreement-named.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { questionLabels } from "../../export/question-labels.ts";
import { parseGate } from "../../grade/agreement/gate.ts";
import { evaluateGate, type GateVerdict } from "../../grade/agreement/gate-verdict.ts";
import { gradeSetOptions } from "./grade-options.ts";
import { writeGradeSettings } from "./grade-settings.ts";
import { plural, shorten } from "../format.ts";
import { bookQuestions } from "./grade-book.ts";
import { marksNamed } from "./marks-named.ts";
import type { CommandContext } from "../main.ts";
import { allMarks, openGrades, writeSetOutputs, type GradeSession } from "./open-grades.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions, wholeNumber } from "../options.ts";
import { agreementOf, labelsOf, overridesOf } from "./read-marks.ts";

const agreeOptions = commonOptions.extend(gradeSetOptions.shape).extend({
  gate: z.array(z.string()).default([]),
  markdown: z.string().optional(),
  junit: z.string().optional(),
  seed: wholeNumber.default(1),
  full: z.boolean().default(false),
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
  const agreement =
    operands.length === 0
      ? compareKnown(project, session, options.seed)
      : await compareNamed(project, session, operands, options.seed);
  const verdicts = gates.map((gate) => evaluateGate(gate, agreement.report));
  const named = agreementNamed(agreement.report, namesOf(session));
  writeForms(project, { named, report: agreement.report }, verdicts, options);
  show(project, { named, report: agreement.report }, verdicts, options);
  return verdicts.every(({ status }) => status === "pass") ? EXIT.done : EXIT.open;
}

/** With the marks of these files; later reports show the agreement too. */
async function compareNamed(
  project: Project,
  session: GradeSession,
  operands: readonly string[],
  seed: number,
): Promise<BookAgreement> {
  const { marks, files } = marksNamed(project, session, operands);
  const agreement = compare(session, [...marks, ...labelsOf(session.state.grades.values())], seed);
  files.keep();
  const settings = { ...session.settings, marks: [...files.stored] };
  writeGradeSettings(session.set, settings);
  await writeSetOutputs(project, { ...session, settings }, { agreement });
  return agreement;
}

/** With the marks that the set knows already: those that came with answers, of the review, of files before, and overrides. */
function compareKnown(project: Project, session: GradeSession, seed: number): BookAgreement {
  const { grades } = session.state;
  const overrides = overridesOf(grades.values());
  if (overrides.length > 0) {
    const answers = new Set(overrides.map((each) => answerKey(each))).size;
    project.report.note(`${plural(answers, "override")} among them, given with the judge's mark in sight`);
  }
  return compare(session, [...allMarks(project, session, grades), ...overrides], seed);
}

/** @throws UserError where no mark can be compared with a grade. */
export function compare({ state, graded }: GradeSession, marks: readonly HumanMark[], seed: number): BookAgreement {
  const agreement = agreementOf(state.grades, marks, graded, { seed });
  if (agreement !== undefined) return agreement;
  throw new UserError("nobody has marked any of these answers", {
    hint: "name a file with marks, or give some in: answerkey review --web",
  });
}

const LONGEST_TITLE = 40;

/** As the report numbers questions: `Q3 What is drift? (q-0123456789ab)`. */
function namesOf({ graded, state }: GradeSession): (question: string) => string {
  const questions = bookQuestions([...state.grades.values()], graded, state.rubrics);
  const labels = questionLabels(questions);
  const names = new Map(
    questions.map(({ id, text }, at) => [
      id,
      `${labels[at] ?? ""} ${shorten(visibleLine(text), LONGEST_TITLE)} (${id})`,
    ]),
  );
  return (question) => names.get(question) ?? question;
}

/** The figures by question ids, for programs, and under names, for people. */
interface Figures {
  readonly report: BookAgreement["report"];
  readonly named: BookAgreement["report"];
}

function writeForms(
  project: Project,
  { report, named }: Figures,
  verdicts: readonly GateVerdict[],
  { markdown, junit }: AgreeOptions,
): void {
  const write = (path: string, text: string): void =>
    void writeFileAtomic(resolve(project.folder, path), Buffer.from(text), { durable: false });
  if (markdown !== undefined) write(markdown, agreementMarkdown(named));
  if (junit !== undefined) write(junit, agreementJunit(report, verdicts));
}

const STATUS_COLOURS = { pass: "green", fail: "red", undecidable: "yellow" } as const;

function show(
  { report }: Project,
  agreement: Figures,
  verdicts: readonly GateVerdict[],
  { full }: Pick<AgreeOptions, "full">,
): void {
  const text = full ? agreementText(agreement.named) : agreementSummaryText(agreement.named);
  for (const line of text.trimEnd().split("\n")) report.result(line);
  if (!full) report.result("\nall figures, by criterion too: --full");
  if (verdicts.length > 0) report.result("");
  for (const { gate, status, words } of verdicts) {
    report.result(`gate ${gate.text}: ${report.style(STATUS_COLOURS[status], status)}: ${words}`);
  }
  report.document({ schema: 1, ...agreement.report, gates: verdicts });
}
