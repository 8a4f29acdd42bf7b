import type * as Plot from "@observablehq/plot";
import type { IndexedGrade, IndexedQuestion } from "./book-index.ts";
import type { Drawing } from "./drawing.ts";
import { atBothWidths, dataTable, figure, shortened } from "./figure.ts";
import type { Html } from "./html.ts";
import { meanWords, percent, plural, points } from "./number-words.ts";
import { meanShare } from "./statistics.ts";

/** Answers of one question with the same mark: one bubble. */
interface Bubble {
  readonly question: string;
  readonly share: number;
  readonly answers: number;
  readonly isProvisional: boolean;
}

const ROW = 40;

/** Every mark of every question on one scale, with the means and the pass marks. */
export function marksFigure(drawing: Drawing, questions: readonly IndexedQuestion[]): Html {
  return figure({
    title: "Marks by question",
    caption:
      "Each bubble is a mark and grows with the number of answers that have it; rings are provisional and count nowhere. " +
      "The bar is the mean of what counts, the dashed line the pass mark.",
    chart: atBothWidths((width, isNarrow) => drawMarks(drawing, questions, width, isNarrow)),
    table: marksTable(questions),
  });
}

interface Layout {
  readonly width: number;
  readonly isNarrow: boolean;
  readonly left: number;
  readonly right: number;
}

const WIDE_MARGINS = { left: 300, right: 100 };
const NARROW_MARGINS = { left: 40, right: 48 };

function drawMarks(drawing: Drawing, questions: readonly IndexedQuestion[], width: number, isNarrow: boolean): Html {
  const layout = { width, isNarrow, ...(isNarrow ? NARROW_MARGINS : WIDE_MARGINS) };
  const bubbles = questions.flatMap(bubblesOf);
  return drawing.svg(`Marks of ${plural(questions.length, "question")} as shares of full marks.`, {
    width,
    height: questions.length * ROW + 46,
    marginLeft: layout.left,
    marginRight: layout.right,
    marginTop: 10,
    marginBottom: 36,
    x: { domain: [Math.min(0, ...bubbles.map(({ share }) => share)), 1], label: null, inset: 12 },
    y: { domain: questions.map(({ label }) => label), axis: null, padding: 0 },
    r: { domain: [0, Math.max(1, ...bubbles.map(({ answers }) => answers))], range: [0, isNarrow ? 11 : 15] },
    marks: [
      ...scaleMarks(drawing, questions, layout),
      ...bubbleMarks(drawing, bubbles),
      ...meanMarks(drawing, questions, layout),
    ],
  });
}

function scaleMarks(
  { plot }: Drawing,
  questions: readonly IndexedQuestion[],
  { isNarrow, left }: Layout,
): Plot.Markish[] {
  const ticks = isNarrow ? 4 : 10;
  const passes = questions.flatMap(({ label, rubric: { scale } }) =>
    scale.pass === undefined ? [] : [{ label, share: scale.pass / scale.max }],
  );
  return [
    plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks }),
    plot.axisX({ tickSize: 0, ticks, tickFormat: "%", fill: "var(--muted)" }),
    plot.ruleY(questions, { y: "label", stroke: "var(--line)" }),
    plot.tickX(passes, { x: "share", y: "label", stroke: "var(--muted)", strokeDasharray: "3,3", inset: 6 }),
    plot.text(questions, {
      y: "label",
      text: ({ label, text }: IndexedQuestion) => (isNarrow ? label : `${label}  ${shortened(text, 32)}`),
      frameAnchor: "left",
      dx: -left,
      fill: "var(--ink)",
      fontSize: 13,
    }),
  ];
}

function bubbleMarks({ plot }: Drawing, bubbles: readonly Bubble[]): Plot.Markish[] {
  const shared = { x: "share", y: "question", r: "answers", strokeWidth: 1.5, title: bubbleTitle } as const;
  const counted = bubbles.filter(({ isProvisional }) => !isProvisional);
  const provisional = bubbles.filter(({ isProvisional }) => isProvisional);
  return [
    plot.dot(counted, { ...shared, fill: "var(--accent)", fillOpacity: 0.55, stroke: "var(--accent)" }),
    plot.dot(provisional, { ...shared, fill: "none", stroke: "var(--review)" }),
  ];
}

function meanMarks({ plot }: Drawing, questions: readonly IndexedQuestion[], { isNarrow }: Layout): Plot.Markish[] {
  const means = questions.flatMap(({ label, grades }) => {
    const mean = meanShare(grades);
    return mean === undefined ? [] : [{ label, ...mean, words: isNarrow ? percent(mean.mean) : meanWords(mean) }];
  });
  return [
    plot.tickX(means, { x: "mean", y: "label", stroke: "var(--ink)", strokeWidth: 3, inset: 5 }),
    plot.text(means, {
      y: "label",
      text: "words",
      frameAnchor: "right",
      textAnchor: "start",
      dx: isNarrow ? 10 : 20,
      fill: "var(--ink)",
      fontSize: 13,
    }),
  ];
}

function bubblesOf({ label, grades, rubric: { scale } }: IndexedQuestion): readonly Bubble[] {
  const counted = bubblesAt(grades, ({ counted: mark }) => mark);
  const provisional = bubblesAt(grades, ({ provisional: mark }) => mark);
  const make =
    (isProvisional: boolean) =>
    ([mark, answers]: readonly [number, number]): Bubble => ({
      question: label,
      share: mark / scale.max,
      answers,
      isProvisional,
    });
  return [...Array.from(counted, make(false)), ...Array.from(provisional, make(true))];
}

function bubblesAt(
  grades: readonly IndexedGrade[],
  markOf: (grade: IndexedGrade) => number | undefined,
): ReadonlyMap<number, number> {
  const answers = new Map<number, number>();
  for (const mark of grades.map(markOf)) {
    if (mark !== undefined) answers.set(mark, (answers.get(mark) ?? 0) + 1);
  }
  return answers;
}

function bubbleTitle({ question, share, answers, isProvisional }: Bubble): string {
  return `${question}: ${percent(share)}, ${plural(answers, "answer")}${isProvisional ? ", provisional" : ""}`;
}

function marksTable(questions: readonly IndexedQuestion[]): Html {
  return dataTable(
    ["Question", "Mean", "n", "Least", "Most", "Full marks", "Pass mark"],
    questions.map(({ label, grades, rubric: { scale } }) => {
      const mean = meanShare(grades);
      const marks = grades.flatMap(({ counted }) => counted ?? []).toSorted((left, right) => left - right);
      const [least, most] = [marks[0], marks.at(-1)];
      return [
        label,
        mean === undefined ? "n/a" : percent(mean.mean),
        marks.length,
        least === undefined ? "n/a" : points(least),
        most === undefined ? "n/a" : points(most),
        points(scale.max),
        scale.pass === undefined ? "none" : points(scale.pass),
      ];
    }),
  );
}
