import { choicesOf, commandOf, type Command } from "../review/review-keys.ts";
import { onCommand, type Step } from "./review-walk-command.ts";
import { CARD, movedOn, movedTo, sentence, told } from "./review-walk-moves.ts";
import { onEntered, onTextKey } from "./review-walk-text.ts";
import { byKey, keyOf, type Happening, type UndoStep, type WalkState } from "./review-walk-state.ts";
import type { KeyEvent } from "./terminal-key.ts";

/** What may change the walk: a key; a choice or a line where there are no keys; scrolling; what came of an effect. */
export type WalkEvent =
  | { readonly type: "key"; readonly key: KeyEvent }
  | { readonly type: "chosen"; readonly command: Command }
  | { readonly type: "entered"; readonly text: string }
  | { readonly type: "scrolled"; readonly lines: number }
  | Happening;

/** The whole of the walk's logic: what an event makes of it. Only a letter, a digit or a typed line can decide. */
export function advance(state: WalkState, event: WalkEvent): Step {
  switch (event.type) {
    case "key":
      return onKey(state, event.key);
    case "chosen":
      return onCommand(told(state, ""), event.command);
    case "entered":
      return "text" in state.pane ? onEntered(state, state.pane, event.text) : { state };
    case "scrolled":
      return { state: { ...state, scroll: Math.max(0, state.scroll + event.lines) } };
    case "told":
      return { state: told(state, event.notice) };
    case "opened":
      return { state: { ...state, pane: event.pane, notice: "", scroll: 0 } };
    case "replaced":
      return { state: afterReplaced(state, event) };
    case "read-again":
      return { state: afterReading(state, event) };
    default:
      return event satisfies never;
  }
}

function onKey(state: WalkState, key: KeyEvent): Step {
  const { pane } = state;
  if (key.kind === "named") {
    if (key.name === "ctrl-c") return { state, effect: { type: "leave", isInterrupted: true } };
    if (key.name === "ctrl-z") return { state, effect: { type: "suspend" } };
    if (key.name === "ctrl-l") return { state, effect: { type: "read-again" } };
    if (key.name === "escape")
      return { state: pane.kind === "card" ? state : { ...state, pane: CARD, notice: "", scroll: 0 } };
  }
  if ("text" in pane) return onTextKey(state, pane, key);
  if (key.kind === "pasted") return { state: onPaste(state, key.text) };
  return key.kind === "letter" ? onLetter(state, key.text) : { state: told(state, "") };
}

function onLetter(state: WalkState, letter: string): Step {
  const command = commandOf(state, letter);
  if (command !== undefined) return onCommand(told(state, ""), command);
  const keys = choicesOf(state).map(({ key }) => key);
  const twin = keys.find((key) => key.toLowerCase() === letter.toLowerCase());
  const words = twin === undefined ? "? shows the keys" : `you may mean ${twin}`;
  return { state: told(state, `${letter} does nothing here; ${words}`) };
}

/** Pasted letters are not commands; those that only move, as a held key sends them, may pass. */
function onPaste(state: WalkState, text: string): WalkState {
  if (state.pane.kind !== "card" || !/^[jknp]+$/.test(text)) return told(state, "a paste is not read as keys");
  const by = Array.from(text).reduce((sum, letter) => sum + (letter === "j" || letter === "n" ? 1 : -1), 0);
  return movedTo(state, Math.min(state.cards.length - 1, Math.max(0, state.at + by)));
}

function afterReplaced(state: WalkState, event: Extract<Happening, { readonly type: "replaced" }>): WalkState {
  const items = new Map(state.items);
  const renamed = new Map<string, string>();
  for (const { key, item } of event.replaced) {
    items.delete(key);
    items.set(keyOf(item.proposal), item);
    renamed.set(key, keyOf(item.proposal));
  }
  const cards = state.cards.map((key) => renamed.get(key) ?? key);
  const changed: WalkState = { ...state, items, cards, pane: CARD, scroll: 0, steps: stepsAfter(state, event) };
  if (event.movesOn === true) return movedOn(changed, event.notice);
  const [only] = event.replaced;
  const at = only === undefined ? -1 : cards.indexOf(keyOf(only.item.proposal));
  return movedTo(changed, at === -1 ? state.at : at, event.notice);
}

/** Everything was read anew: cards whose proposal is gone go too, and the place is kept as well as it can be. */
function afterReading(state: WalkState, event: Extract<Happening, { readonly type: "read-again" }>): WalkState {
  const items = byKey(event.items);
  const cards = state.cards.filter((key) => items.has(key));
  const gone = state.cards.length - cards.length;
  const kept = cards.indexOf(state.cards[state.at] ?? "");
  const at = kept === -1 ? Math.max(0, Math.min(state.at, cards.length - 1)) : kept;
  const notice = sentence(event.notice, gone === 0 ? "" : `${gone} of the cards are gone`);
  return { ...state, items, cards, at, pane: CARD, notice, scroll: 0, steps: stepsAfter(state, event) };
}

/** A write takes its acceptances along: they cannot be taken back before it, nor after it. */
function stepsAfter(
  { steps }: WalkState,
  { step: done, isUndone }: { readonly step?: UndoStep | undefined; readonly isUndone?: boolean | undefined },
): readonly UndoStep[] {
  const last = steps.at(-1);
  const kept = isUndone === true ? steps.slice(0, -1) : steps;
  if (isUndone === true && last?.kind === "applied")
    return kept.flatMap((each) => withoutKeys(each, new Set(last.keys)));
  return done === undefined ? kept : [...kept, done];
}

function withoutKeys(step: UndoStep, keys: ReadonlySet<string>): readonly UndoStep[] {
  if (step.kind === "redrafted") return keys.has(step.key) ? [] : [step];
  const left = step.keys.filter((key) => !keys.has(key));
  return left.length === 0 ? [] : [{ ...step, keys: left }];
}
