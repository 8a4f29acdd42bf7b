import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exact, formatPoints, thousandths } from "../../../src/grade/rubric/points.ts";
import type { Criterion, Group, Rubric, Scale } from "../../../src/grade/rubric/rubric.ts";
import { applyRules } from "../../../src/grade/rubric/rules.ts";
import { anyVerdict } from "./rubric-arbitrary.ts";

// The oracle: fractions of big integers, group by group, straight from the words of the rules.

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const fraction = (decimal: string): Fraction => {
  const [whole = "0", places = ""] = decimal.split(".");
  return { over: BigInt(whole + places), under: 10n ** BigInt(places.length) };
};
const plus = (left: Fraction, right: Fraction): Fraction => ({
  over: left.over * right.under + right.over * left.under,
  under: left.under * right.under,
});
const isLess = (left: Fraction, right: Fraction): boolean => left.over * right.under < right.over * left.under;
const smaller = (left: Fraction, right: Fraction): Fraction => (isLess(left, right) ? left : right);
const larger = (left: Fraction, right: Fraction): Fraction => (isLess(left, right) ? right : left);
const zero = fraction("0");
const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, zero);

function wholeSteps(value: Fraction, step: Fraction): Fraction {
  const over = value.over * step.under;
  const under = value.under * step.over;
  const quotient = over / under - (over < 0n && over % under !== 0n ? 1n : 0n);
  return { over: quotient * step.over, under: step.under };
}

const decimal = (value: number): Fraction => fraction(formatPoints(exact(value)));

function expected(rubric: Rubric, levels: ReadonlyMap<string, string>): Fraction {
  const marks = rubric.criteria.map(({ id, group, capWithout, levels: own }) => {
    const points = decimal(own.filter((level) => level.id === levels.get(id))[0]?.points ?? 0);
    return { group, points, capWithout: isLess(zero, points) ? undefined : capWithout };
  });
  let credit = zero;
  let penalties = zero;
  for (const name of [undefined, ...rubric.groups.map(({ id }) => id)]) {
    const group = rubric.groups.find(({ id }) => id === name);
    const own = marks.filter((mark) => mark.group === name).map(({ points }) => points);
    const [best] = own.toSorted((left, right) => (isLess(right, left) ? -1 : 1));
    const counting = group?.kind === "one-of" ? [best ?? zero] : own;
    const gained = sum(counting.filter((points) => isLess(zero, points)));
    credit = plus(credit, group?.cap === undefined ? gained : smaller(gained, decimal(group.cap)));
    penalties = plus(penalties, sum(counting.filter((points) => isLess(points, zero))));
  }
  const { max, floor, step, penaltyLimit } = rubric.scale;
  if (penaltyLimit !== undefined) penalties = larger(penalties, decimal(penaltyLimit));
  const caps = marks.flatMap(({ capWithout }) => (capWithout === undefined ? [] : [decimal(capWithout)]));
  const limited = [...caps, decimal(max)].reduce(smaller, plus(credit, penalties));
  return larger(wholeSteps(larger(limited, decimal(floor)), decimal(step)), decimal(floor));
}

describe("rules", () => {
  test("equal exact decimal arithmetic on 10,000 rubrics and verdicts", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyVerdict, ({ rubric, levels }) => {
        const { total, events } = applyRules(rubric, levels);
        const { over, under } = expected(rubric, levels);
        expect(BigInt(total) * under).toBe(over * 1000n);
        for (const { rule } of events) seen.add(rule);
      }),
      { numRuns: 10_000, seed: 7 },
    );
    expect(seen).toEqual(new Set(["one-of", "group-cap", "penalty-limit", "required", "max", "floor", "rounding"]));
  });

  test("the plain sum and the events lead to the total", () => {
    fc.assert(
      fc.property(anyVerdict, ({ rubric, levels }) => {
        const { criteria, total, events } = applyRules(rubric, levels);
        const plain = criteria.reduce((before, { points }) => before + points, 0);
        expect(events.reduce((before, event) => before + event.after - event.before, plain)).toBe(total);
        expect(events.filter((event) => event.before === event.after)).toEqual([]);
      }),
    );
  });

  test("a better level of one criterion never lowers the total", () => {
    fc.assert(
      fc.property(anyVerdict, ({ rubric, levels }) => {
        const worse = rubric.criteria.map(({ levels: own }) => own.toSorted((a, b) => a.points - b.points)[0]);
        rubric.criteria.forEach(({ id }, at) => {
          const lowered = new Map([...levels, [id, worse[at]?.id ?? ""]]);
          expect(applyRules(rubric, lowered).total).toBeLessThanOrEqual(applyRules(rubric, levels).total);
        });
      }),
    );
  });
});

function criterion(id: string, points: readonly number[], rest: Partial<Criterion> = {}): Criterion {
  const levels = points.map((value, at) => ({ id: `l${at}`, points: thousandths(value), descriptor: "", anchors: [] }));
  return { id, text: id, kind: "levels", evidence: "required", accepts: [], rejects: [], ...rest, levels };
}

function rubricOf(criteria: readonly Criterion[], scale: Partial<Scale> = {}, groups: readonly Group[] = []): Rubric {
  return {
    id: "sample",
    question: { id: "sample" },
    scale: { max: thousandths(10), step: thousandths(0.5), floor: thousandths(0), ...scale },
    guidelines: "",
    reference: { from: "bank" },
    criteria,
    groups,
    precedents: [],
  };
}

function marked(of: Rubric, ...places: readonly number[]): unknown {
  const { criteria, total, events } = applyRules(of, new Map(of.criteria.map(({ id }, at) => [id, `l${places[at]}`])));
  const changes = events.map(({ rule, subject, before, after }) => [rule, subject, before, after].join(" "));
  return { counted: criteria.map(({ counted }) => counted), total, changes };
}

describe("each rule", () => {
  test("the best of a one-of group counts, the first of equals", () => {
    const group = { id: "g", kind: "one-of", cap: thousandths(2.5) } as const;
    const of = rubricOf([criterion("a", [0, 3], { group: "g" }), criterion("b", [0, 2, 3], { group: "g" })], {}, [
      group,
    ]);
    expect(marked(of, 1, 2)).toEqual({
      counted: [3000, 0],
      total: 2500,
      changes: ["one-of b 3000 0", "group-cap g 3000 2500"],
    });
    expect(marked(of, 0, 1)).toEqual({ counted: [0, 2000], total: 2000, changes: [] });
  });

  test("a cap limits the credit of its group, and penalties come after it", () => {
    const group = { id: "g", kind: "many-of", cap: thousandths(3) } as const;
    const criteria = [criterion("a", [0, 2]), criterion("b", [0, 2]), criterion("wrong", [0, -1], { kind: "penalty" })];
    const of = rubricOf(
      criteria.map((each) => ({ ...each, group: "g" })),
      {},
      [group],
    );
    expect(marked(of, 1, 1, 1)).toEqual({
      counted: [2000, 2000, -1000],
      total: 2000,
      changes: ["group-cap g 4000 3000"],
    });
  });

  test("penalties stop at their limit and at the floor", () => {
    const penalties = [criterion("x", [0, -2]), criterion("y", [0, -3])];
    expect(marked(rubricOf(penalties, { penaltyLimit: thousandths(-4), floor: thousandths(-3) }), 1, 1)).toEqual({
      counted: [-2000, -3000],
      total: -3000,
      changes: ["penalty-limit  -5000 -4000", "floor  -4000 -3000"],
    });
  });

  test("without what is required the total is capped", () => {
    const of = rubricOf([criterion("must", [0, 1], { capWithout: thousandths(4) }), criterion("a", [0, 8])]);
    expect(marked(of, 0, 1)).toEqual({ counted: [0, 8000], total: 4000, changes: ["required must 8000 4000"] });
    expect(marked(of, 1, 1)).toEqual({ counted: [1000, 8000], total: 9000, changes: [] });
  });

  test("nothing goes beyond the maximum, and rounding is down on both sides of nought", () => {
    expect(marked(rubricOf([criterion("a", [0, 12.3])]), 1)).toEqual({
      counted: [12_300],
      total: 10_000,
      changes: ["max  12300 10000"],
    });
    expect(marked(rubricOf([criterion("a", [0, 1.9])]), 1)).toMatchObject({
      total: 1500,
      changes: ["rounding  1900 1500"],
    });
    const low = rubricOf([criterion("a", [0, -0.7])], { floor: thousandths(-5) });
    expect(marked(low, 1)).toMatchObject({ total: -1000, changes: ["rounding  -700 -1000"] });
    const between = rubricOf([criterion("a", [0, -0.7])], { floor: thousandths(-0.8) });
    expect(marked(between, 1)).toMatchObject({ total: -800, changes: ["rounding  -700 -800"] });
  });

  test("a criterion without one of its levels is a fault of the caller", () => {
    const of = rubricOf([criterion("a", [0, 1])]);
    expect(() => applyRules(of, new Map())).toThrow(new RangeError("criterion a is not given one of its levels"));
    expect(() => applyRules(of, new Map([["a", "l9"]]))).toThrow(RangeError);
  });
});
