import type { GradeState } from "../grade/record.ts";
import { type IndexedQuestion, SHOWN_STATES, tallyOf } from "./book-index.ts";
import type { Drawing } from "./drawing.ts";
import { atBothWidths, dataTable, figure } from "./figure.ts";
import type { Html } from "./html.ts";
import { plural } from "./number-words.ts";
import { STATE_WORDS } from "./state-words.ts";

interface Part {
  readonly question: string;
  readonly state: GradeState;
  readonly answers: number;
}

/** What became of the answers to each question. */
export function statesFigure(drawing: Drawing, questions: readonly IndexedQuestion[]): Html {
  const tallies = questions.map(({ label, grades }) => ({ label, tally: tallyOf(grades) }));
  const parts = tallies.flatMap(({ label, tally }) =>
    SHOWN_STATES.filter((state) => tally[state] > 0).map((state): Part => ({
      question: label,
      state,
      answers: tally[state],
    })),
  );
  return figure({
    title: "States by question",
    caption:
      "How many answers of each question have a mark that counts, wait for a person, or have no mark, by the reason.",
    chart: atBothWidths((width) => drawStates(drawing, questions, parts, width)),
    table: dataTable(
      ["Question", ...SHOWN_STATES.map((state) => STATE_WORDS[state])],
      tallies.map(({ label, tally }) => [label, ...SHOWN_STATES.map((state) => tally[state])]),
    ),
  });
}

function drawStates(
  { plot, svg }: Drawing,
  questions: readonly IndexedQuestion[],
  parts: readonly Part[],
  width: number,
): Html {
  return svg(`States of the answers to ${plural(questions.length, "question")}.`, {
    width,
    height: questions.length * 26 + 34,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 4,
    marginBottom: 28,
    x: { label: null },
    y: { domain: questions.map(({ label }) => label), label: null, padding: 0.22 },
    marks: [
      plot.axisX({ tickSize: 0, fill: "var(--muted)", tickFormat: "d", ticks: 5 }),
      plot.axisY({ tickSize: 0, fill: "var(--ink)", fontSize: 13, textAnchor: "start", dx: -32 }),
      plot.barX(
        parts,
        plot.stackX({
          x: "answers",
          y: "question",
          fill: ({ state }: Part) => `var(--s-${state})`,
          insetRight: 1,
          rx: 2,
          title: ({ question, state, answers }: Part) => `${question}: ${answers} ${STATE_WORDS[state]}`,
        }),
      ),
    ],
  });
}
