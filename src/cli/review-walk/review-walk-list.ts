import type { ReviewReport } from "../../review/check.ts";
import type { Report } from "../report.ts";
import { showList } from "../review/review-list.ts";

const COMMANDS = [
  ["review list", "what waits, with ids"],
  ["review show <id>", "one proposal in full"],
  ["review accept <id…> | --all", "--by, --reason"],
  ["review reject <id…> | --all", "--redo asks for another draft"],
  ["review undo <id…> | --all", "also takes applied answers out again"],
  ["review check", "the gate for CI"],
  ["apply --dry-run", "the diff of what is accepted"],
] as const;

/** What there is and what a script can do with it, where there is no terminal to walk on. */
export function listInstead(report: Report, review: ReviewReport): void {
  showList(report, review);
  report.note("review walks card by card on a terminal, and this is none; for scripts there are:");
  for (const [usage, words] of COMMANDS) report.note(`  answerkey ${usage.padEnd(30)} ${words}`);
}
