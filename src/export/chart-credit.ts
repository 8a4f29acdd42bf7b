import type { IndexedQuestion } from "./book-index.ts";
import { criterionName } from "./criterion-name.ts";
import type { Drawing } from "./drawing.ts";
import { shortened } from "./figure.ts";
import { heatColour, onHeatColour } from "./heat.ts";
import type { Html } from "./html.ts";
import { percent } from "./number-words.ts";
import { fullPoints, meanOf, shareOfCredit } from "./statistics.ts";

const WIDTH = 330;

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
