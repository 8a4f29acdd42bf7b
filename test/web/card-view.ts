import { offerMerge } from "../../src/review/conflict.ts";
import { wordDiff } from "../../src/review/diff.ts";
import type { GradeItem, Item, ProposalItem, Trouble } from "../../src/web/api.ts";
import { type Card, type DraftCard, etagOf, type GradeCard, rowOf } from "./sample-cards.ts";

/** A card as the page asks for it. */
export function itemOf(card: Card, isBlind: boolean): Item {
  return card.kind === "grade" ? gradeItem(card, isBlind) : proposalItem(card);
}

function common(card: Card) {
  const headings = ["Systems", "Sharing"];
  return { row: rowOf(card), etag: etagOf(card), question: card.question, restored: null, headings };
}

function proposalItem(card: DraftCard): ProposalItem {
  const { kind, draft, generated, now, earlier, run } = card;
  return {
    ...common(card),
    kind,
    body: "```js\nlog(threads);\n```",
    draft,
    generated: draft === generated ? null : generated,
    now,
    diff: wordDiff(now ?? "", draft),
    neighbours: { before: "What is a thread?", after: null },
    provenance: [
      { name: "model", value: "sample-model" },
      { name: "prompt", value: "draft@1" },
      { name: "run", value: run },
    ],
    findings: card.flags.map((flag) => `The draft was flagged: ${flag}.`),
    doubts: ["Whether the reader knows what a thread is."],
    citations: [
      {
        place: "systems/sources/how_two_writers_are_kept_apart_without_waiting_for_long.md",
        quote: "Keep the guarded part short.",
      },
    ],
    revisions: earlier.map((text, at) => ({ revision: at + 1, draft: text, diff: wordDiff(text, draft) })),
    trouble: troubleOf(card),
  };
}

function troubleOf({ state, base, now, draft, question, place }: DraftCard): Trouble | null {
  switch (state) {
    case "conflict":
      return { kind: "conflict", offer: offerMerge({ base, now: now ?? "", draft }) };
    case "stale": {
      const nearest = question.replace("and when would you not use one", "and when is one a mistake");
      return { kind: "stale", nearest, diff: wordDiff(question, nearest) };
    }
    case "ambiguous":
      return { kind: "ambiguous", places: [`${place}:12`, `${place}:340`] };
    case "missing":
      return { kind: "missing" };
    default:
      return null;
  }
}

function gradeItem(card: GradeCard, isBlind: boolean): GradeItem {
  const { answer, criteria, judge, mine, override, history } = card;
  return {
    ...common(card),
    kind: "grade",
    answer,
    reference: "It lets one writer in at a time; the price is waiting.",
    guidelines: "Judge what is said, not how.",
    criteria,
    max: 6000,
    pass: 3000,
    judge: isBlind && mine === null && override === null ? null : judge,
    mine,
    override,
    history,
  };
}
