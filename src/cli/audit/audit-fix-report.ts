import type { FixPlan, LeftFix } from "../../bank/audit-fix.ts";
import type { FixProposals, KnownFix } from "../../bank/audit-propose.ts";
import type { Proposal } from "../../bank/proposal.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { shortChange } from "../../review/short-change.ts";
import { draftsInWords } from "../fill/drafts-in-words.ts";
import { plural, shorten } from "../format.ts";
import type { Report } from "../report.ts";

/** What looking for repairs came to. */
export interface FixOutcome extends FixProposals {
  readonly isDry: boolean;
  readonly plan: FixPlan;
  /** Questions that are answered in more than one way. */
  readonly conflicts: number;
  /** Questions that could be linked to an answer elsewhere; 0 where that was asked for. */
  readonly linkable: number;
}

const LISTED = 20;
const KNOWN_WORDS: Readonly<Record<KnownFix, string>> = {
  pending: "wait for review already",
  accepted: "are accepted and wait for apply",
  rejected: "were rejected and are not proposed again",
};

interface FixRow {
  readonly id: string;
  readonly kind: string;
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly flags: readonly string[];
}

export function showFixes(report: Report, outcome: FixOutcome): void {
  const rows = rowsOf(outcome);
  for (const row of rows.slice(0, LISTED)) report.result(lineOf(report, row));
  if (rows.length > LISTED) {
    report.result(`… and ${rows.length - LISTED} more${outcome.isDry ? "" : ": answerkey review list"}`);
  }
  for (const line of leftLines(outcome.plan.left)) report.result(report.style("yellow", line));
  showCounts(report, outcome);
  for (const line of hintLines(outcome)) report.note(line);
  if (outcome.proposals.length > 0 && !outcome.isDry) report.result("next: answerkey review");
  report.document(documentOf(outcome, rows));
}

function showCounts(report: Report, { proposals, known, waiting, plan, isDry }: FixOutcome): void {
  const made = isDry ? "would be proposed; nothing was written" : "proposed in outputs/proposals/";
  if (proposals.length > 0) report.result(report.style("green", `${draftsInWords(proposals)} ${made}`));
  for (const [reason, count] of known) report.result(`${count} ${KNOWN_WORDS[reason]}`);
  if (waiting > 0) report.result(waitingLine(waiting));
  if (proposals.length + known.size + waiting + plan.left.length === 0) report.result("nothing to repair by rule");
}

function waitingLine(waiting: number): string {
  const leads = waiting === 1 ? "waits for the wording it leads to" : "wait for the wordings they lead to";
  return `${plural(waiting, "link")} ${leads}; apply or reject the repair, then run this again`;
}

/** What is no repair of a rule, and which command is for it. */
function hintLines({ conflicts, linkable }: FixOutcome): readonly string[] {
  return [
    ...(conflicts === 0
      ? []
      : [`${plural(conflicts, "answer")} to a question that is answered otherwise before: answerkey audit conflicts`]),
    ...(linkable === 0
      ? []
      : [
          `${plural(linkable, "question")} without an answer, asked elsewhere with one: answerkey audit --fix --rules links`,
        ]),
  ];
}

function documentOf(
  { isDry, known, waiting, plan, conflicts, linkable }: FixOutcome,
  rows: readonly FixRow[],
): unknown {
  const left = plan.left.map(({ name, ...place }) => ({ rule: name, ...place }));
  return {
    schema: 1,
    dry_run: isDry,
    proposals: rows,
    known: Object.fromEntries(known),
    waiting,
    left,
    conflicts,
    linkable,
  };
}

function rowsOf({ plan, proposals }: FixOutcome): readonly FixRow[] {
  const fixes = new Map(plan.fixes.map((fix) => [`${fix.file.path} ${fix.question.id}`, fix]));
  return proposals.flatMap(({ header, body }: Proposal): FixRow[] => {
    const fix = fixes.get(`${header.source.path} ${header.id}`);
    if (fix === undefined) return [];
    const { id, kind, source, signals } = header;
    const before = fix.question.state === "filled" ? fix.question.slot.answer : "";
    return [
      {
        id,
        kind,
        rule: fix.name,
        path: source.path,
        line: fix.question.line,
        before,
        after: body,
        flags: signals.flags,
      },
    ];
  });
}

function lineOf(report: Report, { path, line, before, after, rule, flags }: FixRow): string {
  const { removed, inserted } = shortChange(visibleLine(before), visibleLine(after));
  const change = removed === "" ? `+ ${shorten(inserted, 80)}` : `${shorten(removed, 60)} -> ${shorten(inserted, 60)}`;
  const doubt = flags.length === 0 ? "" : report.style("yellow", `  ${flags.join(", ")}`);
  return `${path}:${line}  ${report.style("dim", rule)}  ${change}${doubt}`;
}

function leftLines(left: readonly LeftFix[]): readonly string[] {
  return left.map(({ path, line, name, reason }) => `${path}:${line}  ${name}  left to you: ${reason}`);
}
