import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { reportReview, type ReviewReport } from "../../review/check.ts";
import { inOrder, ITEM_ORDERS } from "../../review/order.ts";
import { plural, shorten, table } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import type { Report } from "../report.ts";
import { filterOption, itemsThat } from "./review-filter.ts";
import { openReview } from "./review-session.ts";

const listOptions = commonOptions.extend({
  ...filterOption.shape,
  flag: z.string().optional(),
  sort: z.enum(ITEM_ORDERS).default("file"),
});

/** `answerkey review list`: every proposal with its state. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(listOptions, context.invocation.options);
  const project = await openProject(context, options);
  const session = openReview(project, context.invocation.operands);
  const chosen = itemsThat(session.items, options.filter).filter(
    (item) => options.flag === undefined || item.proposal.header.signals.flags.includes(options.flag),
  );
  if (options.flag !== undefined && chosen.length === 0) {
    throw new UserError(`no proposal has the flag ${options.flag}`, { hint: "answerkey review list shows the flags" });
  }
  const review = reportReview(inOrder(chosen, options.sort));
  showList(project.report, review);
  for (const { path, line, reason } of session.unreadable)
    project.report.warn(`${path}:${line}: not a proposal: ${reason}`);
  project.report.document(review);
  return EXIT.done;
}

/** The proposals as a table, and how many there are of each status. */
export function showList(report: Report, { items, statuses }: ReviewReport): void {
  if (items.length === 0) {
    report.result("no proposals; answerkey fill makes them");
    return;
  }
  const rows = items.map((item) => [
    item.id,
    item.status,
    item.state,
    item.confidence?.toFixed(2) ?? "",
    shorten(item.question, 60),
    item.flags.join(", "),
  ]);
  const lines = table(["id", "status", "state", "conf.", "question", "flags"], rows);
  for (const [index, line] of lines.entries()) report.result(index === 0 ? report.style("bold", line) : line);
  const counts = Object.entries(statuses).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
  report.result("");
  report.result(`${plural(items.length, "proposal")}: ${counts.join(", ")}`);
}
