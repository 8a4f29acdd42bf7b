import { questionBody } from "../../bank/question-body.ts";
import type { Cost } from "../../core/usage.ts";
import { wordDiff, type DiffPart } from "../../review/diff.ts";
import { diffSegments, PLAIN_MARKS } from "../../review/format-diff.ts";
import type { ReviewItem } from "../../review/states.ts";
import { unifiedDiff } from "../../review/unified-diff.ts";
import { amount } from "../format.ts";
import type { Report } from "../report.ts";
import { markLine, span, splitLines, type Span } from "../review-walk/terminal-text.ts";

/** One proposal for a reader: where, what is asked, what would change, who says so, what is doubtful. */
export function cardLines(report: Report, item: ReviewItem): readonly string[] {
  const { header } = item.proposal;
  const { source, signals } = header;
  const place = [source.path, ...source.headings].join(" > ");
  const texts: readonly (readonly Span[])[] = [
    questionSpans(item),
    [],
    draftSpans(item),
    [],
    [span(provenanceOf(item), "dim")],
    ...signals.citations.map(({ path, heading }) => [span(`source: ${path} > ${heading}`, "dim")]),
    ...doubtSpans(item).map((doubt) => [doubt]),
    ...stateWords(item).map((words) => [span(words)]),
  ];
  return [
    `${report.style("bold", header.id)}  ${header.status}  [${item.state.kind}]  ${place}`,
    "",
    ...texts.flatMap((spans) => splitLines(spans).map(markLine)),
  ];
}

/** The question as the bank words it, where blanks were lost as it was read, and what stands below it. */
export function questionSpans(item: ReviewItem): readonly Span[] {
  const { header } = item.proposal;
  const restored = header.signals.question_restored;
  const body = bodyBelow(item);
  return [
    span(header.question, "bold"),
    ...(restored === undefined ? [] : [span(`\nread as: ${restored}`)]),
    ...(body === "" ? [] : [span(`\n\n${body}`)]),
  ];
}

/** What stands below the question in the bank and belongs to it, such as a program or choices; "" for nothing. */
export function bodyBelow({ proposal, state }: ReviewItem): string {
  if (proposal.header.kind !== "answer" || !("place" in state)) return "";
  const { file, question } = state.place;
  return questionBody(file.source, question);
}

/** What a reviewer should know before deciding, a span each: doubts, findings, flags. */
export function doubtSpans({ proposal: { header } }: ReviewItem): readonly Span[] {
  const { doubts, findings, flags } = header.signals;
  return [
    ...doubts.map((doubt) => span(`doubt: ${doubt}`, "yellow")),
    ...findings.map((finding) => span(`finding: ${finding}`, "yellow")),
    ...(flags.length === 0 ? [] : [span(`flags: ${flags.join(", ")}`, "yellow")]),
  ];
}

/** Model, prompt, tokens, cost, the model's own estimate and the critique's verdict, on one line. */
export function provenanceOf({ proposal, isEdited }: ReviewItem): string {
  const { run, signals } = proposal.header;
  const model = run.model_answered ?? run.model;
  const cost: Cost = run.cost_usd === "unknown" ? { kind: "unknown" } : { kind: "known", usd: run.cost_usd };
  return [
    model === run.provider ? model : `${run.provider} ${model}`,
    run.prompt,
    ...(run.tokens_in + run.tokens_out > 0 ? [`${run.tokens_in} + ${run.tokens_out} tokens`] : []),
    amount(cost),
    ...(signals.confidence === undefined ? [] : [`own estimate ${signals.confidence.toFixed(2)}`]),
    `critique: ${signals.verdict}`,
    ...(isEdited ? ["edited by hand"] : []),
  ].join(" · ");
}

/** What the slot holds now; undefined where there is no answer yet: over a placeholder the draft is all there is. */
export function presentAnswer({ state }: ReviewItem): string | undefined {
  if (!("place" in state)) return undefined;
  const { slot, state: questionState } = state.place.question;
  return questionState === "filled" || questionState === "partial" ? slot.answer : undefined;
}

/** The draft, as a change of what is there. Only answers are read for their words: elsewhere a blank or a number may be all. */
export function draftSpans(item: ReviewItem): readonly Span[] {
  const { header, body } = item.proposal;
  const now = presentAnswer(item);
  if (now === undefined) return [span(body)];
  if (header.kind !== "answer") return [span(body), ...lineDiff(header.source.path, now, body)];
  const diff = wordDiff(now, body);
  const spans = diffSegments(diff).map(segmentSpan);
  return diff.isWhitespaceOnly ? [...spans, span("\n\nonly blanks and line breaks change", "cyan")] : spans;
}

const STYLES = { removed: "red", added: "green" } as const;

/** Marks tell without colours what the colours tell. */
export function segmentSpan({ kind, text }: DiffPart): Span {
  return kind === "same" ? span(text) : span(PLAIN_MARKS[kind](text), STYLES[kind]);
}

function lineDiff(path: string, now: string, draft: string): readonly Span[] {
  const [before, after] = [now, draft.trim()].map((text) => new TextEncoder().encode(`${text}\n`));
  const diff = before === undefined || after === undefined ? "" : unifiedDiff(path, before, after);
  return diff === "" ? [] : [span(`\n\nagainst the file as it is:\n${diff.trimEnd()}`)];
}

/** What became of the place that the draft was made for, where something did. */
export function stateWords({ state, proposal }: ReviewItem): readonly string[] {
  switch (state.kind) {
    case "clean":
      return [];
    case "moved":
      return [`the question now stands at ${state.place.file.path}:${state.place.question.line}`];
    case "done":
      return [proposal.header.kind === "answer" ? "the bank already holds this answer" : "the file already holds this"];
    case "conflict":
      return ["conflict: the place holds something else than when this was drafted; apply will leave it alone"];
    case "stale":
      return [`stale: the question was reworded; the nearest is "${state.nearest.question.text}"`];
    case "ambiguous":
      return [`ambiguous: ${state.places.length} questions could be meant`];
    case "missing":
      return ["missing: the question is gone from the bank"];
    default:
      return state satisfies never;
  }
}
