import { expect, test } from "vitest";
import { outliersAmongRaters } from "../../../src/grade/agreement/outliers.ts";
import { below, seededRandom } from "../../../src/grade/agreement/random.ts";
import { onScale, row, wholePoints } from "./marked-rows.ts";

test("a mark more than a quarter of the scale from the median of the others", () => {
  const rows = [
    row(undefined, [6, 6, 2]),
    row(undefined, [5, 7.5, 6]),
    row(undefined, [8], { candidate: "c-2" }),
    row(undefined, [1, 9], { candidate: "c-3", criterion: "definition", scale: wholePoints(20) }),
  ];
  const place = { question: "q-1", attempt: 1 };
  expect(outliersAmongRaters(rows)).toEqual([
    { ...place, candidate: "c-1", criterion: undefined, rater: "C", points: 2_000, others: 6_000, raters: 2 },
    { ...place, candidate: "c-3", criterion: "definition", rater: "A", points: 1_000, others: 9_000, raters: 1 },
    { ...place, candidate: "c-3", criterion: "definition", rater: "B", points: 9_000, others: 1_000, raters: 1 },
  ]);
});

test("thirty planted marks among 720 of three people are found, and hardly another", () => {
  const random = seededRandom(19);
  const scale = wholePoints(10);
  const planted = new Set<string>();
  const rows = Array.from({ length: 240 }, (_, at) => {
    const truth = below(random, 11);
    const marks = [0, 1, 2].map(() => onScale(scale, truth + (below(random, 4) === 0 ? 1 : 0)));
    if (at % 8 === 0) {
      const rater = below(random, 3);
      marks[rater] = truth > 5 ? truth - 5 : truth + 5;
      planted.add(`c-${at} ${"ABC"[rater] ?? ""}`);
    }
    return row(undefined, marks, { scale, candidate: `c-${at}` });
  });
  const found = outliersAmongRaters(rows).map(({ candidate, rater }) => `${candidate} ${rater}`);
  expect(planted.size).toBe(30);
  expect(found.filter((each) => planted.has(each)).length).toBeGreaterThanOrEqual(29);
  expect(found.filter((each) => !planted.has(each)).length).toBeLessThanOrEqual(20);
});
