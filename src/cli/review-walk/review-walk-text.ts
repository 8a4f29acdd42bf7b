import { visibleLine } from "../../core/sanitise.ts";
import { REJECT_REASONS } from "../../review/reject-reasons.ts";
import { onReason, type Step } from "./review-walk-command.ts";
import { CARD, filtered, movedToNamed, movedToText, told } from "./review-walk-moves.ts";
import type { Pane, WalkState } from "./review-walk-state.ts";
import type { KeyEvent } from "./terminal-key.ts";
import { graphemes } from "./terminal-width.ts";

/** Panes in which letters are text. */
export type TextPane = Extract<Pane, { readonly text: string }>;

const LONGEST = 2_000;

/** A key where a text is being typed. Return takes the text as it is; of nothing, nothing comes. */
export function onTextKey(state: WalkState, pane: TextPane, key: KeyEvent): Step {
  if (key.kind === "named") {
    if (key.name === "return") return onEntered(state, pane, pane.text);
    return { state: withText(state, pane, erased(pane.text, key.name)) };
  }
  if (pane.kind === "reason" && pane.text === "" && key.kind === "letter") {
    const reason = REJECT_REASONS[Number(key.text) - 1];
    if (reason !== undefined) return onReason(state, reason);
  }
  return { state: withText(state, pane, pane.text + (key.kind === "pasted" ? onOneLine(key.text) : key.text)) };
}

/** A whole line, typed or given where there are no keys. */
export function onEntered(state: WalkState, pane: TextPane, given: string): Step {
  const text = visibleLine(given).slice(0, LONGEST);
  switch (pane.kind) {
    case "reason":
      return text === ""
        ? { state: told(state, "a digit, or a reason and Enter; Esc goes back") }
        : onReason(state, text);
    case "batch":
      return onCount(state, pane.keys, text);
    case "prompt":
      return { state: onPrompt(state, pane.purpose, text) };
    default:
      return pane satisfies never;
  }
}

function onPrompt(state: WalkState, purpose: "filter" | "search" | "go-to", text: string): WalkState {
  switch (purpose) {
    case "filter":
      return filtered(state, text);
    case "search": {
      const sought = text === "" ? state.search : text;
      return sought === "" ? { ...state, pane: CARD } : movedToText(state, sought);
    }
    case "go-to":
      return text === "" ? { ...state, pane: CARD } : movedToNamed(state, text);
    default:
      return purpose satisfies never;
  }
}

/** All of them only for who knows how many they are. */
function onCount(state: WalkState, keys: readonly string[], text: string): Step {
  if (text === String(keys.length)) {
    return { state: { ...state, pane: CARD }, effect: { type: "decide", action: "accept", keys } };
  }
  const notice = text === "" ? "" : `${text} is not their number; nothing was accepted`;
  return { state: { ...state, pane: { kind: "batch", keys, text: "" }, notice } };
}

function withText(state: WalkState, pane: TextPane, text: string): WalkState {
  return { ...state, pane: { ...pane, text: text.slice(0, LONGEST) }, notice: "" };
}

function erased(text: string, key: string): string {
  if (key === "backspace") return graphemes(text).slice(0, -1).join("");
  if (key === "ctrl-u") return "";
  return key === "ctrl-w" ? text.trimEnd().replace(/\S+$/, "") : text;
}

/** A paste as part of a line: what would end the line does not. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, " ");
}
