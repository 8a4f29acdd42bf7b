import type { IndexedGrade, IndexedQuestion } from "./book-index.ts";
import { countTicks } from "./count-ticks.ts";
import type { Drawing } from "./drawing.ts";
import type { Html } from "./html.ts";
import { plural, points } from "./number-words.ts";
import { meanShare } from "./statistics.ts";

const WIDTH = 330;
const MOST_BARS = 24;

/** How many answers got a mark, in one bar of the histogram. Points, not thousandths. */
interface Bar {
  readonly from: number;
  readonly to: number;
  readonly answers: number;
  readonly kind: "counted" | "provisional";
}

/** The marks of one question as bars a step wide, or several steps where the scale has many. */
export function histogram({ plot, svg }: Drawing, question: IndexedQuestion): Html {
  const { max, floor, step, pass } = question.rubric.scale;
  const width = (step * Math.max(1, Math.ceil((max - floor) / step / MOST_BARS))) / 1000;
  const bars = [
    ...barsOf(question.grades, ({ counted }) => counted, width, "counted"),
    ...barsOf(question.grades, ({ provisional }) => provisional, width, "provisional"),
  ];
  const mean = meanShare(question.grades);
  const full = max / 1000;
  const top = Math.max(2, highest(bars));
  return svg(histogramWords(question), {
    width: WIDTH,
    height: 120,
    marginLeft: 26,
    marginRight: 10,
    marginTop: 8,
    marginBottom: 34,
    x: { domain: [floor / 1000 - width / 2, full + width / 2], label: null },
    y: { label: null, domain: [0, top] },
    marks: [
      plot.axisX({ tickSize: 0, fill: "var(--muted)", ticks: 6 }),
      plot.axisY(countTicks(top, 3), { tickSize: 0, fill: "var(--muted)", tickFormat: "~s" }),
      plot.rectY(
        bars,
        plot.stackY({ x1: "from", x2: "to", y: "answers", fill: colourOfBar, insetLeft: 1, insetRight: 1, rx: 2 }),
      ),
      plot.ruleY([0], { stroke: "var(--line-strong)" }),
      ...(pass === undefined ? [] : [plot.ruleX([pass / 1000], { stroke: "var(--muted)", strokeDasharray: "3,3" })]),
      ...(mean === undefined ? [] : [plot.ruleX([mean.mean * full], { stroke: "var(--ink)", strokeWidth: 2.5 })]),
    ],
  });
}

function colourOfBar({ kind }: Bar): string {
  return kind === "counted" ? "var(--accent)" : "var(--review-soft)";
}

function barsOf(
  grades: readonly IndexedGrade[],
  markOf: (grade: IndexedGrade) => number | undefined,
  width: number,
  kind: Bar["kind"],
): readonly Bar[] {
  const counts = new Map<number, number>();
  for (const mark of grades.map(markOf)) {
    if (mark === undefined) continue;
    const bar = Math.round(mark / 1000 / width);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  return Array.from(counts, ([bar, answers]) => ({
    from: (bar - 0.5) * width,
    to: (bar + 0.5) * width,
    answers,
    kind,
  }));
}

function highest(bars: readonly Bar[]): number {
  const heights = new Map<number, number>();
  for (const { from, answers } of bars) heights.set(from, (heights.get(from) ?? 0) + answers);
  return Math.max(0, ...heights.values());
}

function histogramWords({ label, grades, rubric: { scale } }: IndexedQuestion): string {
  const mean = meanShare(grades);
  if (mean === undefined) return `${label}: no mark counts yet.`;
  const inPoints = ((mean.mean * scale.max) / 1000).toFixed(1);
  return `${label}: ${plural(mean.n, "mark")} that count, mean ${inPoints} of ${points(scale.max)} points.`;
}
