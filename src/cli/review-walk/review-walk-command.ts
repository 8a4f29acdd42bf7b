import { batchExclusion, isAcceptable } from "../../review/acceptable.ts";
import { standWords, type ReviewItem } from "../../review/states.ts";
import { presentAnswer } from "../review/review-card.ts";
import type { CardCommand, Command } from "../review/review-keys.ts";
import { CARD, movedOn, movedTo, told } from "./review-walk-moves.ts";
import {
  cardOf,
  cardsThat,
  DIFF_VIEWS,
  type Pane,
  type Way,
  type WalkEffect,
  type WalkState,
} from "./review-walk-state.ts";

/** The walk after an event, and what the shell is to do about it. */
export interface Step {
  readonly state: WalkState;
  readonly effect?: WalkEffect | undefined;
}

export function onCommand(state: WalkState, command: Command): Step {
  switch (command.kind) {
    case "card":
      return onCardCommand(state, command.name);
    case "reason":
      return onReason(state, command.text);
    case "way":
      return onWay(state, command.at);
    case "write":
      return onWrite(state);
    case "back":
      return { state: { ...state, pane: CARD, notice: "", scroll: 0 } };
    default:
      return command satisfies never;
  }
}

/** A reason for the card's rejection, chosen or typed: this decides. */
export function onReason(state: WalkState, reason: string): Step {
  const key = state.cards[state.at];
  if (state.pane.kind !== "reason" || key === undefined) return { state };
  const { action } = state.pane;
  return { state: { ...state, pane: CARD }, effect: { type: "decide", action, keys: [key], reason } };
}

function onCardCommand(state: WalkState, name: CardCommand): Step {
  const key = state.cards[state.at];
  if (key === undefined) return { state };
  switch (name) {
    case "accept":
      return onAccept(state, key);
    case "reject":
    case "redo":
      return opens(state, { kind: "reason", action: name, text: "" });
    case "edit":
      return { state: told(state, ""), effect: { type: "edit", key } };
    case "undo":
      return onUndo(state);
    case "trouble":
      return { state, effect: { type: "look-up-trouble", key } };
    case "details":
      return { state, effect: { type: "look-up-details", key } };
    case "diff":
      return onDiff(state, key);
    default:
      return onWideCommand(state, name);
  }
}

/** What is not about the one card that is shown. */
function onWideCommand(
  state: WalkState,
  name: Exclude<CardCommand, "accept" | "reject" | "redo" | "edit" | "undo" | "trouble" | "details" | "diff">,
): Step {
  switch (name) {
    case "skip":
      return { state: movedOn(state, "") };
    case "next":
      return { state: movedTo(state, state.at + 1) };
    case "previous":
      return { state: movedTo(state, state.at - 1) };
    case "accept-all":
      return onAcceptAll(state);
    case "apply":
      return onApply(state);
    case "search":
    case "go-to":
      return opens(state, { kind: "prompt", purpose: name, text: "" });
    case "filter":
      return opens(state, { kind: "prompt", purpose: name, text: state.filter });
    case "help":
      return opens(state, { kind: "help" });
    case "quit":
      return { state, effect: { type: "leave", isInterrupted: false } };
    default:
      return name satisfies never;
  }
}

function opens(state: WalkState, pane: Pane): Step {
  return { state: { ...state, pane, notice: "", scroll: 0 } };
}

function onAccept(state: WalkState, key: string): Step {
  const item = cardOf(state);
  if (item !== undefined && !isAcceptable(item) && item.state.kind !== "done") {
    const wayOut = item.state.kind === "missing" ? "" : "; c shows the ways out";
    return { state: told(state, `it is ${standWords(item.state.kind)} and cannot be accepted as it is${wayOut}`) };
  }
  return { state, effect: { type: "decide", action: "accept", keys: [key] } };
}

function onAcceptAll(state: WalkState): Step {
  const keys = cardsThat(state, (item) => batchExclusion(item) === undefined);
  if (keys.length === 0) return { state: told(state, "no clean draft without a flag waits in this filter") };
  return opens(state, { kind: "batch", keys, text: "" });
}

function onApply(state: WalkState): Step {
  const keys = cardsThat(state, ({ proposal }) => proposal.header.status === "accepted");
  if (keys.length === 0) return { state: told(state, "nothing in this filter is accepted and not written") };
  return { state, effect: { type: "preview-apply", keys } };
}

function onUndo(state: WalkState): Step {
  const step = state.steps.at(-1);
  if (step === undefined) return { state: told(state, "nothing to take back in this session") };
  return { state, effect: { type: "undo", step } };
}

/** Round the views; the user's own tool comes after the last and leaves the first. */
function onDiff(state: WalkState, key: string): Step {
  const next = DIFF_VIEWS[DIFF_VIEWS.indexOf(state.diff) + 1];
  const diff = next ?? DIFF_VIEWS[0];
  const item = cardOf(state);
  if (item !== undefined && presentAnswer(item) === undefined) return { state: told(state, onlyDraftWords(item)) };
  const changed: WalkState = { ...state, diff, notice: `shown: ${VIEW_WORDS[diff]}`, scroll: 0 };
  return next === undefined && state.hasDiffTool
    ? { state: changed, effect: { type: "show-diff-tool", key } }
    : { state: changed };
}

function onlyDraftWords({ state }: ReviewItem): string {
  return "place" in state
    ? "the place is empty: the draft is all there is to show; i shows where it comes from"
    : `it is ${standWords(state.kind)}, so there is nothing to compare it with; c shows what can be done`;
}

const VIEW_WORDS: Readonly<Record<WalkState["diff"], string>> = {
  word: "changes word by word",
  "side-by-side": "now and draft side by side",
  raw: "the draft alone",
};

function onWay(state: WalkState, at: number): Step {
  const key = state.cards[state.at];
  const way = state.pane.kind === "trouble" ? state.pane.ways[at] : undefined;
  if (way === undefined || key === undefined) return { state };
  return { state: { ...state, pane: CARD, scroll: 0 }, effect: effectOf(key, way) };
}

function effectOf(key: string, { deed }: Way): WalkEffect {
  switch (deed.kind) {
    case "keep-bank":
      return { type: "decide", action: "reject", keys: [key], reason: "what the bank holds is kept" };
    case "reanchor":
      return { type: "reanchor", key, place: deed.place, body: deed.body };
    case "edit":
      return { type: "edit", key, over: { place: deed.place, text: deed.text } };
    default:
      return deed satisfies never;
  }
}

function onWrite(state: WalkState): Step {
  if (state.pane.kind !== "apply") return { state };
  const { keys } = state.pane.preview;
  return { state: { ...state, pane: CARD, scroll: 0 }, effect: { type: "apply", keys } };
}
