import type { IndexedGrade, IndexedQuestion } from "./book-index.ts";
import { countTicks } from "./count-ticks.ts";
import type { Drawing } from "./drawing.ts";
import { shortened } from "./figure.ts";
import { heatColour, onHeatColour } from "./heat.ts";
import type { Html } from "./html.ts";
import { percent, plural, points } from "./number-words.ts";
import { fullPoints, meanOf, meanShare, shareOfCredit } from "./statistics.ts";

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

/** How one criterion went, over answers whose mark counts. */
export interface CriterionCredit {
  readonly id: string;
  readonly text: string;
  readonly isPenalty: boolean;
  readonly none: number;
  readonly part: number;
  readonly full: number;
  /** Mean share of the credit (of the penalty taken); undefined over nothing. */
  readonly mean: number | undefined;
}

export function creditOf({ rubric, grades }: IndexedQuestion): readonly CriterionCredit[] {
  const counted = grades.filter((grade) => grade.counted !== undefined);
  return rubric.criteria.map((criterion) => {
    const shares = counted.flatMap(({ current }) =>
      current.criteria
        .filter((result) => result.criterion === criterion.id)
        .map((result) => shareOfCredit(criterion, result)),
    );
    const none = shares.filter((share) => share === 0).length;
    const full = shares.filter((share) => share === 1).length;
    return {
      id: criterion.id,
      text: criterion.text,
      isPenalty: fullPoints(criterion) < 0,
      none,
      part: shares.length - none - full,
      full,
      mean: meanOf(shares)?.mean,
    };
  });
}

/** One square of the heat map. */
interface Square {
  readonly criterion: string;
  readonly credit: string;
  readonly answers: number;
  readonly share: number;
}

const BANDS = ["none", "part", "full"] as const;
const ROW = 30;

/** Criteria by credit: how many answers got none, part or all of it. Rows are named as in {@link criterionName}. */
export function creditHeatMap({ plot, svg }: Drawing, label: string, credits: readonly CriterionCredit[]): Html {
  const squares = credits.flatMap((credit, at) => squaresOf(credit, at));
  const means = credits.map(({ mean }, at) => ({
    criterion: criterionName(at),
    words: mean === undefined ? "–" : percent(mean),
  }));
  const names = credits.map(({ id, isPenalty }, at) => ({
    criterion: criterionName(at),
    words: `${criterionName(at)}  ${shortened(isPenalty ? `− ${id}` : id, 15)}`,
  }));
  return svg(`${label}: how many answers got none, part or all of the credit of each criterion.`, {
    width: WIDTH,
    height: credits.length * ROW + 24,
    marginLeft: 122,
    marginRight: 46,
    marginTop: 22,
    marginBottom: 2,
    x: { domain: BANDS, label: null, axis: "top", tickSize: 0, padding: 0.04 },
    y: { domain: credits.map((_credit, at) => criterionName(at)), axis: null, padding: 0.08 },
    marks: [
      plot.cell(squares, { x: "credit", y: "criterion", fill: ({ share }: Square) => heatColour(share), rx: 4 }),
      plot.text(squares, {
        x: "credit",
        y: "criterion",
        text: "answers",
        fill: ({ share }: Square) => onHeatColour(share),
        fontSize: 12,
      }),
      plot.text(names, {
        y: "criterion",
        text: "words",
        frameAnchor: "left",
        dx: -122,
        fill: "var(--ink)",
        fontSize: 12,
      }),
      plot.text(means, {
        y: "criterion",
        text: "words",
        frameAnchor: "right",
        textAnchor: "end",
        dx: 44,
        fill: "var(--ink)",
        fontSize: 12,
      }),
    ],
  });
}

function squaresOf(credit: CriterionCredit, at: number): readonly Square[] {
  const answers = credit.none + credit.part + credit.full;
  return BANDS.map((band) => ({
    criterion: criterionName(at),
    credit: band,
    answers: credit[band],
    share: answers === 0 ? 0 : credit[band] / answers,
  }));
}

/** A, B, … Z, AA, AB: how a criterion is pointed at in charts and beside its evidence. */
export function criterionName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${criterionName(Math.floor(at / 26) - 1)}${last}`;
}
