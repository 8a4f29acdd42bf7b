import type { ReviewItem } from "../review/states.ts";
import { formatDiff } from "../review/format-diff.ts";
import { unifiedDiff } from "../review/unified-diff.ts";
import { wordDiff } from "../review/diff.ts";
import type { Cost } from "../core/usage.ts";
import { amount } from "./format.ts";
import type { Report } from "./report.ts";

/** One proposal for a reader: where, what is asked, what would change, who says so, what is doubtful. */
export function cardLines(report: Report, item: ReviewItem): readonly string[] {
  const { header } = item.proposal;
  const { source, signals } = header;
  const place = [source.path, ...source.headings].join(" > ");
  return [
    `${report.style("bold", header.id)}  ${header.status}  [${item.state.kind}]  ${place}`,
    "",
    report.style("bold", header.question),
    ...(signals.question_restored === undefined ? [] : [`read as: ${signals.question_restored}`]),
    "",
    ...draftLines(item),
    "",
    report.style("dim", provenance(item)),
    ...signals.citations.map(({ path, heading }) => report.style("dim", `source: ${path} > ${heading}`)),
    ...signals.doubts.map((doubt) => report.style("yellow", `doubt: ${doubt}`)),
    ...signals.findings.map((finding) => report.style("yellow", `finding: ${finding}`)),
    ...(signals.flags.length === 0 ? [] : [report.style("yellow", `flags: ${signals.flags.join(", ")}`)]),
    ...stateLines(item),
  ];
}

function provenance({ proposal, isEdited }: ReviewItem): string {
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

function draftLines({ state, proposal: { header, body } }: ReviewItem): readonly string[] {
  const { kind, source } = header;
  if (!("place" in state)) return body.split("\n");
  const { slot, state: questionState } = state.place.question;
  // Over a placeholder the draft is all there is; a wall of plus signs would only hide it.
  if (questionState !== "filled" && questionState !== "partial") return body.split("\n");
  if (kind === "rubric") return [...body.split("\n"), ...rubricDiff(source.path, slot.answer, body)];
  return formatDiff(wordDiff(slot.answer, body)).split("\n");
}

/** A rubric is read as a whole and line by line: a change of one number must not drown in words. */
function rubricDiff(path: string, now: string, draft: string): readonly string[] {
  const [before, after] = [now, draft.trim()].map((text) => new TextEncoder().encode(`${text}\n`));
  const diff = before === undefined || after === undefined ? "" : unifiedDiff(path, before, after);
  return diff === "" ? [] : ["", "against the file as it is:", ...diff.trimEnd().split("\n")];
}

function stateLines({ state, proposal }: ReviewItem): readonly string[] {
  switch (state.kind) {
    case "clean":
      return [];
    case "moved":
      return [`the question now stands at ${state.place.file.path}:${state.place.question.line}`];
    case "done":
      return [proposal.header.kind === "rubric" ? "the file already holds this" : "the bank already holds this answer"];
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
