import * as fc from "fast-check";
import { exact, type Thousandths } from "../../../src/grade/rubric/points.ts";
import {
  type Criterion,
  EVIDENCE_POLICIES,
  type Group,
  type Level,
  type Rubric,
} from "../../../src/grade/rubric/rubric.ts";

const POINTS_IN_STEPS_OF = [1, 10, 125, 250, 500, 1000];

/** Whole, half, odd and very small points, in thousandths. */
function points(most: number): fc.Arbitrary<Thousandths> {
  return fc
    .tuple(fc.integer({ min: 0, max: most }), fc.constantFrom(...POINTS_IN_STEPS_OF))
    .map(([value, unit]) => exact(Math.floor(value / unit) * unit));
}

const word = fc.constantFrom(
  "lock",
  "thread",
  "é",
  "e\u0301",
  "no",
  "12",
  "- a",
  "x: y",
  "#",
  "'",
  '"',
  "日本",
  "\u{1F600}",
);
const filledText = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
const texts = fc.array(filledText, { maxLength: 2 });
const GROUP_IDS = ["g1", "g2"];

interface CriterionPlan {
  readonly sizes: readonly Thousandths[];
  readonly isPenalty: boolean;
  readonly hasDefaultIds: boolean;
  readonly criterion: Omit<Criterion, "id" | "kind" | "levels">;
  readonly descriptors: readonly string[];
}

const criterionPlan: fc.Arbitrary<CriterionPlan> = fc.record({
  sizes: fc.uniqueArray(points(4000), { minLength: 1, maxLength: 4 }),
  isPenalty: fc.integer({ min: 0, max: 3 }).map((value) => value === 0),
  hasDefaultIds: fc.boolean(),
  descriptors: fc.array(fc.oneof(filledText, fc.constant("")), { minLength: 5, maxLength: 5 }),
  criterion: fc.record({
    text: filledText,
    evidence: fc.constantFrom(...EVIDENCE_POLICIES),
    accepts: texts,
    rejects: texts,
    group: fc.option(fc.constantFrom(...GROUP_IDS), { nil: undefined }),
    capWithout: fc.option(points(6000), { nil: undefined, freq: 3 }),
  }),
});

function criterionOf(
  { sizes, isPenalty, hasDefaultIds, criterion, descriptors }: CriterionPlan,
  at: number,
): Criterion {
  const ascending = Array.from(new Set([0, ...sizes])).toSorted((left, right) => left - right);
  const count = ascending.length === 1 ? [0, 0] : ascending;
  const levels = count.map((size, place): Level => ({
    id: hasDefaultIds && !isPenalty ? `level-${place}` : `own-${place}`,
    points: exact(isPenalty ? -size : size),
    descriptor: descriptors[place] ?? "",
    anchors: [],
  }));
  const { capWithout, ...rest } = criterion;
  const limited = isPenalty ? rest : { ...rest, capWithout };
  return { ...limited, id: `criterion-${at}`, kind: isPenalty ? "penalty" : "levels", levels };
}

const scale = fc.record({
  max: points(12_000).map((value) => exact(value + 1000)),
  step: fc.constantFrom(exact(1), exact(3), exact(250), exact(500), exact(1000)),
  floor: fc.integer({ min: -5000, max: 900 }).map(exact),
  pass: fc.option(points(9000), { nil: undefined }),
  penaltyLimit: fc.option(
    points(3000).map((value) => exact(0 - value)),
    { nil: undefined },
  ),
});

/** Rubrics that keep their contract: any kinds, points, groups, caps, limits, floors and steps. */
export const anyRubric: fc.Arbitrary<Rubric> = fc
  .record({
    plans: fc.array(criterionPlan, { minLength: 1, maxLength: 6 }),
    groups: fc.tuple(
      ...GROUP_IDS.map((id) =>
        fc.record({
          id: fc.constant(id),
          kind: fc.constantFrom<Group["kind"][]>("one-of", "many-of"),
          cap: fc.option(points(5000), { nil: undefined }),
        }),
      ),
    ),
    scale,
    guidelines: fc.oneof(filledText, fc.constant("")),
    reference: fc.oneof(
      fc.constant<Rubric["reference"]>({ from: "bank" }),
      filledText.map((text): Rubric["reference"] => ({ from: "rubric", text })),
    ),
    question: fc.oneof(
      fc.constant<Rubric["question"]>({ id: "q-0123456789ab" }),
      filledText.map((match): Rubric["question"] => ({ match })),
    ),
    precedent: fc.option(fc.tuple(fc.nat(), fc.nat(), filledText, filledText), { nil: undefined }),
  })
  .map(({ plans, precedent, ...rest }) => {
    const criteria = plans.map(criterionOf);
    const [which = 0, place = 0, answer = "", note = ""] = precedent ?? [];
    const criterion = criteria[which % criteria.length];
    const level = criterion?.levels[place % criterion.levels.length];
    const precedents =
      precedent === undefined || criterion === undefined || level === undefined
        ? []
        : [{ answer, criterion: criterion.id, level: level.id, note }];
    return { id: "sample", criteria, precedents, ...rest };
  });

/** A rubric with one level chosen of each of its criteria. */
export const anyVerdict: fc.Arbitrary<{ readonly rubric: Rubric; readonly levels: ReadonlyMap<string, string> }> = fc
  .tuple(anyRubric, fc.array(fc.nat({ max: 59 }), { minLength: 6, maxLength: 6 }))
  .map(([rubric, choices]) => ({
    rubric,
    levels: new Map(
      rubric.criteria.map(({ id, levels }, at) => [id, levels[(choices[at] ?? 0) % levels.length]?.id ?? ""]),
    ),
  }));
