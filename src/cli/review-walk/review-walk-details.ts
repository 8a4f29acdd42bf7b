import { wordDiff } from "../../review/diff.ts";
import { diffSegments } from "../../review/format-diff.ts";
import type { ReviewItem } from "../../review/states.ts";
import { doubtSpans, segmentSpan } from "../review/review-card.ts";
import type { ItemDetails } from "./review-walk-state.ts";
import { span, type Span } from "./terminal-text.ts";

/** Everything that is known about a draft: whose it is, what it rests on, who decided, and what stood there before. */
export function detailSpans(item: ReviewItem, { history, earlier }: ItemDetails): readonly Span[] {
  return [
    ...facts(item).flatMap(([name, value]) => [span(`${name}: `, "bold"), span(`${value}\n`)]),
    ...doubtSpans(item).flatMap((doubt) => [doubt, span("\n")]),
    ...list("key points", item.proposal.header.signals.key_points),
    ...list("assumptions", item.proposal.header.signals.assumptions),
    ...list("sources", citations(item)),
    ...list("decisions", history),
    ...earlier.flatMap(({ header, body }) => [
      span(`\nrevision ${header.revision}, run ${header.run.id}, to this one:\n`, "bold"),
      ...diffSegments(wordDiff(body, item.proposal.body)).map(segmentSpan),
      span("\n"),
    ]),
  ];
}

function facts({ proposal, state, isEdited }: ReviewItem): readonly (readonly [string, string])[] {
  const { header } = proposal;
  const { run, source, signals } = header;
  const answered =
    run.model_answered === undefined || run.model_answered === run.model ? "" : `, answered by ${run.model_answered}`;
  return [
    ["id", `${header.id}, revision ${header.revision}${isEdited ? ", edited by hand" : ""}`],
    ["place", [source.path, ...source.headings].join(" > ")],
    ["status", `${header.status}, ${state.kind}`],
    ["run", run.id],
    ["model", `${run.provider} ${run.model}${answered}`],
    ["prompt", `${run.prompt} ${run.prompt_hash}`],
    ["tokens", `${run.tokens_in} in, ${run.tokens_out} out`],
    ["cost", run.cost_usd === "unknown" ? "unknown" : `$${run.cost_usd}`],
    ["model's own estimate", signals.confidence === undefined ? "none" : signals.confidence.toFixed(2)],
    ["critique", signals.verdict],
  ];
}

function citations({ proposal }: ReviewItem): readonly string[] {
  return proposal.header.signals.citations.map(({ path, heading, quote }) =>
    quote === undefined ? `${path} > ${heading}` : `${path} > ${heading}: "${quote}"`,
  );
}

function list(title: string, lines: readonly string[]): readonly Span[] {
  return lines.length === 0 ? [] : [span(`${title}:\n`, "bold"), ...lines.map((line) => span(`- ${line}\n`))];
}
