import { z } from "zod";
import type { Severity } from "../../core/diagnostics.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { messageOfFlaw } from "../../grade/rubric/rubric-messages.ts";
import { lintRubrics, type PlacedFinding } from "../../grade/lint/rubric-lint.ts";
import type { RubricFault } from "../../grade/rubric/rubric-reader.ts";
import { openProposalStore } from "../../files/proposal-store.ts";
import { matchRubrics } from "../../grade/rubric/rubric-match.ts";
import { readRubrics } from "../graded-bank.ts";
import { plural, shorten } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { chosenFiles, readBank } from "../read-bank.ts";
import type { Report } from "../report.ts";

const lintOptions = commonOptions.extend({ failOn: z.enum(["error", "warning"]).default("warning") });

const COLOURS = { error: "red", warning: "yellow", info: "dim" } as const;

interface Line {
  readonly file: string;
  readonly line: number;
  readonly severity: Severity;
  readonly code: string;
  readonly rubric: string | null;
  readonly criterion: string | null;
  readonly message: string;
}

/** `answerkey rubric lint`: what is wrong with rubric files, by file and line. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(lintOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const bank = readBank(project, []);
  const paths = chosenFiles(project, bank, []).map((file) => file.path);
  const { rubrics, faults } = readRubrics(project, context.invocation.operands, paths);
  if (rubrics.length === 0 && faults.length === 0) throw noRubric(project);
  const findings = lintRubrics(rubrics, bank);
  const lines = linesOf(faults, findings);
  // What is only worth a look would hide what is wrong; a program gets it all.
  for (const { file, line, severity, criterion, message } of lines.filter((each) => each.severity !== "info")) {
    const subject = criterion === null ? "" : `${criterion}: `;
    report.result(`${file}:${line}: ${report.style(COLOURS[severity], severity)}: ${subject}${message}`);
  }
  const withoutRubric = matchRubrics(rubrics, bank).withoutRubric.map(({ file, question }) => {
    return { id: question.id, path: file.path, line: question.line, text: question.text };
  });
  const counts = countOf(lines);
  const hints = counts.info > 0 ? `, ${plural(counts.info, "hint")} (--json shows them)` : "";
  report.result(
    `${plural(rubrics.length, "rubric")}: ${plural(counts.error, "error")}, ${plural(counts.warning, "warning")}${hints}`,
  );
  showWithoutRubric(report, withoutRubric);
  showWaiting(project);
  report.document({
    schema: 1,
    rubrics: rubrics.length,
    counts,
    findings: lines,
    without_rubric: withoutRubric,
  });
  const failing = options.failOn === "error" ? counts.error : counts.error + counts.warning;
  return failing > 0 ? EXIT.open : EXIT.done;
}

interface Unruled {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const LISTED = 10;
const LONGEST_TEXT = 70;

/** By the ids that a rubric file needs. */
function showWithoutRubric(report: Report, questions: readonly Unruled[]): void {
  if (questions.length === 0) return;
  report.result(`${plural(questions.length, "question")} without a rubric:`);
  for (const { id, text } of questions.slice(0, LISTED)) report.result(`  ${id}  ${shorten(text, LONGEST_TEXT)}`);
  if (questions.length > LISTED) report.result(`  … and ${questions.length - LISTED} more (--json lists them)`);
}

function linesOf(faults: readonly RubricFault[], findings: readonly PlacedFinding[]): readonly Line[] {
  return [
    ...faults.map(({ file, line, at, message }) => ({
      file,
      line,
      severity: "error" as const,
      code: "unreadable",
      rubric: null,
      criterion: null,
      message: at === "" ? message : `${at}: ${message}`,
    })),
    ...findings.map((finding) => ({
      file: finding.file,
      line: finding.line,
      severity: finding.severity,
      code: finding.code,
      rubric: finding.rubric,
      criterion: finding.criterion ?? null,
      message: messageOfFlaw(finding),
    })),
  ];
}

function noRubric(project: Project): UserError {
  const { pending } = draftsOf(project);
  return new UserError("there is no rubric here", {
    hint:
      pending > 0
        ? `${plural(pending, "draft")} for review: answerkey review; then answerkey apply`
        : "rubrics stand in a folder rubrics/ beside the bank, as <question id>.rubric.yaml; answerkey rubric draft proposes some",
  });
}

/** Drafts are proposals, and are looked at here once they stand beside the bank. */
function showWaiting(project: Project): void {
  const { pending, accepted } = draftsOf(project);
  const show = (count: number, noun: string, next: string): void => {
    if (count > 0) project.report.note(`${plural(count, noun)} not looked at here: ${next}`);
  };
  show(pending, "draft", "answerkey review");
  show(accepted, "accepted draft", "answerkey apply");
}

function draftsOf({ workspace }: Project): { readonly pending: number; readonly accepted: number } {
  const headers = openProposalStore(workspace)
    .list()
    .proposals.map(({ proposal }) => proposal.header);
  const count = (status: string): number =>
    headers.filter((header) => header.kind === "rubric" && header.status === status).length;
  return { pending: count("pending"), accepted: count("accepted") };
}

function countOf(lines: readonly Line[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity): number => lines.filter((line) => line.severity === severity).length;
  return { error: count("error"), warning: count("warning"), info: count("info") };
}
