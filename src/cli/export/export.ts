import { basename } from "node:path";
import { z } from "zod";
import { repairGlue } from "../../bank/glue.ts";
import type { BankFile, Question, QuestionState } from "../../bank/question.ts";
import { vocabularyOfBank } from "../../bank/vocabulary.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { chooseQuestions, type ChosenQuestions } from "../../export/bank-export.ts";
import { chaptersOf } from "../../export/bank-sections.ts";
import { openProposalStore } from "../../files/proposal-store.ts";
import { readSourceNotes } from "../../files/source-notes.ts";
import { matchRubrics } from "../../grade/rubric/rubric-match.ts";
import type { Rubric } from "../../grade/rubric/rubric.ts";
import { writeExport } from "./export-file.ts";
import type { ExportFormat } from "./export-format.ts";
import { exportText } from "./export-text.ts";
import { plural } from "../format.ts";
import { readRubrics } from "../graded-bank.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { packageVersion } from "../package-root.ts";
import { chosenFiles, readBank } from "../read-bank.ts";

const FORMATS = ["jsonl", "csv", "html", "anki", "moodle"] as const satisfies readonly ExportFormat[];

const exportOptions = commonOptions.extend({
  to: z.enum(FORMATS),
  out: z.string().min(1).optional(),
  all: z.boolean().default(false),
  title: z.string().min(1).optional(),
});

/** `answerkey export`: the bank's questions and answers for other tools. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(exportOptions, context.invocation.options);
  const { to, out, all } = options;
  if (options.json && out === undefined) {
    throw new UserError("--json tells about a file", { hint: "say with --out which file to write" });
  }
  const project = await openProject(context, options);
  const { operands } = context.invocation;
  const bank = readBank(project, operands);
  const files = chosenFiles(project, bank, operands);
  const paths = files.map(({ path }) => path);
  const notes = readSourceNotes(project.workspace.root, paths).map(({ text }) => text);
  const vocabulary = vocabularyOfBank(bank, notes);
  const rubrics = to === "moodle" ? rubricsByQuestion(project, files) : new Map<Question, Rubric>();
  const chosen = chooseQuestions(files, {
    all,
    readingOf: ({ text }) => repairGlue(text, vocabulary).text,
    rubricOf: (question) => rubrics.get(question),
  });
  const { questions } = chosen;
  if (questions.length === 0) throw nothingToExport(chosen);
  const text = exportText(to, {
    title: options.title ?? titleOf(project, chosen),
    tool: `answerkey ${packageVersion()}`,
    questions,
    leftOut: totalOf(chosen.leftOut),
  });
  writeExport(project, text, { out, sources: bank.files.map(({ path }) => path) });
  tell(project, chosen, out);
  tellWaiting(project, new Set(paths));
  project.report.document({
    schema: 1,
    format: to,
    file: out,
    questions: questions.length,
    left_out: Object.fromEntries(chosen.leftOut),
  });
  return EXIT.done;
}

function rubricsByQuestion(project: Project, files: readonly BankFile[]): ReadonlyMap<Question, Rubric> {
  const paths = files.map(({ path }) => path);
  const { rubrics, faults } = readRubrics(project, [], paths);
  for (const { file, line, message } of faults) project.report.warn(`${file}:${line}: not a rubric: ${message}`);
  return new Map(matchRubrics(rubrics, { files }).matched.map(({ question, rubric }) => [question, rubric.rubric]));
}

function titleOf({ workspace }: Project, { questions }: ChosenQuestions): string {
  const [only, second] = chaptersOf(questions);
  return only !== undefined && second === undefined ? only.title : basename(workspace.root);
}

function nothingToExport({ leftOut }: ChosenQuestions): UserError {
  const passed = totalOf(leftOut);
  return passed === 0
    ? new UserError("no questions were found", { hint: "answerkey status shows what is read as a bank" })
    : new UserError(`none of ${plural(passed, "question")} has an answer yet`, {
        hint: "answer them with: answerkey fill; or export them as they are with --all",
      });
}

function tell({ report }: Project, { questions, leftOut }: ChosenQuestions, out: string | undefined): void {
  const where = out === undefined ? "" : ` to ${out}`;
  report.note(`${plural(questions.length, "question")} exported${where}`);
  const passed = totalOf(leftOut);
  if (passed === 0) return;
  const states = Array.from(leftOut, ([state, count]) => `${count} ${state}`).join(", ");
  report.note(`${plural(passed, "question")} without an answer left out (${states}); --all takes them too`);
}

/** What was accepted is expected in an export, and is in none until it is in the bank. */
function tellWaiting({ workspace, report }: Project, paths: ReadonlySet<string>): void {
  const waiting = openProposalStore(workspace)
    .list()
    .proposals.filter(({ proposal: { header } }) => header.status === "accepted" && paths.has(header.source.path));
  if (waiting.length === 0) return;
  report.note(`${plural(waiting.length, "accepted answer")} not written into the bank yet: answerkey apply`);
}

function totalOf(counts: ReadonlyMap<QuestionState, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
