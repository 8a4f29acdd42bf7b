import { whyUnread } from "../../bank/diagnose-file.ts";
import { messageOf } from "../../core/messages.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { plural, shorten, table } from "../format.ts";
import { groupBanks, type BankGroup } from "./init-groups.ts";
import type { InitPlan } from "./init-plan.ts";
import { isWritten, type Step } from "./init-step.ts";
import { isBank, type NearMiss, type Survey } from "./init-survey.ts";
import { pathPattern } from "./init-pattern.ts";
import type { Report } from "../report.ts";

const MOST_MISSES = 10;
const MOST_STEPS = 4;
const LONGEST_SAMPLE = 48;
/** With less room than this an example says nothing. */
const SHORTEST_SAMPLE = 20;

/**
 * What was found and what would be written, for a person to decide on.
 * @param columns that a line may take.
 */
export function showPlan(report: Report, plan: InitPlan, columns: number): void {
  if (plan.above !== undefined) {
    report.warn(
      report.style("yellow", `warning: ${plan.above} stands above; in this folder a file here would win over it`),
    );
  }
  showSurvey(report, plan, columns);
  showSteps(report, plan.steps);
}

function showSurvey(report: Report, { kind, survey }: InitPlan, columns: number): void {
  const groups = groupBanks(survey);
  const banks = survey.files.filter(isBank).length;
  if (kind === "example") report.result("nothing is here yet: this starts with the example bank");
  report.result(`${plural(survey.files.length, "markdown file")}, ${banks} with questions`);
  report.result("");
  if (groups.length > 0) showGroups(report, groups, columns);
  showHeldBack(report, survey);
  showMisses(report, survey.nearMisses);
  if (groups.length === 0 && survey.nearMisses.length === 0) for (const line of NONE) report.result(line);
}

const NONE = [
  "no questions were recognised. If there are some, describe their layout under `dialects:` in answerkey.config.yaml,",
  "as its comments show; answerkey init --example copies a bank to look at",
  "",
];

function showGroups(report: Report, groups: readonly BankGroup[], columns: number): void {
  const rows = groups.map(({ where, files, dialect, chosen_by, questions, unfilled }) => [
    where,
    String(files),
    chosen_by === "detected" ? `${dialect} (guessed)` : dialect,
    String(questions),
    String(unfilled),
  ]);
  const lines = table(["where", "files", "layout", "questions", "unfilled"], rows);
  const taken = Math.max(...lines.map((line) => line.length)) + 2;
  const room = Math.min(LONGEST_SAMPLE, columns - taken);
  const samples = ["for example", ...groups.map(({ sample }) => sample)].map((text) =>
    shorten(visibleLine(text), room),
  );
  for (const [index, line] of lines.entries()) {
    const full = room < SHORTEST_SAMPLE ? line : `${line.padEnd(taken)}${samples[index] ?? ""}`;
    report.result(index === 0 ? report.style("bold", full) : full);
  }
  const sum = (of: (group: BankGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);
  report.result("");
  report.result(
    `${plural(
      sum(({ questions }) => questions),
      "question",
    )}, ${sum(({ unfilled }) => unfilled)} unfilled`,
  );
  report.result("");
}

/** Files with questions that nothing is written to, and why. */
function showHeldBack(report: Report, { files }: Survey): void {
  const held = files.filter((file) => file.readOnly !== undefined && (isBank(file) || whyUnread(file) !== undefined));
  if (held.length === 0) return;
  for (const file of held.slice(0, MOST_MISSES)) {
    const found = file.diagnostics.find(({ code }) => code === file.readOnly);
    if (found !== undefined) report.result(`${found.path}:${found.line}: ${messageOf(found)}`);
  }
  if (held.length > MOST_MISSES)
    report.result(`and ${plural(held.length - MOST_MISSES, "more file")}: see answerkey audit`);
  report.result("");
}

function showMisses(report: Report, misses: Survey["nearMisses"]): void {
  if (misses.length === 0) return;
  report.result(
    "not taken for questions, although they might be some. If they are, write what stands below each under banks:",
  );
  for (const miss of misses.slice(0, MOST_MISSES)) for (const line of missLines(miss)) report.result(`  ${line}`);
  if (misses.length > MOST_MISSES) {
    report.result(`  and in ${plural(misses.length - MOST_MISSES, "more file")}: --json lists them all`);
  }
  report.result("");
}

function missLines(miss: NearMiss): readonly string[] {
  const { path, line, text, questions, asking, dialect } = miss;
  const more = questions === 1 ? "" : ` and ${questions - 1} more`;
  const layout = dialect === undefined ? "in no layout known here" : `layout ${dialect}`;
  return [
    `${path}:${line}: "${shorten(text, LONGEST_SAMPLE)}"${more}, ${asking} of them asking (${layout})`,
    `    ${takeUp(miss)}`,
  ];
}

/** What to write into the configuration in order to have it taken. */
export function takeUp({ path, dialect, besides }: NearMiss): string {
  const files = `files: [${JSON.stringify(pathPattern(path))}]`;
  if (dialect === undefined) return `- { ${files}, dialect: house } with a layout "house" of yours under dialects:`;
  const dialects = besides.length === 0 ? `dialect: ${dialect}` : `dialects: [${[...besides, dialect].join(", ")}]`;
  return `- { ${files}, ${dialects} }`;
}

function showSteps(report: Report, steps: readonly Step[]): void {
  const made = steps.filter(isWritten);
  const kept = steps.filter((step) => !isWritten(step));
  if (made.length > 0) report.result("to be written:");
  for (const line of table(["", "", ""], gathered(made)).slice(1)) report.result(`  ${line.trimStart()}`);
  if (kept.length > 0) report.result(`there already, and left alone: ${keptWords(kept)}`);
}

/** A row a file; files of one kind that are many share a row. */
function gathered(steps: readonly Step[]): readonly (readonly string[])[] {
  const reasons = [...new Set(steps.map(({ why }) => why))];
  return reasons.flatMap((why) => {
    const own = steps.filter((step) => step.why === why);
    if (own.length <= MOST_STEPS)
      return own.map(({ path, action }) => [path, action === "append" ? `add: ${why}` : why]);
    return [[`${commonFolder(own.map(({ path }) => path))} (${own.length} files)`, why]];
  });
}

function keptWords(steps: readonly Step[]): string {
  if (steps.length <= MOST_STEPS) return steps.map(({ path }) => path).join(", ");
  return `${steps
    .slice(0, MOST_STEPS)
    .map(({ path }) => path)
    .join(", ")} and ${steps.length - MOST_STEPS} more`;
}

function commonFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => path.split("/").slice(0, -1));
  const [first = []] = parts;
  const length = first.findIndex((name, index) => parts.some((each) => each[index] !== name));
  return `${first.slice(0, length === -1 ? undefined : length).join("/")}/`;
}
