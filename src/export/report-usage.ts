import type { IndexedQuestion } from "./book-index.ts";
import { statesFigure } from "./chart-states.ts";
import type { Drawing } from "./drawing.ts";
import { dataTable } from "./figure.ts";
import type { GradeBook } from "./grade-book.ts";
import { html, type Html } from "./html.ts";
import { dollars, whole } from "./number-words.ts";
import { stateBadge } from "./report-badges.ts";
import { SHOWN_STATES, tallyOf } from "./book-index.ts";
import { STATE_MEANINGS } from "./state-words.ts";
import { judgesOf } from "./statistics.ts";

/** What became of the answers, and what the judging took. */
export function usageSection(drawing: Drawing, book: GradeBook, questions: readonly IndexedQuestion[]): Html {
  return html`<section id="run" aria-labelledby="run-title">
    <h2 id="run-title">States and costs</h2>
    ${statesFigure(drawing, questions)} ${statesLegend(book)}
    <h3>Judges</h3>
    <div class="scroll" tabindex="0">${judgesTable(book)}</div>
  </section>`;
}

function statesLegend({ grades }: GradeBook): Html {
  const tally = tallyOf(grades);
  return html`<dl class="states">
    ${SHOWN_STATES.map(
      (state) =>
        html`<div>
          <dt>${stateBadge(state, tally[state])}</dt>
          <dd>${STATE_MEANINGS[state]}</dd>
        </div>`,
    )}
  </dl>`;
}

function judgesTable({ grades }: GradeBook): Html {
  return dataTable(
    ["Judge", "Answered as", "Answers", "Tokens in", "Tokens out", "Cost"],
    judgesOf(grades).map((judge) => [
      `${judge.provider} · ${judge.model}`,
      judge.answeredAs.length === 0 ? "the same" : judge.answeredAs.join(", "),
      whole(judge.answers),
      whole(judge.inputTokens),
      whole(judge.outputTokens),
      dollars(judge.cost),
    ]),
  );
}
