import { decide, type DecisionAction } from "../../src/review/decide.ts";
import type { DecisionRequest, GradeItem } from "../../src/web/api.ts";
import type { Card, DraftCard, GradeCard } from "./sample-cards.ts";

/** A changed card and what that is called, or why it does not change. */
export type NextCard = { readonly card: Card; readonly action: string; readonly reason: string } | string;

interface Wish {
  readonly reason: string;
  readonly levels: Readonly<Record<string, string>>;
  readonly place: number | undefined;
}

type Rules<Kind> = Readonly<Partial<Record<DecisionRequest["action"], (card: Kind, wish: Wish) => NextCard>>>;

const REVIEWER = "reviewer@example.org";
const NOW = "2026-11-23T12:00:00.000Z";

const OF_DRAFTS: Rules<DraftCard> = {
  accept: (card) => {
    const isPlaced = card.state === "clean" || card.state === "moved";
    return isPlaced ? moveOn(card, "accept", "") : `A ${card.state} draft has no place to go to.`;
  },
  reject: (card, { reason }) => moveOn(card, "reject", reason),
  redo: (card, { reason }) => moveOn(card, "redo", reason),
  undo: (card) => moveOn(card, "undo", ""),
  reanchor: (card, { place }) => {
    const isNeeded =
      card.state === "stale" || card.state === "conflict" || (card.state === "ambiguous" && place !== undefined);
    if (!isNeeded) return "Only a stale draft or one in conflict needs that.";
    return {
      card: { ...card, state: "clean", status: "pending", base: card.now ?? "" },
      action: "reanchor",
      reason: "",
    };
  },
};

const OF_GRADES: Rules<GradeCard> = {
  mark: (card, { levels, reason }) => marked(card, levels, (mine) => ({ ...card, mine }), "mark", reason),
  override: (card, { levels, reason }) => {
    const override = { by: REVIEWER, reason, at: NOW };
    const overridden = { ...card, override, state: "overridden", status: "accepted" } as const;
    return marked(card, levels, (mine) => told({ ...overridden, mine }, "override"), "override", reason);
  },
  confirm: (card, { reason }) => ({
    card: told({ ...card, status: "accepted" }, "confirm"),
    action: "confirm",
    reason,
  }),
  withdraw: (card, { reason }) => {
    if (card.override === null) return "Nothing was overridden.";
    const open = { ...card, override: null, state: "needs-review", status: "pending" } as const;
    return { card: told(open, "withdraw"), action: "withdraw", reason };
  },
};

/** What a decision makes of a card, by the table that real proposals follow. */
export function decideCard(card: Card, request: DecisionRequest): NextCard {
  const wish = {
    reason: "reason" in request ? request.reason : "",
    levels: "levels" in request ? request.levels : {},
    place: "place" in request ? request.place : undefined,
  };
  if (card.kind === "grade") return OF_GRADES[request.action]?.(card, wish) ?? "That is for drafts.";
  return OF_DRAFTS[request.action]?.(card, wish) ?? "That is for grades.";
}

export function editCard(card: Card, draft: string): NextCard {
  if (card.kind === "grade") return "A grade has no draft.";
  if (/^## Question/m.test(draft)) return "The draft would add a question to the file.";
  return moveOn({ ...card, draft }, "edit", "");
}

function moveOn(card: DraftCard, action: DecisionAction, reason: string): NextCard {
  const decision = decide(card.status, action);
  return decision.kind === "refused" ? decision.reason : { card: { ...card, status: decision.status }, action, reason };
}

function marked(
  { criteria }: GradeCard,
  levels: Wish["levels"],
  next: (mine: GradeItem["mine"]) => GradeCard,
  action: string,
  reason: string,
): NextCard {
  const points = criteria.flatMap(({ id, levels: known }) => known.filter((each) => each.id === levels[id]));
  if (points.length !== criteria.length || Object.keys(levels).length !== criteria.length) {
    return "Every criterion needs one of its levels.";
  }
  return { card: next({ levels, mark: points.reduce((sum, each) => sum + each.points, 0) }), action, reason };
}

function told(card: GradeCard, what: string): GradeCard {
  return { ...card, history: [...card.history, { at: NOW, by: REVIEWER, what }] };
}
