import { choicesOf, type Choice } from "../review/review-keys.ts";
import { ageOf } from "./review-walk-age.ts";
import { paneLines } from "./review-walk-panes.ts";
import { provenanceOf } from "../review/review-card.ts";
import { cardOf, isPending, type Pane, type WalkState } from "./review-walk-state.ts";
import { cutLine, span, wrapText, type Line } from "./terminal-text.ts";
import { displayWidth } from "./terminal-width.ts";

/** What is shown, from top to bottom; the middle may be longer than a screen. */
export interface View {
  readonly header: Line;
  readonly middle: readonly Line[];
  readonly provenance: readonly Line[];
  /** What the last key came to. */
  readonly notice: readonly Line[];
  readonly keys: readonly Line[];
  /** What is being typed. */
  readonly prompt: readonly Line[];
}

/** The state as lines, none wider than the columns. */
export function viewOf(state: WalkState, columns: number): View {
  const { pane, notice } = state;
  const prompt = promptOf(pane);
  return {
    header: cutLine(headerOf(state), columns),
    middle: [[], ...paneLines(state, columns), []],
    provenance: provenanceLines(state, columns),
    notice: notice === "" ? [] : wrapText([span(notice, "yellow")], columns),
    keys: keyLines(choicesOf(state), columns),
    prompt:
      prompt === undefined ? [] : wrapText([span(`${prompt}${"text" in pane ? pane.text : ""}_`, "bold")], columns),
  };
}

/** `12/340 theory.md Q59 [clean]`, and how it was decided. */
function headerOf(state: WalkState): Line {
  const item = cardOf(state);
  if (item === undefined) return [span("no card")];
  const { header } = item.proposal;
  const { path, number } = header.source;
  const subject = header.kind !== "answer" ? [header.id] : number === undefined ? [] : [`Q${number}`];
  const place = [`${state.at + 1}/${state.cards.length}`, path.replace(/^.*\//, ""), ...subject].join(" ");
  const state_ = span(`[${item.state.kind}]`, item.state.kind === "clean" ? "green" : "yellow");
  return [
    span(`${place} `, "bold"),
    state_,
    ...(isPending(item) ? [] : [span(` ${header.status}`, header.status === "rejected" ? "red" : "green")]),
    ...(state.filter === "" ? [] : [span(`  filter: ${state.filter}`, "dim")]),
  ];
}

function provenanceLines(state: WalkState, columns: number): readonly Line[] {
  const item = cardOf(state);
  if (item === undefined || !SHOWS_CARD.has(state.pane.kind)) return [];
  const age = ageOf(item.proposal.header.run.id, state.now);
  return wrapText([span([provenanceOf(item), ...(age === undefined ? [] : [age])].join(" · "), "dim")], columns);
}

const SHOWS_CARD: ReadonlySet<Pane["kind"]> = new Set(["card", "reason", "prompt"]);

/** Choices beside each other; one is broken only where it is wider than the screen. */
function keyLines(choices: readonly Choice[], columns: number): readonly Line[] {
  const lines: string[] = [];
  for (const { key, label } of choices) {
    const words = `${key === "" ? "Esc" : key} ${label}`;
    const last = lines.at(-1);
    const longer = last === undefined ? words : `${last}  ${words}`;
    if (last !== undefined && displayWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(words);
  }
  return lines.flatMap((line) => wrapText([span(line, "cyan")], columns));
}

/** What a text is asked for. */
export function promptOf(pane: Pane): string | undefined {
  switch (pane.kind) {
    case "reason":
      return `${pane.action === "redo" ? "what should be different" : "why"}? 1 to 5, or in your words: `;
    case "prompt":
      return `${PROMPTS[pane.purpose]}: `;
    case "batch":
      return `type ${pane.keys.length} and Enter to accept them all: `;
    default:
      return undefined;
  }
}

const PROMPTS = {
  filter: "filter (empty for all)",
  search: "search",
  "go-to": "go to (number, id or Q12)",
} as const;
