import { isAcceptable } from "../../review/acceptable.ts";
import { REJECT_REASONS } from "../../review/reject-reasons.ts";
import { cardOf, isPending, type WalkState } from "../review-walk/review-walk-state.ts";

export type CardCommand =
  | "accept"
  | "reject"
  | "redo"
  | "edit"
  | "skip"
  | "undo"
  | "accept-all"
  | "apply"
  | "trouble"
  | "next"
  | "previous"
  | "diff"
  | "details"
  | "search"
  | "filter"
  | "go-to"
  | "help"
  | "quit";

/** What a key stands for where it is pressed. */
export type Command =
  | { readonly kind: "card"; readonly name: CardCommand }
  | { readonly kind: "reason"; readonly text: string }
  | { readonly kind: "way"; readonly at: number }
  | { readonly kind: "write" }
  | { readonly kind: "back" };

/** One thing that can be done now: by its key, or by its number where there are no keys. */
export interface Choice {
  /** "" for what Escape alone does, because letters are text there. */
  readonly key: string;
  readonly label: string;
  readonly command: Command;
}

interface CardKey {
  readonly key: string;
  readonly also?: string;
  readonly name: CardCommand;
  readonly label: string;
  readonly help: string;
}

/** All keys of a card, in the order of the help. */
export const CARD_KEYS: readonly CardKey[] = [
  cardKey("a", "accept", "accept", "accept this draft; it is written later, by w or answerkey apply"),
  cardKey("r", "reject", "reject", "reject it: then a reason, 1 to 5 or in your words"),
  cardKey("x", "redo", "redo", "reject it and have the next fill draft another one, with your note"),
  cardKey("e", "edit", "edit", "edit it in $VISUAL or $EDITOR"),
  { ...cardKey("s", "skip", "skip", "leave it for later; the space bar does the same"), also: " " },
  cardKey("u", "undo", "undo", "take back what was done last here; again for what was done before that"),
  cardKey("c", "trouble", "ways out", "a draft that cannot go where it was made for: what can be done"),
  cardKey(
    "A",
    "accept-all",
    "all clean",
    "accept every clean draft without a flag in this filter; asks for their number",
  ),
  cardKey("w", "apply", "write", "write what is accepted into the bank; shows the files and asks first"),
  { ...cardKey("j", "next", "next", "next card, decided ones too; also n"), also: "n" },
  { ...cardKey("k", "previous", "back", "card before, decided ones too; also p"), also: "p" },
  cardKey("d", "diff", "view", "words, side by side, draft alone, your own tool ($REVIEW_DIFF_TOOL)"),
  cardKey("i", "details", "details", "where the draft comes from, who decided, earlier drafts"),
  cardKey("/", "search", "search", "next card with a text in question, draft, file or id"),
  cardKey("f", "filter", "filter", "which cards: file= state= model= flag= conf<0.6 run= text= kind="),
  cardKey("g", "go-to", "go to", "a card by its number, its id or Q and the question's number"),
  cardKey("?", "help", "help", "these keys"),
  cardKey("q", "quit", "quit", "leave; every decision is saved already"),
];

const BACK: Choice = { key: "", label: "back", command: { kind: "back" } };

/** What can be done at this moment. */
export function choicesOf(state: WalkState): readonly Choice[] {
  const { pane } = state;
  switch (pane.kind) {
    case "card":
      return CARD_KEYS.filter(({ name }) => isPossible(state, name)).map(({ key, label, name }) => ({
        key,
        label,
        command: { kind: "card", name },
      }));
    case "reason":
      return [...REJECT_REASONS.map((text, at) => numbered(at, text, { kind: "reason", text })), BACK];
    case "trouble":
      return [...pane.ways.map(({ label }, at) => numbered(at, label, { kind: "way", at })), { ...BACK, key: "q" }];
    case "apply":
      return [...writeChoice(pane.preview.keys.length), { ...BACK, key: "q" }];
    case "prompt":
    case "batch":
      return [BACK];
    case "help":
    case "details":
      return [{ ...BACK, key: "q" }];
    default:
      return pane satisfies never;
  }
}

/** The command of a letter. A card's keys all have one: what cannot be done just now says why. */
export function commandOf(state: WalkState, letter: string): Command | undefined {
  if (state.pane.kind !== "card") return choicesOf(state).find(({ key }) => key === letter)?.command;
  const found = CARD_KEYS.find(({ key, also }) => key === letter || also === letter);
  return found === undefined ? undefined : { kind: "card", name: found.name };
}

function isPossible(state: WalkState, name: CardCommand): boolean {
  const item = cardOf(state);
  switch (name) {
    case "trouble":
      return item !== undefined && !isAcceptable(item) && item.state.kind !== "done" && item.state.kind !== "missing";
    case "undo":
      return state.steps.length > 0;
    case "accept-all":
      return [...state.items.values()].some(isPending);
    case "apply":
      return [...state.items.values()].some(({ proposal }) => proposal.header.status === "accepted");
    default:
      return true;
  }
}

function writeChoice(count: number): readonly Choice[] {
  return count === 0 ? [] : [{ key: "y", label: "write them", command: { kind: "write" } }];
}

function numbered(at: number, label: string, command: Command): Choice {
  return { key: String(at + 1), label, command };
}

function cardKey(key: string, name: CardCommand, label: string, help: string): CardKey {
  return { key, name, label, help };
}
