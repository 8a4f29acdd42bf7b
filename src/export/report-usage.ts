import { type IndexedQuestion, SHOWN_STATES, tallyOf } from "./book-index.ts";
import { stackedBars } from "./chart-stacks.ts";
import type { Drawing } from "./drawing.ts";
import { atBothWidths, dataTable, figure } from "./figure.ts";
import type { GradeBook } from "./grade-book.ts";
import { html, type Html } from "./html.ts";
import { dollars, plural, whole } from "./number-words.ts";
import { stateBadge } from "./report-badges.ts";
import { STATE_MEANINGS, STATE_WORDS } from "../grade/records/state-words.ts";
import { judgeName, judgesOf, usageOf } from "./statistics.ts";

/** What became of the answers, and what the judging took. */
export function usageSection(drawing: Drawing, book: GradeBook, questions: readonly IndexedQuestion[]): Html {
  return html`<section id="run" aria-labelledby="run-title">
    <h2 id="run-title">States and costs</h2>
    ${statesFigure(drawing, questions)} ${statesLegend(book)} ${tokensFigure(drawing, questions)}
    <h3 class="apart">Judges</h3>
    <div class="scroll" tabindex="0">${judgesTable(book)}</div>
  </section>`;
}

function statesFigure(drawing: Drawing, questions: readonly IndexedQuestion[]): Html {
  const tallies = questions.map(({ label, grades }) => ({ label, tally: tallyOf(grades) }));
  const parts = tallies.flatMap(({ label, tally }) =>
    SHOWN_STATES.filter((state) => tally[state] > 0).map((state) => ({
      row: label,
      value: tally[state],
      colour: `var(--s-${state})`,
      title: `${label}: ${tally[state]} ${STATE_WORDS[state]}`,
    })),
  );
  const rows = questions.map(({ label }) => label);
  const label = `States of the answers to ${plural(questions.length, "question")}.`;
  return figure({
    title: "States by question",
    caption:
      "How many answers of each question have a mark that counts, wait for a person, or have no mark, by the reason.",
    chart: atBothWidths((width) => stackedBars(drawing, { label, rows, parts, width })),
    table: dataTable(
      ["Question", ...SHOWN_STATES.map((state) => STATE_WORDS[state])],
      tallies.map(({ label: row, tally }) => [row, ...SHOWN_STATES.map((state) => tally[state])]),
    ),
  });
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

function tokensFigure(drawing: Drawing, questions: readonly IndexedQuestion[]): Html {
  const uses = questions.map(({ label, grades }) => ({ label, ...usageOf(grades) }));
  const rows = uses.map(({ label }) => label);
  const parts = uses.flatMap(({ label, inputTokens, outputTokens }) => [
    { row: label, value: inputTokens, colour: "var(--accent)", title: `${label}: ${whole(inputTokens)} tokens in` },
    { row: label, value: outputTokens, colour: "var(--review)", title: `${label}: ${whole(outputTokens)} tokens out` },
  ]);
  const label = `Tokens that judging took, for each of ${plural(questions.length, "question")}.`;
  return figure({
    title: "Tokens by question",
    caption: html`What was sent to the judges (<span class="swatch in"></span> in) and what they wrote (<span
        class="swatch out"
      ></span>
      out).`,
    chart: atBothWidths((width) => stackedBars(drawing, { label, rows, parts, width })),
    table: dataTable(
      ["Question", "Tokens in", "Tokens out", "Cost"],
      uses.map(({ label: row, inputTokens, outputTokens, cost }) => [
        row,
        whole(inputTokens),
        whole(outputTokens),
        dollars(cost),
      ]),
    ),
  });
}

function judgesTable({ grades }: GradeBook): Html {
  return dataTable(
    ["Judge", "Answered as", "Answers", "Tokens in", "Tokens out", "Cost"],
    judgesOf(grades).map((judge) => [
      judgeName(judge),
      judge.answeredAs.length === 0 ? "the same" : judge.answeredAs.join(", "),
      whole(judge.answers),
      whole(judge.inputTokens),
      whole(judge.outputTokens),
      dollars(judge.cost),
    ]),
  );
}
