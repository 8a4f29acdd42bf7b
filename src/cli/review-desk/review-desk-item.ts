import type { Proposal, ProposalHeader } from "../../bank/proposal.ts";
import type { Question } from "../../bank/question.ts";
import { hashOf } from "../../core/hash.ts";
import { questionId } from "../../core/ids.ts";
import type { Decision } from "../../files/decision.ts";
import { offerMerge } from "../../review/conflict.ts";
import { wordDiff } from "../../review/diff.ts";
import type { Place } from "../../review/question-index.ts";
import type { ReviewItem } from "../../review/states.ts";
import type { ProposalItem, Trouble } from "../../web/api.ts";
import { amount } from "../format.ts";
import { placeWords } from "../review/place-words.ts";
import { bodyBelow, presentAnswer } from "../review/review-card.ts";
import type { ProposalEntry } from "./review-desk-entry.ts";
import type { ReviewSession } from "../review/review-session.ts";
import { slotBase } from "../review/slot-base.ts";

type Citation = ProposalHeader["signals"]["citations"][number];

/**
 * Everything about one proposal that the page shows.
 * @param decisions the decision log; read for conflicts alone, where it may know what the slot held before.
 */
export function proposalItem(
  { store }: ReviewSession,
  { item, row }: ProposalEntry,
  decisions: () => readonly Decision[],
): ProposalItem {
  const { proposal, state } = item;
  const { header, body } = proposal;
  const { signals, source } = header;
  const place = "place" in state ? state.place : undefined;
  const now = place?.question.slot.answer ?? null;
  const earlier = store.earlier(source.path, questionId(header.id));
  return {
    row,
    etag: row.etag,
    kind: header.kind,
    ...aboutQuestion(proposal, place),
    body: bodyBelow(item),
    draft: body,
    generated: item.isEdited ? generatedDraft(proposal, earlier) : null,
    now,
    isPlaceholder: now !== null && now !== "" && presentAnswer(item) === undefined,
    diff: wordDiff(now ?? "", body),
    neighbours: neighboursOf(place),
    provenance: provenanceOf(item),
    findings: signals.findings,
    doubts: signals.doubts,
    citations: signals.citations.map(citationOf),
    revisions: earlier.flatMap((each) => revisionOf(each, proposal)),
    trouble: troubleOf(item, decisions),
  };
}

function aboutQuestion(
  { header }: Proposal,
  place: Place | undefined,
): Pick<ProposalItem, "question" | "restored" | "headings"> {
  return {
    question: place?.question.text ?? header.question,
    restored: header.signals.question_restored ?? null,
    headings: place?.question.headings ?? header.source.headings,
  };
}

/** Kept among the earlier drafts when it was edited for the first time; an editor of files keeps none. */
function generatedDraft({ header }: Proposal, earlier: readonly Proposal[]): string | null {
  return earlier.find(({ body }) => hashOf(body) === header.content_hash)?.body ?? null;
}

function revisionOf({ header, body }: Proposal, now: Proposal): ProposalItem["revisions"] {
  const { revision } = header;
  return revision < now.header.revision ? [{ revision, draft: body, diff: wordDiff(body, now.body) }] : [];
}

function citationOf({ path, heading, quote }: Citation): ProposalItem["citations"][number] {
  return { place: heading === "" ? path : `${path} > ${heading}`, quote: quote ?? null };
}

function neighboursOf(place: Place | undefined): ProposalItem["neighbours"] {
  const questions: readonly Question[] = place?.file.questions ?? [];
  const at = place === undefined ? -1 : questions.indexOf(place.question);
  if (at === -1) return { before: null, after: null };
  return { before: questions[at - 1]?.text ?? null, after: questions[at + 1]?.text ?? null };
}

function provenanceOf({ proposal: { header }, isEdited }: ReviewItem): ProposalItem["provenance"] {
  const { run, signals, source } = header;
  const cost = amount(run.cost_usd === "unknown" ? { kind: "unknown" } : { kind: "known", usd: run.cost_usd });
  const estimate = signals.confidence === undefined ? "none" : signals.confidence.toFixed(2);
  return [
    { name: "file", value: source.path },
    { name: "id", value: header.id },
    { name: "provider", value: run.provider },
    { name: "model asked", value: run.model },
    ...(run.model_answered === undefined ? [] : [{ name: "model that answered", value: run.model_answered }]),
    { name: "prompt", value: run.prompt },
    { name: "prompt hash", value: run.prompt_hash },
    { name: "run", value: run.id },
    { name: "tokens", value: `${run.tokens_in} in, ${run.tokens_out} out` },
    { name: "cost", value: cost },
    { name: "model's own estimate", value: estimate },
    { name: "critique", value: signals.verdict },
    { name: "revision", value: String(header.revision) },
    ...(isEdited ? [{ name: "edited", value: "by hand" }] : []),
  ];
}

function troubleOf({ proposal, state }: ReviewItem, decisions: () => readonly Decision[]): Trouble | null {
  switch (state.kind) {
    case "clean":
    case "moved":
    case "done":
      return null;
    case "conflict": {
      const { answer: now, indent } = state.place.question.slot;
      const base = slotBase(decisions(), proposal, indent);
      return { kind: "conflict", offer: offerMerge({ base, now, draft: proposal.body }) };
    }
    case "stale": {
      const nearest = state.nearest.question.text;
      return { kind: "stale", nearest, diff: wordDiff(proposal.header.question, nearest) };
    }
    case "ambiguous":
      return { kind: "ambiguous", places: state.places.map(placeWords) };
    case "missing":
      return { kind: "missing" };
    default:
      return state satisfies never;
  }
}
