import { EXIT, type ExitCode } from "../../core/errors.ts";
import { reportReview, type ReviewReport } from "../../review/check.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { filterOption, itemsThat } from "./review-filter.ts";
import { openReview } from "./review-session.ts";

const checkOptions = commonOptions.extend(filterOption.shape);

/** `answerkey review check`: the gate for CI. Reads everything, writes nothing. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(checkOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { report } = project;
  const session = openReview(project, context.invocation.operands);
  const review = reportReview(itemsThat(session.items, options.filter));
  const chain = session.log.verifyChain();
  for (const line of openLines(review)) report.result(line);
  for (const { path, line, reason } of session.unreadable) report.result(`${path}:${line}: not a proposal: ${reason}`);
  if (chain.status === "broken") {
    report.result(
      report.style("red", `outputs/decisions.jsonl:${chain.line}: the log was tampered with: ${chain.reason}`),
    );
  } else report.result(`decision log: ${plural(chain.entries, "decision")}, chain whole`);
  report.document({ ...review, unreadable: session.unreadable, log: chain });
  const isClosed = review.gate === "done" && session.unreadable.length === 0 && chain.status === "whole";
  report.result(isClosed ? report.style("green", GATE_WORDS.done) : report.style("yellow", gateWords(review)));
  return isClosed ? EXIT.done : EXIT.open;
}

const GATE_WORDS: Readonly<Record<ReviewReport["gate"], string>> = {
  done: "done: nothing waits for you",
  open: "open: proposals wait for a decision or for answerkey apply",
  blocked: "blocked: some proposals cannot be applied as they are; see answerkey review list",
};

/** Where the proposals are done and the gate is shut all the same, one of the lines above says why. */
function gateWords({ gate }: ReviewReport): string {
  return gate === "done" ? "open: see the lines above" : GATE_WORDS[gate];
}

function openLines({ statuses, open }: ReviewReport): readonly string[] {
  const states = Object.entries(open).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []));
  const lines = [
    `proposals: ${statuses.pending} pending, ${statuses.accepted} accepted, ${statuses.rejected} rejected, ${statuses.applied} applied`,
  ];
  return states.length === 0 ? lines : [...lines, `open ones by state: ${states.join(", ")}`];
}
