import { visibleLine } from "../core/sanitise.ts";
import type { ChangeCause, GradeChange, GradeComparison, GradeSide } from "../grade/records/compare-grades.ts";
import type { AnswerPlace } from "../grade/records/grade-log.ts";
import { groupBy } from "../core/group-by.ts";
import { plural, points, whole } from "./number-words.ts";
import { STATE_WORDS } from "../grade/records/state-words.ts";

const CAUSE_WORDS: Readonly<Record<ChangeCause, string>> = {
  answer: "the answer",
  rubric: "the rubric",
  prompt: "the prompt",
  judge: "the judge",
  person: "a person's word",
  reading: "another reading by the same judge",
};

/** Two states of grades side by side, as lines for a terminal: how marks moved, which states changed, and why. */
export function comparisonText(comparison: GradeComparison): string {
  const { compared, marks, rubrics, changes, added, removed } = comparison;
  return [
    `${plural(compared, "answer")} on both sides, ${whole(changes.length)} changed.`,
    `Marks that count on both sides: ${marks.up} up, ${marks.down} down, mean shift ${signedPercent(marks.meanShift)} of full marks (n ${marks.n}).`,
    ...stateLines(changes),
    ...rubrics.map(({ question, part }) => `Rubric of ${visibleLine(question)}: other ${part}.`),
    ...changes.map(changeLine),
    ...placesLine("Only after", added),
    ...placesLine("Only before", removed),
    "",
  ].join("\n");
}

function stateLines(changes: readonly GradeChange[]): readonly string[] {
  const moved = changes.filter(({ before, after }) => before.state !== after.state);
  const kinds = groupBy(moved, ({ before, after }) => `${STATE_WORDS[before.state]} to ${STATE_WORDS[after.state]}`);
  return Array.from(kinds, ([words, own]) => `State: ${plural(own.length, "answer")} from ${words}.`);
}

function changeLine(change: GradeChange): string {
  return `  ${visibleLine(placeWords(change.place))}: ${changeWords(change)}`;
}

/** What became of one answer's grade, on one line. */
export function changeWords({ before, after, moved, levels, causes }: GradeChange): string {
  const move = moved === undefined || moved === 0 ? "" : ` (${moved > 0 ? "+" : ""}${points(moved)})`;
  const parts = [
    `${sideWords(before)} to ${sideWords(after)}${move}`,
    ...levels.map(({ criterion, from, to }) => `${criterion} ${from} to ${to}`),
    `because of ${causes.map((cause) => CAUSE_WORDS[cause]).join(" and ")}`,
  ];
  return visibleLine(parts.join("; "));
}

function sideWords({ state, mark }: GradeSide): string {
  return `${mark === undefined ? "no mark" : points(mark)} ${STATE_WORDS[state]}`;
}

function placeWords({ candidate, question, attempt }: AnswerPlace): string {
  return [candidate, question, ...(attempt === 1 ? [] : [`attempt ${attempt}`])].join(" ");
}

function placesLine(words: string, places: readonly AnswerPlace[]): readonly string[] {
  if (places.length === 0) return [];
  return [
    `${words}: ${plural(places.length, "answer")}.`,
    ...places.map((place) => `  ${visibleLine(placeWords(place))}`),
  ];
}

function signedPercent(share: number): string {
  const rounded = (share * 100).toFixed(1);
  return `${Number(rounded) > 0 ? "+" : ""}${Number(rounded) === 0 ? "0.0" : rounded.replace("-", "−")}%`;
}
