import { groupBy } from "../../core/group-by.ts";
import { batchExclusion } from "../../review/acceptable.ts";
import type { MergeOffer } from "../../review/conflict.ts";
import { wordDiff } from "../../review/diff.ts";
import { diffSegments } from "../../review/format-diff.ts";
import type { ReviewItem } from "../../review/states.ts";
import { doubtSpans, questionSpans, segmentSpan, stateWords } from "../review/review-card.ts";
import { CARD_KEYS } from "../review/review-keys.ts";
import { detailSpans } from "./review-walk-details.ts";
import { draftLines } from "./review-walk-diff.ts";
import { cardOf, cardsThat, isPending, type ApplyPreview, type WalkState } from "./review-walk-state.ts";
import { plural } from "../format.ts";
import { span, wrapText, type Line, type Span } from "./terminal-text.ts";

/** What stands between header and key line. */
export function paneLines(state: WalkState, columns: number): readonly Line[] {
  const item = cardOf(state);
  if (item === undefined) return [];
  const { pane } = state;
  switch (pane.kind) {
    case "card":
    case "reason":
    case "prompt":
      return cardLines(item, state, columns);
    case "help":
      return wrapText(helpSpans(), columns);
    case "details":
      return wrapText(detailSpans(item, pane.details), columns);
    case "trouble":
      return wrapText(troubleSpans(item, pane.offer), columns);
    case "batch":
      return wrapText(batchSpans(state, pane.keys), columns);
    case "apply":
      return wrapText(applySpans(pane.preview), columns);
    default:
      return pane satisfies never;
  }
}

function cardLines(item: ReviewItem, { diff }: WalkState, columns: number): readonly Line[] {
  const doubts = [...doubtSpans(item), ...stateWords(item).map((words) => span(words, "yellow"))];
  return [
    ...wrapText(questionSpans(item), columns),
    [],
    ...draftLines(item, diff, columns),
    ...(doubts.length === 0 ? [] : [[]]),
    ...doubts.flatMap((doubt) => wrapText([doubt], columns)),
  ];
}

function helpSpans(): readonly Span[] {
  const keys = CARD_KEYS.flatMap(({ key, help }) => [span(`${key}  `, "bold"), span(`${help}\n`)]);
  const rest =
    "\nArrows, Page Up and Page Down scroll. Enter, Esc, arrows and pasted text never decide.\n" +
    "Ctrl-L reads everything again, Ctrl-Z suspends, Ctrl-C leaves. Every decision is saved at once.";
  return [...keys, span(rest)];
}

function troubleSpans(item: ReviewItem, offer: MergeOffer | undefined): readonly Span[] {
  const { state, proposal } = item;
  const said = stateWords(item).map((words) => span(`${words}\n\n`, "yellow"));
  if (state.kind === "stale") {
    const change = diffSegments(wordDiff(proposal.header.question, state.nearest.question.text));
    return [...said, ...part("the question then and now", change.map(segmentSpan))];
  }
  if (state.kind !== "conflict") return said;
  const now = state.place.question.slot.answer;
  const merged = offer?.merged === undefined ? [] : part("merged", [span(offer.merged)]);
  const change = diffSegments(wordDiff(now, proposal.body)).map(segmentSpan);
  return [
    ...said,
    ...part("now in the bank", [span(now === "" ? "(nothing)" : now)]),
    ...part("draft", [span(proposal.body)]),
    ...part("from the one to the other", change),
    ...merged,
  ];
}

function part(title: string, spans: readonly Span[]): readonly Span[] {
  return [span(`${title}:\n`, "bold"), ...spans, span("\n\n")];
}

function batchSpans(state: WalkState, keys: readonly string[]): readonly Span[] {
  const chosen = new Set(keys);
  const items = keys.flatMap((key) => state.items.get(key) ?? []);
  const words = items.reduce((sum, { proposal }) => sum + wordsIn(proposal.body), 0);
  const files = groupBy(items, ({ proposal }) => proposal.header.source.path);
  const out = cardsThat(state, isPending).filter((key) => !chosen.has(key));
  const reasons = groupBy(
    out.flatMap((key) => state.items.get(key) ?? []),
    exclusionWords,
  );
  return [
    span(
      `accept ${plural(items.length, "clean draft")} for ${plural(files.size, "file")}, ${plural(words, "word")}:\n\n`,
      "bold",
    ),
    ...[...files].map(([path, own]) => span(`${own.length}  ${path}\n`)),
    ...[...reasons].map(([reason, own]) => span(`\n${own.length} left for a look: ${reason}`, "yellow")),
  ];
}

function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function exclusionWords(item: ReviewItem): string {
  const exclusion = batchExclusion(item);
  return exclusion?.kind === "flagged" ? `flag ${exclusion.flag}` : item.state.kind;
}

function applySpans({ keys, files, refused }: ApplyPreview): readonly Span[] {
  const title = keys.length === 0 ? "nothing can be written:" : `write ${plural(keys.length, "accepted draft")}:`;
  return [
    span(`${title}\n\n`, "bold"),
    ...files.map(({ path, drafts }) => span(`${path}: ${drafts}\n`)),
    ...refused.map(({ id, reason }) => span(`\n${id}: ${reason}`, "yellow")),
  ];
}
