import { FILLABLE_STATES, QUESTION_STATES, type BankFile, type QuestionState } from "../bank/question.ts";
import type { ProposalHeader } from "../bank/proposal.ts";
import { EXIT, type ExitCode } from "../core/errors.ts";
import { listGradeSets } from "../files/grade-set.ts";
import { openProposalStore } from "../files/proposal-store.ts";
import { plural, table } from "./format.ts";
import type { SetStanding } from "./grade/grade-standings.ts";
import type { CommandContext } from "./main.ts";
import { openProject, type Project } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";
import { chosenFiles, readBank } from "./read-bank.ts";
import { shellWord } from "./shell-word.ts";
import { flightInWords, waitingRuns } from "./run/batch-run.ts";
import { unfinishedInWords, unfinishedRuns } from "./run/unfinished-runs.ts";

type States = Readonly<Record<QuestionState, number>>;
type Statuses = Readonly<Record<ProposalHeader["status"], number>>;

const NO_STATES: States = {
  filled: 0,
  placeholder: 0,
  empty: 0,
  "metadata-only": 0,
  partial: 0,
  choice: 0,
  personal: 0,
};
const NO_PROPOSALS: Statuses = { pending: 0, accepted: 0, rejected: 0, applied: 0 };

type Totals = Pick<FileStatus, "questions" | "filled" | "unfilled" | "states" | "proposals">;

interface FileStatus {
  readonly path: string;
  readonly dialect: string;
  readonly chosen_by: BankFile["chosenBy"];
  readonly questions: number;
  readonly filled: number;
  readonly unfilled: number;
  readonly states: States;
  readonly proposals: Statuses;
  readonly read_only: string | null;
}

/** `answerkey status`: what is filled and what is not, file by file; how grades stand; which runs can go on. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const project = await openProject(context, parseOptions(commonOptions, context.invocation.options));
  const { operands } = context.invocation;
  const files = chosenFiles(project, readBank(project, operands), operands);
  const proposals = proposalsByPath(project);
  const banks = files.filter(isBank).map((file) => statusOf(file, proposals.get(file.path) ?? []));
  const totals = totalsOf(banks);
  const others = files.filter((file) => !isBank(file)).map((file) => file.path);
  show(project, banks, totals, others);
  if (banks.length === 0)
    project.report.note("no questions were found: name other paths, or describe the layout in answerkey.config.yaml");
  const waiting = waitingRuns(project);
  for (const { run: id, batches } of waiting) {
    project.report.result(`run ${id}: ${flightInWords(batches)}; answerkey resume ${id} takes in what is there`);
  }
  const interrupted = unfinishedRuns(project).filter(({ run: id }) => !waiting.some((each) => each.run === id));
  for (const each of interrupted) project.report.result(unfinishedInWords(each));
  const { grades, nextOfGrades } = await standings(project);
  const next = interrupted.at(-1)?.resume ?? nextCommand(totals, operands, nextOfGrades);
  if (next !== undefined) project.report.note(`next: ${next}`);
  project.report.document({ schema: 1, banks, totals, not_banks: others, waiting, interrupted, grades });
  return EXIT.done;
}

/** Says how each set of grades stands. What reads answers is loaded where there is one. */
async function standings(project: Project): Promise<{
  readonly grades: readonly SetStanding[];
  readonly nextOfGrades: string | undefined;
}> {
  if (listGradeSets(project.workspace).length === 0) return { grades: [], nextOfGrades: undefined };
  const { gradeStandings, nextForGrades, standingLines } = await import("./grade/grade-standings.ts");
  const grades = gradeStandings(project);
  for (const line of standingLines(grades)) project.report.result(line);
  return { grades, nextOfGrades: nextForGrades(grades) };
}

function isBank(file: BankFile): boolean {
  return file.questions.length > 0 || file.dialects.length > 0;
}

function proposalsByPath(project: Project): ReadonlyMap<string, readonly ProposalHeader[]> {
  const { proposals } = openProposalStore(project.workspace).list();
  const byPath = new Map<string, ProposalHeader[]>();
  for (const { proposal } of proposals) {
    const { header } = proposal;
    const path = header.source.bank ?? header.source.path;
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [header]);
    else known.push(header);
  }
  return byPath;
}

function statusOf(file: BankFile, proposals: readonly ProposalHeader[]): FileStatus {
  const states = tally(
    NO_STATES,
    file.questions.map((question) => question.state),
  );
  const unfilled = QUESTION_STATES.filter((state) => FILLABLE_STATES.has(state)).reduce(
    (sum, state) => sum + states[state],
    0,
  );
  return {
    path: file.path,
    dialect: file.dialects.join("+"),
    chosen_by: file.chosenBy,
    questions: file.questions.length,
    filled: states.filled,
    unfilled,
    states,
    proposals: tally(
      NO_PROPOSALS,
      proposals.map((header) => header.status),
    ),
    read_only: file.readOnly ?? null,
  };
}

function totalsOf(banks: readonly FileStatus[]): Totals {
  const sum = (value: (bank: FileStatus) => number): number => banks.reduce((total, bank) => total + value(bank), 0);
  return {
    questions: sum((bank) => bank.questions),
    filled: sum((bank) => bank.filled),
    unfilled: sum((bank) => bank.unfilled),
    states: banks.map((bank) => bank.states).reduce(added, NO_STATES),
    proposals: banks.map((bank) => bank.proposals).reduce(added, NO_PROPOSALS),
  };
}

function tally<Name extends string>(
  none: Readonly<Record<Name, number>>,
  found: readonly Name[],
): Record<Name, number> {
  const counts: Record<Name, number> = { ...none };
  for (const name of found) counts[name] += 1;
  return counts;
}

function added<Counts extends Readonly<Record<string, number>>>(left: Counts, right: Counts): Counts {
  return {
    ...left,
    ...Object.fromEntries(Object.entries(left).map(([name, count]) => [name, count + (right[name] ?? 0)])),
  };
}

/** "14 placeholder, 2 empty" */
function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([name, count]) => name !== "filled" && count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function nextCommand(
  { unfilled, proposals }: Totals,
  operands: readonly string[],
  nextOfGrades: string | undefined,
): string | undefined {
  if (proposals.pending > 0) return "answerkey review";
  if (proposals.accepted > 0) return "answerkey apply --dry-run";
  if (nextOfGrades !== undefined) return nextOfGrades;
  return unfilled > 0 ? ["answerkey fill", ...operands.map(shellWord), "--dry-run"].join(" ") : undefined;
}

function show({ report }: Project, banks: readonly FileStatus[], totals: Totals, others: readonly string[]): void {
  const rows = banks.map((bank) => [
    bank.path,
    bank.chosen_by === "detected" ? `${bank.dialect} (guessed)` : bank.dialect,
    String(bank.questions),
    String(bank.filled),
    String(bank.unfilled),
    words(bank.states),
    words(bank.proposals),
    bank.read_only === null ? "" : `not written: ${bank.read_only}`,
  ]);
  const header = ["file", "dialect", "questions", "filled", "unfilled", "states", "proposals", ""];
  for (const [index, line] of table(header, rows).entries())
    report.result(index === 0 ? report.style("bold", line) : line);
  const left = totals.questions - totals.filled - totals.unfilled;
  report.result("");
  report.result(
    `${plural(totals.questions, "question")} in ${plural(banks.length, "file")}: ${totals.filled} filled, ${totals.unfilled} unfilled${left > 0 ? `, ${left} partial, choice or personal` : ""}`,
  );
  if (others.length > 0)
    report.note(
      `${plural(others.length, "other file")} without questions: ${others.slice(0, 5).join(", ")}${others.length > 5 ? ", …" : ""}`,
    );
}
