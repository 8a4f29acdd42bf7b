import type { AgreementRow } from "../grade/agreement/agreement-row.ts";
import { shareOf } from "../grade/agreement/mark-scale.ts";
import type { Drawing } from "./drawing.ts";
import { groupBy } from "../core/group-by.ts";
import type { Html } from "./html.ts";
import { percent, plural } from "./number-words.ts";
import { largest } from "./statistics.ts";

/** A judge's mark beside one person's mark of the same answer, as shares of the scale. */
export interface MarkPair {
  readonly judge: number;
  readonly person: number;
  readonly words: number;
}

/** Pairs of whole answers among rows that a judge and a person marked. */
export function pairsOf(rows: readonly AgreementRow[]): readonly MarkPair[] {
  return rows.flatMap(({ judge, human, scale, words, criterion }) =>
    judge === undefined || criterion !== undefined
      ? []
      : human.map(({ points }) => ({ judge: shareOf(scale, judge), person: shareOf(scale, points), words })),
  );
}

interface PairBubble {
  readonly judge: number;
  readonly person: number;
  readonly answers: number;
}

const SIDE = 400;

/** Every pair of marks; on the diagonal both agree, above it the judge is the more generous. */
export function scatter({ plot, svg }: Drawing, pairs: readonly MarkPair[]): Html {
  const bubbles = Array.from(
    groupBy(pairs, ({ judge, person }) => `${judge} ${person}`),
    ([, [first, ...rest]]): PairBubble => ({
      judge: first?.judge ?? 0,
      person: first?.person ?? 0,
      answers: 1 + rest.length,
    }),
  );
  return svg(`Marks of the judge against marks of people, ${plural(pairs.length, "pair")}.`, {
    width: SIDE,
    height: SIDE - 30,
    marginLeft: 46,
    marginRight: 14,
    marginTop: 24,
    marginBottom: 40,
    inset: 14,
    x: { domain: [0, 1], label: null },
    y: { domain: [0, 1], label: null },
    r: { domain: [0, Math.max(1, ...bubbles.map(({ answers }) => answers))], range: [0, 13] },
    marks: [
      plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      plot.axisX({
        tickSize: 0,
        ticks: 5,
        tickFormat: "%",
        fill: "var(--muted)",
        label: "a person's mark →",
        labelAnchor: "right",
      }),
      plot.axisY({ tickSize: 0, ticks: 5, tickFormat: "%", fill: "var(--muted)", label: "↑ the judge's mark" }),
      plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: "var(--line-strong)", strokeWidth: 1.5, strokeDasharray: "4,3" },
      ),
      plot.dot(bubbles, {
        x: "person",
        y: "judge",
        r: "answers",
        fill: "var(--accent)",
        fillOpacity: 0.5,
        stroke: "var(--accent)",
        title: ({ judge, person, answers }: PairBubble) =>
          `judge ${percent(judge)}, person ${percent(person)}: ${plural(answers, "pair")}`,
      }),
    ],
  });
}

/**
 * How far the judge is off, by the length of the answer.
 * @param slope change of the error for each hundred words; undefined where there is none.
 */
export function errorByLength({ plot, svg }: Drawing, pairs: readonly MarkPair[], slope: number | undefined): Html {
  const longest = largest(
    1,
    pairs.map(({ words }) => words),
  );
  const widest = largest(
    0.25,
    pairs.map(({ judge, person }) => Math.abs(judge - person)),
  );
  const line = slope === undefined ? [] : trend(pairs, slope, longest);
  return svg(`The judge's error against the length of the answer, ${plural(pairs.length, "pair")}.`, {
    width: SIDE,
    height: SIDE - 30,
    marginLeft: 46,
    marginRight: 14,
    marginTop: 24,
    marginBottom: 40,
    x: { domain: [0, longest], nice: true, label: null },
    y: { domain: [-widest, widest], label: null },
    marks: [
      plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      plot.axisX({ tickSize: 0, ticks: 5, fill: "var(--muted)", label: "words →", labelAnchor: "right" }),
      plot.axisY({ tickSize: 0, ticks: 5, tickFormat: "+%", fill: "var(--muted)", label: "↑ judge less person" }),
      plot.ruleY([0], { stroke: "var(--line-strong)", strokeWidth: 1.5 }),
      plot.dot(pairs, {
        x: "words",
        y: ({ judge, person }: MarkPair) => judge - person,
        r: 3.5,
        fill: "var(--accent)",
        fillOpacity: 0.4,
      }),
      plot.line(line, { x: "words", y: "error", stroke: "var(--review)", strokeWidth: 2.5 }),
    ],
  });
}

/** The line of that slope through the middle of the points. */
function trend(
  pairs: readonly MarkPair[],
  slope: number,
  longest: number,
): readonly { words: number; error: number }[] {
  if (pairs.length === 0) return [];
  const meanWords = pairs.reduce((sum, { words }) => sum + words, 0) / pairs.length;
  const meanError = pairs.reduce((sum, { judge, person }) => sum + judge - person, 0) / pairs.length;
  return [0, longest]
    .map((words) => ({ words, error: meanError + (slope * (words - meanWords)) / 100 }))
    .filter(({ error }) => Math.abs(error) <= 1);
}
