import type * as Plot from "@observablehq/plot";
import { type NumberStyle, numberWords } from "../grade/agreement/agreement-words.ts";
import type { Measured } from "../grade/agreement/estimate.ts";
import type { Drawing } from "./drawing.ts";
import { atBothWidths, shortened } from "./figure.ts";
import type { Html } from "./html.ts";

export interface IntervalRow {
  readonly name: string;
  readonly measured: Measured;
  /** The row that the others are compared with. */
  readonly isMain: boolean;
}

export interface Intervals {
  /** What the chart shows, in words. */
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  readonly style: NumberStyle;
  /** A value that means something, such as no bias: a line stands there. */
  readonly reference: number;
}

const ROW = 30;
/** So that values which are all the same have an axis. */
const LEAST_WIDTH = 0.05;

/** Values with their 95% intervals, a row each; one without a value stands there with its name and says so. */
export function intervalChart(drawing: Drawing, intervals: Intervals): Html {
  return atBothWidths((width, isNarrow) => drawIntervals(drawing, intervals, width, isNarrow));
}

interface Stroke {
  readonly name: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly words: string;
  readonly colour: string;
}

function drawIntervals(
  drawing: Drawing,
  { label, rows, style, reference }: Intervals,
  width: number,
  isNarrow: boolean,
): Html {
  const strokes = rows.flatMap((row) => strokesOf(row, style));
  const names = rows.map(({ name }) => name);
  const ends = [reference, ...strokes.flatMap(({ lower, upper }) => [lower, upper])];
  const length = isNarrow ? 18 : 32;
  const left = 14 + 7.2 * Math.min(length, Math.max(0, ...names.map((name) => name.length)));
  return drawing.svg(label, {
    width,
    height: rows.length * ROW + 44,
    marginLeft: left,
    marginRight: isNarrow ? 62 : 70,
    marginTop: 10,
    marginBottom: 32,
    x: { domain: [Math.min(...ends), Math.max(...ends, Math.min(...ends) + LEAST_WIDTH)], nice: true, label: null },
    y: { domain: names, axis: null, padding: 0.5 },
    marks: [
      ...scaleMarks(drawing, style, reference, isNarrow ? 3 : 7),
      ...strokeMarks(drawing, strokes),
      ...nameMarks(drawing, names, strokes, { left, length }),
    ],
  });
}

function scaleMarks({ plot }: Drawing, style: NumberStyle, reference: number, ticks: number): Plot.Markish[] {
  return [
    plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks }),
    plot.axisX({ tickSize: 0, ticks, tickFormat: (value: number) => tickWords(value, style), fill: "var(--muted)" }),
    plot.ruleX([reference], { stroke: "var(--line-strong)", strokeWidth: 1.5 }),
  ];
}

function strokeMarks({ plot }: Drawing, strokes: readonly Stroke[]): Plot.Markish[] {
  return [
    plot.ruleY(strokes, { x1: "lower", x2: "upper", y: "name", stroke: "colour", strokeWidth: 3, strokeOpacity: 0.45 }),
    plot.dot(strokes, { x: "value", y: "name", r: 5.5, fill: "colour" }),
  ];
}

function nameMarks(
  { plot }: Drawing,
  names: readonly string[],
  strokes: readonly Stroke[],
  { left, length }: { readonly left: number; readonly length: number },
): Plot.Markish[] {
  const words = new Map(strokes.map((stroke) => [stroke.name, stroke.words]));
  const lines = names.map((name) => ({ name, shown: shortened(name, length), words: words.get(name) ?? "n/a" }));
  const shared = { y: "name", fill: "var(--ink)", fontSize: 13 } as const;
  return [
    plot.text(lines, { ...shared, text: "shown", frameAnchor: "left", dx: 2 - left }),
    plot.text(lines, { ...shared, text: "words", frameAnchor: "right", textAnchor: "start", dx: 10 }),
  ];
}

function strokesOf({ name, measured, isMain }: IntervalRow, style: NumberStyle): readonly Stroke[] {
  if (measured.kind === "undefined") return [];
  const { value, interval } = measured;
  const [lower, upper] = interval.kind === "known" ? [interval.lower, interval.upper] : [value, value];
  const colour = isMain ? "var(--accent)" : "var(--muted)";
  return [{ name, value, lower, upper, words: numberWords(value, style), colour }];
}

function tickWords(value: number, style: NumberStyle): string {
  return style === "plain" ? String(value) : `${Math.round(value * 1000) / 10}%`;
}
