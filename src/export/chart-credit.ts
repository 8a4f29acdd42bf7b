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

/** Answers of one criterion that got one share of its credit, as a stretch of its bar. */
interface Stretch {
  readonly criterion: string;
  readonly from: number;
  readonly to: number;
  readonly answers: number;
  readonly fill: string;
  readonly onFill: string;
}

const BANDS = ["none", "part", "full"] as const;
const ROW = 30;

/**
 * Criteria by credit: the deeper the colour, the more of it was earned, and the longer the stretch, the more answers earned so
 * much. What a penalty took has a colour of its own. Rows are named as in {@link criterionName}.
 */
export function creditHeatMap({ plot, svg }: Drawing, label: string, credits: readonly CriterionCredit[]): Html {
  const stretches = credits.flatMap((credit, at) => stretchesOf(credit, criterionName(at)));
  const most = Math.max(1, ...credits.map(({ none, part, full }) => none + part + full));
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
    height: credits.length * ROW + 6,
    marginLeft: 122,
    marginRight: 46,
    marginTop: 4,
    marginBottom: 2,
    x: { domain: [0, most], axis: null },
    y: { domain: credits.map((_credit, at) => criterionName(at)), axis: null, padding: 0.14 },
    marks: [
      plot.barX(stretches, {
        x1: "from",
        x2: "to",
        y: "criterion",
        fill: "fill",
        rx: 3,
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      plot.text(stretches, {
        x: ({ from, to }: Stretch) => (from + to) / 2,
        y: "criterion",
        text: "answers",
        fill: "onFill",
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

const PENALTY_FILLS = {
  none: ["var(--heat-0)", "var(--on-heat-0)"],
  part: ["var(--penalty-soft)", "var(--on-penalty-soft)"],
  full: ["var(--penalty)", "var(--on-penalty)"],
} as const;
const SHARES = { none: 0, part: 0.5, full: 1 } as const;

function stretchesOf(credit: CriterionCredit, criterion: string): readonly Stretch[] {
  let from = 0;
  return BANDS.flatMap((band) => {
    const answers = credit[band];
    if (answers === 0) return [];
    const share = SHARES[band];
    const [fill, onFill] = credit.isPenalty ? PENALTY_FILLS[band] : [heatColour(share), onHeatColour(share)];
    const stretch = { criterion, from, to: from + answers, answers, fill, onFill };
    from = stretch.to;
    return [stretch];
  });
}
