import { array, assert, integer, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgreementRow } from "../../../src/grade/agreement/agreement-row.ts";
import type { Estimate } from "../../../src/grade/agreement/estimate.ts";
import { againstHuman, amongHumans, type Panel } from "../../../src/grade/agreement/panel.ts";
import { below, seededRandom, type Random } from "../../../src/grade/agreement/random.ts";
import { STATISTIC_NAMES, STATISTICS, type StatisticName } from "../../../src/grade/agreement/statistics.ts";
import { row, wholePoints } from "./marked-rows.ts";
import * as oracle from "./statistics-oracle.ts";

function estimate(panel: Panel, name: StatisticName): Estimate {
  return STATISTICS[name](panel)(new Float64Array(panel.units.length).fill(1));
}

function valueOf(panel: Panel, name: StatisticName): number | undefined {
  const found = estimate(panel, name);
  return found.kind === "known" ? found.value : undefined;
}

const judged = (rows: readonly AgreementRow[]): Panel => againstHuman(rows, ({ judge }) => judge);

/** Judge and one person, as points on a scale of 4 with a pass mark of 2. */
function pairs(marks: readonly (readonly [judge: number, person: number])[]): Panel {
  const scale = wholePoints(4, 2);
  return judged(marks.map(([judge, person]) => row(judge, [person], { scale })));
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

const known = (value: number): Estimate => ({ kind: "known", value, n: 4 });

const reasons = (panel: Panel): Readonly<Record<string, string>> =>
  Object.fromEntries(
    STATISTIC_NAMES.flatMap((name) => {
      const found = estimate(panel, name);
      return found.kind === "known" ? [] : [[name, found.reason]];
    }),
  );

const values = (panel: Panel): readonly (number | undefined)[] => STATISTIC_NAMES.map((name) => valueOf(panel, name));

/** Each as exact as the sums that it is made of: rounded, two of them could stand on both sides of a half. */
function expectAllSame(found: readonly (number | undefined)[], wanted: readonly (number | undefined)[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [at, value] of found.entries()) expectSame(value, wanted[at]);
}

const withoutAlpha = (panel: Panel): readonly (number | undefined)[] =>
  values(panel).filter((_, at) => !(STATISTIC_NAMES[at] ?? "").startsWith("alpha"));

const MOST = 6;

/** Up to 40 answers, up to 5 raters, a fifth of the marks missing; some raters give every answer the same. */
function randomTable(random: Random): oracle.Table {
  const raters = Array.from({ length: 2 + below(random, 4) }, () => ({
    constant: below(random, 4) === 0 ? below(random, MOST + 1) : undefined,
    halves: below(random, 2) === 0,
  }));
  return Array.from({ length: below(random, 41) }, () =>
    raters.map(({ constant, halves }) => {
      if (below(random, 5) === 0) return undefined;
      return constant ?? (halves ? below(random, 2 * MOST + 1) / 2 : below(random, MOST + 1));
    }),
  );
}

function expectSame(found: number | undefined, wanted: number | undefined): void {
  if (found === undefined || wanted === undefined) expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThan(1e-9);
}

const nearestWhole = (points: number): number => Math.floor(points + 0.5);

describe("against an independent implementation, on 1,000 random tables", () => {
  const scale = wholePoints(MOST);
  const random = seededRandom(6);
  const tables = Array.from({ length: 1_000 }, () => randomTable(random));

  test("alpha of any number of raters with marks missing", () => {
    for (const table of tables) {
      const panel = amongHumans(table.map((marks) => row(undefined, marks, { scale })));
      const whole = table.map((marks) => marks.map((mark) => (mark === undefined ? undefined : nearestWhole(mark))));
      expectSame(valueOf(panel, "alphaInterval"), oracle.alpha(table, oracle.squared));
      expectSame(valueOf(panel, "alphaOrdinal"), oracle.alpha(whole, oracle.ordinal));
      expectSame(valueOf(panel, "alphaNominal"), oracle.alpha(whole, oracle.unequal));
    }
  });

  test("two raters", () => {
    let undefinedCases = 0;
    for (const table of tables) {
      const both = table.flatMap(([judge, person]) =>
        judge === undefined || person === undefined ? [] : [{ judge, person }],
      );
      const panel = judged(both.map(({ judge, person }) => row(judge, [person], { scale })));
      const first = both.map(({ judge }) => judge / MOST);
      const second = both.map(({ person }) => person / MOST);
      const firstSteps = both.map(({ judge }) => nearestWhole(judge) / MOST);
      const secondSteps = both.map(({ person }) => nearestWhole(person) / MOST);
      const differences = first.map((left, at) => left - (second[at] ?? Number.NaN));
      expectSame(valueOf(panel, "kappa"), oracle.weightedKappa(firstSteps, secondSteps, oracle.unequal));
      expectSame(valueOf(panel, "qwk"), oracle.weightedKappa(firstSteps, secondSteps, oracle.squared));
      expectSame(valueOf(panel, "pearson"), oracle.pearson(first, second));
      expectSame(valueOf(panel, "spearman"), oracle.spearman(first, second));
      expectSame(valueOf(panel, "bias"), mean(differences));
      expectSame(valueOf(panel, "mae"), mean(differences.map(Math.abs)));
      const meanSquare = mean(differences.map((difference) => difference ** 2));
      expectSame(valueOf(panel, "rmse"), meanSquare === undefined ? undefined : Math.sqrt(meanSquare));
      expectSame(valueOf(panel, "exact"), mean(differences.map((difference) => (difference === 0 ? 1 : 0))));
      const steps = firstSteps.map((left, at) => Math.round(Math.abs(left - (secondSteps[at] ?? 0)) * MOST));
      expectSame(valueOf(panel, "adjacent"), mean(steps.map((apart) => (apart < 2 ? 1 : 0))));
      undefinedCases += valueOf(panel, "pearson") === undefined ? 1 : 0;
    }
    expect(undefinedCases).toBeGreaterThan(100);
  });

  test("Spearman where there are no ties", () => {
    const marks = [3, 1, 4, 0, 6, 5, 2];
    const panel = judged(marks.map((mark, at) => row(mark, [at], { scale })));
    expectSame(
      valueOf(panel, "spearman"),
      oracle.spearmanWithoutTies(
        marks,
        marks.map((_, at) => at),
      ),
    );
  });
});

describe("known values", () => {
  test("alpha of the example that its author works through: four raters, twelve units, marks missing", () => {
    const raters = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
    const units = Array.from({ length: 12 }, (_, unit) =>
      raters.map((marks) => (marks[unit] === "." ? undefined : Number(marks[unit]))),
    );
    const panel = amongHumans(units.map((marks) => row(undefined, marks, { scale: wholePoints(5) })));
    expect(
      (["alphaNominal", "alphaOrdinal", "alphaInterval"] as const).map((name) => valueOf(panel, name)?.toFixed(3)),
    ).toEqual(["0.743", "0.815", "0.849"]);
    expect(estimate(panel, "alphaNominal")).toEqual({ kind: "known", value: expect.any(Number), n: 11 });
  });

  test("a small table by hand", () => {
    const panel = pairs([
      [0, 0],
      [1, 2],
      [2, 2],
      [4, 3],
    ]);
    expect(estimate(panel, "exact")).toEqual(known(0.5));
    expect(estimate(panel, "adjacent")).toEqual(known(1));
    // Differences 0, -1, 0, 1 of 4 points.
    expect(estimate(panel, "bias")).toEqual(known(0));
    expect(estimate(panel, "mae")).toEqual(known(1 / 8));
    expect(estimate(panel, "rmse")).toEqual(known(Math.sqrt(1 / 32)));
    // Judge passes 2, people 3, of 4.
    expect(estimate(panel, "passGap")).toEqual(known(-1 / 4));
    // Observed 1/2; by chance 1/16 (both 0) + 2/16 (both 2).
    expect(valueOf(panel, "kappa")).toBeCloseTo((1 / 2 - 3 / 16) / (1 - 3 / 16), 12);
    // Observed 2/4; expected E(x2) + E(y2) - 2 E(x) E(y) = 21/4 + 17/4 - 2 * 7/4 * 7/4.
    expect(valueOf(panel, "qwk")).toBeCloseTo(1 - 0.5 / (38 / 4 - 98 / 16), 12);
    // The last two of the people are tied at rank 2.5: ranks 1 2 3 4 against 1 2.5 2.5 4.
    expect(valueOf(panel, "spearman")).toBeCloseTo(4.5 / Math.sqrt(5 * 4.5), 12);
  });

  test("kappa of a table of two categories", () => {
    const cells = [
      [20, 1, 1],
      [5, 1, 0],
      [10, 0, 1],
      [15, 0, 0],
    ] as const;
    const marks = cells.flatMap(([times, judge, person]) =>
      Array.from({ length: times }, () => [judge, person] as const),
    );
    expect(valueOf(pairs(marks), "kappa")).toBeCloseTo(0.4, 12);
    // With two categories the squared weights change nothing.
    expect(valueOf(pairs(marks), "qwk")).toBeCloseTo(0.4, 12);
  });
});

describe("no value rather than 0 or 1", () => {
  test("no pairs at all", () => {
    expect(reasons(pairs([]))).toEqual(Object.fromEntries(STATISTIC_NAMES.map((name) => [name, "no-pairs"])));
  });

  test("all marks the same on both sides", () => {
    const same = pairs([
      [3, 3],
      [3, 3],
    ]);
    expect(reasons(same)).toEqual({
      qwk: "all-equal",
      qwkWithin: "all-equal",
      kappa: "all-equal",
      pearson: "all-equal",
      spearman: "all-equal",
      alphaNominal: "all-equal",
      alphaOrdinal: "all-equal",
      alphaInterval: "all-equal",
    });
  });

  test("all marks the same on one side", () => {
    const oneSided = pairs([
      [1, 3],
      [2, 3],
    ]);
    expect(reasons(oneSided)).toEqual({ pearson: "one-side-equal", spearman: "one-side-equal" });
  });

  test("no pass mark", () => {
    expect(reasons(judged([row(1, [2]), row(3, [3])]))).toEqual({ passGap: "no-pass-line" });
  });
});

describe("properties", () => {
  const marks = array(tuple(integer({ min: 0, max: 4 }), integer({ min: 0, max: 4 })), { maxLength: 30 });
  test("the order of answers changes nothing", () => {
    assert(
      property(marks, (given) => {
        expectAllSame(values(pairs(given.toReversed())), values(pairs(given)));
      }),
    );
  });

  test("raters can change places in all but the signed differences", () => {
    assert(
      property(marks, (given) => {
        const swapped = values(pairs(given.map(([judge, person]) => [person, judge])));
        const signed = STATISTIC_NAMES.map((name) => name === "bias" || name === "passGap");
        const wanted = values(pairs(given)).map((value, at) =>
          value !== undefined && signed[at] === true ? 0 - value : value,
        );
        expectAllSame(swapped, wanted);
      }),
    );
  });

  test("every answer twice says the same, but for the small-sample term of alpha", () => {
    assert(
      property(marks, (given) => {
        expectAllSame(withoutAlpha(pairs([...given, ...given])), withoutAlpha(pairs(given)));
      }),
    );
  });

  test("weights are repetition", () => {
    assert(
      property(
        array(tuple(integer({ min: 0, max: 4 }), integer({ min: 0, max: 4 }), integer({ min: 0, max: 3 })), {
          maxLength: 15,
        }),
        (given) => {
          const panel = pairs(given.map(([judge, person]) => [judge, person]));
          const weights = Float64Array.from(given.map(([, , times]) => times));
          const repeated = pairs(
            given.flatMap(([judge, person, times]) => Array.from({ length: times }, () => [judge, person] as const)),
          );
          for (const name of STATISTIC_NAMES) {
            const weighted = STATISTICS[name](panel)(weights);
            expectSame(weighted.kind === "known" ? weighted.value : undefined, valueOf(repeated, name));
          }
        },
      ),
    );
  });

  test("no agreement is above 1, no correlation outside -1 to 1, no error below nought", () => {
    assert(
      property(marks, (given) => {
        const panel = pairs(given);
        for (const name of [
          "qwk",
          "kappa",
          "alphaNominal",
          "alphaOrdinal",
          "alphaInterval",
          "exact",
          "adjacent",
          "mae",
          "rmse",
        ] as const) {
          expect(valueOf(panel, name) ?? 0).toBeLessThanOrEqual(1 + 1e-12);
        }
        for (const name of ["qwk", "kappa", "pearson", "spearman", "bias", "passGap"] as const) {
          expect(Math.abs(valueOf(panel, name) ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
        }
        for (const name of ["exact", "adjacent", "mae", "rmse"] as const) {
          expect(valueOf(panel, name) ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("each question's own agreement is not lifted by questions differing", () => {
    // Two questions, one hard and one easy; in each, every mark of the judge meets every mark of the person once.
    const spread = [0, 1, 2, 3];
    const rows = [0, 7].flatMap((base) =>
      spread.flatMap((judge) =>
        spread.map((person) =>
          row(base + judge, [base + person], { question: `q-${base}`, candidate: `c-${judge}-${person}` }),
        ),
      ),
    );
    expect(valueOf(judged(rows), "qwk")).toBeGreaterThan(0.9);
    expect(valueOf(judged(rows), "qwkWithin")).toBeCloseTo(0, 12);
  });
});

test("several people: the judge meets each of them, they meet each other", () => {
  const rows = [
    row(5, [4, 6, undefined]),
    row(7, [7, undefined, 8], { candidate: "c-2" }),
    row(1, [2], { candidate: "c-3" }),
  ];
  expect(judged(rows).pairs.map(({ first, second }) => [first.share, second.share])).toEqual([
    [0.5, 0.4],
    [0.5, 0.6],
    [0.7, 0.7],
    [0.7, 0.8],
    [0.1, 0.2],
  ]);
  expect(amongHumans(rows).pairs.map(({ first, second }) => [first.share, second.share])).toEqual([
    [0.4, 0.6],
    [0.7, 0.8],
  ]);
});
