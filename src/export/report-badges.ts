import type { GradeState } from "../grade/records/record.ts";
import { SHOWN_STATES, tallyOf } from "./book-index.ts";
import type { BookGrade } from "./grade-book.ts";
import { html, type Html } from "./html.ts";
import { STATE_MEANINGS, STATE_WORDS } from "../grade/records/state-words.ts";

/** A state with its colour, and how many answers are in it where that is asked for. */
export function stateBadge(state: GradeState, answers?: number): Html {
  const count = answers === undefined ? undefined : html`${answers} `;
  return html`<span class="badge s-${state}" title="${STATE_MEANINGS[state]}">${count}${STATE_WORDS[state]}</span>`;
}

/** A badge a state but `graded`, where there is any answer in it. */
export function openBadges(grades: readonly BookGrade[]): readonly Html[] {
  const tally = tallyOf(grades);
  return SHOWN_STATES.filter((state) => state !== "graded" && tally[state] > 0).map((state) =>
    stateBadge(state, tally[state]),
  );
}
