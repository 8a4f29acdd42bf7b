import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ReadStream, WriteStream } from "node:tty";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { reportReview } from "../../review/check.ts";
import { inOrder, ITEM_ORDERS } from "../../review/order.ts";
import type { ReviewItem } from "../../review/states.ts";
import { plural } from "../format.ts";
import { heldBackReport } from "../grade/held-back-report.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import type { Report } from "../report.ts";
import { filterOption, itemsThat } from "../review/review-filter.ts";
import { openReview, reviewer } from "../review/review-session.ts";
import { walkByLines } from "./review-walk-lines.ts";
import { listInstead } from "./review-walk-list.ts";
import { walkOnScreen } from "./review-walk-screen.ts";
import { startOf } from "./review-walk-start.ts";
import { isPending, type WalkEnd, type WalkState } from "./review-walk-state.ts";
import type { Walker } from "./review-walker.ts";
import type { TerminalStreams } from "./terminal-screen.ts";

const walkOptions = commonOptions.extend({
  ...filterOption.shape,
  sort: z.enum(ITEM_ORDERS).default("file"),
  by: z.string().optional(),
});

/** `answerkey review`: proposals as cards, one after the other. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(walkOptions, flags);
  refuseUnknown(context);
  const project = await openProjectWithoutKeys(context, options);
  const session = openReview(project, operands);
  for (const { path, line, reason } of session.unreadable)
    project.report.warn(`${path}:${line}: not a proposal: ${reason}`);
  const choice = { filter: options.filter.join(" "), order: options.sort };
  const chosen = inOrder(itemsThat(session.items, options.filter), choice.order);
  const terminal = terminalOf(project);
  if (terminal === undefined) return listOnly(project, chosen);
  if (!chosen.some(isPending) && choice.filter.trim() === "") return nothingToDecide(project, session.items);
  const { environment } = project;
  const hasDiffTool = environment.diffTool !== undefined;
  const start = startOf(session.items, chosen, { ...choice, hasDiffTool, now: project.stamp() });
  const actor = await reviewer(project, options.by);
  const end = await walk(project, { session, operands, actor }, start, terminal);
  return farewell(project, end);
}

function refuseUnknown({ folder, invocation: { operands } }: CommandContext): void {
  const unknown = operands.find((operand) => !existsSync(resolve(folder, operand)));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, SUBCOMMANDS);
  throw new UserError(`there is no file or folder ${unknown}, and review has no such command`, {
    hint:
      nearest === undefined ? `its commands: ${SUBCOMMANDS.join(", ")}` : `did you mean answerkey review ${nearest}?`,
  });
}

const SUBCOMMANDS = ["list", "show", "accept", "reject", "undo", "check"];

/** Undefined where there is nobody to press keys or nothing to draw on. */
function terminalOf({ streams, report }: Project): TerminalStreams | undefined {
  const { in: input, out: output } = streams;
  if (report.json || !(input instanceof ReadStream) || !(output instanceof WriteStream)) return undefined;
  return { input, output };
}

async function walk(
  project: Project,
  rest: Omit<Walker, "project" | "runTool">,
  start: WalkState,
  { input, output }: TerminalStreams,
): Promise<WalkEnd> {
  const { environment, report } = project;
  if (environment.accessible || environment.terminal === "dumb") {
    return walkByLines({ ...rest, project }, start, input);
  }
  const said = heldBackReport(report);
  const hasColour = environment.colour ?? true;
  try {
    return await walkOnScreen({ ...rest, project: { ...project, report: said.report } }, start, {
      input,
      output,
      hasColour,
    });
  } finally {
    said.release();
  }
}

function listOnly(project: Project, items: readonly ReviewItem[]): ExitCode {
  const review = reportReview(items);
  listInstead(project.report, review);
  project.report.document(review);
  return exitCodeFor(items);
}

function nothingToDecide({ report }: Project, items: readonly ReviewItem[]): ExitCode {
  if (items.length === 0) report.result("no proposals; answerkey fill makes them");
  else {
    report.result("nothing waits for a decision");
    report.result("decided ones: answerkey review --filter state=accepted, or rejected, or applied");
  }
  sayNext(report, items);
  return exitCodeFor(items);
}

function farewell({ report }: Project, { state, isInterrupted }: WalkEnd): ExitCode {
  const cards = state.cards.flatMap((key) => state.items.get(key) ?? []);
  const decisions = state.steps.flatMap((step) => (step.kind === "decided" ? step.keys : []));
  report.result(`${plural(new Set(decisions).size, "decision")} saved, ${cards.filter(isPending).length} left`);
  sayNext(report, [...state.items.values()]);
  return isInterrupted ? EXIT.interrupted : exitCodeFor(cards);
}

function sayNext(report: Report, items: readonly ReviewItem[]): void {
  const isWaiting = items.some(({ proposal }) => proposal.header.status === "accepted");
  if (isWaiting) report.result("next: answerkey apply --dry-run");
}

/** Open while one of them waits for a decision or to be written. */
function exitCodeFor(items: readonly ReviewItem[]): ExitCode {
  return reportReview(items).gate === "done" ? EXIT.done : EXIT.open;
}
