import { array, assert, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { fitIsotonic, interpolate, type Observation } from "../../../src/grade/calibration/isotonic.ts";

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The fit by its definition: at x, the most over all starts up to x of the least over all ends from x of the mean between. */
function byMinMax(observations: readonly Observation[], x: number): number {
  const xs = [...new Set(observations.map((each) => each.x))];
  const between = (from: number, to: number): number =>
    meanOf(observations.filter((each) => each.x >= from && each.x <= to).map(({ y }) => y));
  return Math.max(
    ...xs
      .filter((from) => from <= x)
      .map((from) => Math.min(...xs.filter((to) => to >= x).map((to) => between(from, to)))),
  );
}

/** Sums of the same numbers in another order differ in their last digits. */
function rounded(knots: readonly Observation[]): readonly (readonly number[])[] {
  return knots.map(({ x, y }) => [Math.round(x * 1e9), Math.round(y * 1e9)]);
}

const observations = array(record({ x: integer({ min: 0, max: 12 }), y: integer({ min: 0, max: 8 }) }), {
  minLength: 1,
  maxLength: 25,
});

describe("the isotonic fit", () => {
  test("pools what falls", () => {
    const given = [
      { x: 1, y: 2 },
      { x: 2, y: 5 },
      { x: 3, y: 3 },
      { x: 3, y: 4 },
      { x: 5, y: 9 },
    ];
    expect(fitIsotonic(given)).toEqual([
      { x: 1, y: 2 },
      { x: 8 / 3, y: 4 },
      { x: 5, y: 9 },
    ]);
    expect(fitIsotonic([])).toEqual([]);
  });

  test("has the steps that the definition gives", () => {
    assert(
      property(observations, (given) => {
        const wanted = new Set(given.map(({ x }) => Math.round(byMinMax(given, x) * 1e9)));
        const found = new Set(fitIsotonic(given).map(({ y }) => Math.round(y * 1e9)));
        expect(found).toEqual(wanted);
      }),
    );
  });

  test("rises with x, whatever order the observations come in", () => {
    assert(
      property(observations, (given) => {
        const knots = fitIsotonic(given);
        for (const [at, { x, y }] of knots.slice(1).entries()) {
          expect(x).toBeGreaterThan(knots[at]?.x ?? Number.NaN);
          expect(y).toBeGreaterThan(knots[at]?.y ?? Number.NaN);
        }
        expect(rounded(fitIsotonic(given.toReversed()))).toEqual(rounded(knots));
      }),
    );
  });
});

test("between knots a straight line, beyond them level", () => {
  const knots = [
    { x: 2, y: 1 },
    { x: 4, y: 5 },
    { x: 5, y: 6 },
  ];
  expect([0, 2, 2.5, 4, 4.5, 5, 9].map((x) => interpolate(knots, x))).toEqual([1, 1, 2, 5, 5.5, 6, 6]);
  expect([0, 2, 9].map((x) => interpolate([{ x: 2, y: 3 }], x))).toEqual([3, 3, 3]);
  expect(() => interpolate([], 1)).toThrow("a map needs one knot at least");
});
