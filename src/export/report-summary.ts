import type { GradeState } from "../grade/records/record.ts";
import { type BookIndex, type IndexedGrade, tallyOf } from "./book-index.ts";
import type { GradeBook } from "./grade-book.ts";
import { html, type Html, type HtmlValue } from "./html.ts";
import { dollars, percent, plural, whole } from "./number-words.ts";
import { judgeName, judgesOf, meanShare, usageOf } from "./statistics.ts";

/** Title, warnings and the figures that one looks for first. */
export function summaryHeader(book: GradeBook, index: BookIndex): Html {
  return html`<header class="top">
    <p class="kicker">Grading report</p>
    <h1>${book.title}</h1>
    <p class="lead">
      ${plural(book.grades.length, "answer")} by ${plural(index.candidates.length, "candidate")} to
      ${plural(index.questions.length, "question")}, judged by ${judgeNames(book)}.
    </p>
    ${warnings(book.warnings)}
    <ul class="tiles">
      ${tilesOf(book, index).map(tile)}
    </ul>
  </header>`;
}

function judgeNames({ grades }: GradeBook): string {
  const names = judgesOf(grades).map(judgeName);
  return names.length === 0 ? "nobody yet" : names.join(" and ");
}

function warnings(lines: readonly string[]): Html | undefined {
  if (lines.length === 0) return undefined;
  return html`<ul class="warnings">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: HtmlValue;
  /** Where a state is counted: its colour marks the tile unless the count is zero. */
  readonly state?: GradeState | undefined;
}

function tilesOf(book: GradeBook, { candidates }: BookIndex): readonly Tile[] {
  const grades = candidates.flatMap((candidate) => candidate.grades);
  const tally = tallyOf(grades);
  const counted = (state: GradeState, name: string, note: string): Tile => ({
    name,
    value: whole(tally[state]),
    note,
    state: tally[state] > 0 ? state : undefined,
  });
  return [
    meanTile(grades),
    { name: "Graded", value: whole(tally.graded), note: gradedNote(tally.overridden), state: "graded" },
    counted("needs-review", "Waits for you", "provisional, in no mean"),
    counted("blank", "Blank", "nothing handed in"),
    counted("refused", "Refused", "the judge declined"),
    counted("error", "Error", "judging failed"),
    counted("stale", "Stale", "the rubric changed"),
    costTile(book),
  ];
}

function meanTile(grades: readonly IndexedGrade[]): Tile {
  const mean = meanShare(grades);
  if (mean === undefined) return { name: "Mean mark", value: "–", note: "no mark counts yet" };
  return { name: "Mean mark", value: percent(mean.mean), note: `of full marks, n ${whole(mean.n)}` };
}

function gradedNote(overridden: number): string {
  return overridden === 0 ? "their marks count" : `and ${whole(overridden)} set by a person`;
}

function costTile({ grades }: GradeBook): Tile {
  const { cost, inputTokens, outputTokens } = usageOf(grades);
  return {
    name: "Cost",
    value: cost.kind === "unknown" ? "unknown" : dollars(cost),
    note: `${whole(inputTokens + outputTokens)} tokens`,
  };
}

function tile({ name, value, note, state }: Tile): Html {
  return html`<li class="tile ${state === undefined ? undefined : `s-${state}`}">
    <span class="name">${name}</span> <strong>${value}</strong> <span class="note">${note}</span>
  </li>`;
}
