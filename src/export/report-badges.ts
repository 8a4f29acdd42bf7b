import type { GradeState } from "../grade/record.ts";
import { html, type Html } from "./html.ts";
import { STATE_MEANINGS, STATE_WORDS } from "./state-words.ts";

/** A state with its colour, and how many answers are in it where that is asked for. */
export function stateBadge(state: GradeState, answers?: number): Html {
  const count = answers === undefined ? undefined : html`${answers} `;
  return html`<span class="badge s-${state}" title="${STATE_MEANINGS[state]}">${count}${STATE_WORDS[state]}</span>`;
}
