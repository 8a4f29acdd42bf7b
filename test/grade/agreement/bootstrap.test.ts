import { describe, expect, test } from "vitest";
import type { AgreementRow } from "../../../src/grade/agreement/agreement-row.ts";
import type { BootstrapOptions } from "../../../src/grade/agreement/bootstrap.ts";
import type { Interval, Measured } from "../../../src/grade/agreement/estimate.ts";
import { estimateOf, measure } from "../../../src/grade/agreement/measure.ts";
import { againstHuman, type Panel } from "../../../src/grade/agreement/panel.ts";
import { below, seededRandom, type Random } from "../../../src/grade/agreement/random.ts";
import { STATISTICS } from "../../../src/grade/agreement/statistics.ts";
import { normal, onScale, pick, row, wholePoints } from "./marked-rows.ts";

const SCALE = wholePoints(3);
const BY_CANDIDATE: BootstrapOptions = { seed: 1, resamples: 300, clusters: ["candidate"] };

const judged = (rows: readonly AgreementRow[]): Panel => againstHuman(rows, ({ judge }) => judge);

function qwk(rows: readonly AgreementRow[], options: BootstrapOptions): Measured {
  return measure(judged(rows), { qwk: STATISTICS.qwk }, options).qwk;
}

function intervalOf(measured: Measured): Interval {
  return measured.kind === "known" ? measured.interval : { kind: "undefined", reason: "rarely-defined" };
}

function widthOf(interval: Interval): number {
  return interval.kind === "known" ? interval.upper - interval.lower : Number.NaN;
}

/** A judge who agrees moderately with a person, on a scale of 0 to 3. */
function answers(random: Random, count: number): readonly AgreementRow[] {
  return Array.from({ length: count }, (_, at) => {
    const person = onScale(SCALE, 1.2 + 1.1 * normal(random));
    const judge = onScale(SCALE, 0.3 + 0.8 * person + 0.7 * normal(random));
    return row(judge, [person], { scale: SCALE, candidate: `c-${at}` });
  });
}

describe("the 95% interval", () => {
  test.each([50, 100])("covers the QWK of the whole set in 90 to 99 of 100 draws of %i answers", (size) => {
    const whole = answers(seededRandom(8), 2_000);
    const truth = estimateOf(judged(whole), STATISTICS.qwk) ?? Number.NaN;
    const random = seededRandom(size);
    let covered = 0;
    for (let draw = 0; draw < 500; draw++) {
      const drawn = Array.from({ length: size }, (_, at) => ({ ...pick(random, whole), candidate: `c-${at}` }));
      const interval = intervalOf(qwk(drawn, { ...BY_CANDIDATE, seed: draw }));
      if (interval.kind === "known" && interval.lower <= truth && truth <= interval.upper) covered += 1;
    }
    expect(covered / 500).toBeGreaterThanOrEqual(0.9);
    expect(covered / 500).toBeLessThanOrEqual(0.99);
  });

  test("is wider when answers of one candidate are drawn together, where they are alike", () => {
    const random = seededRandom(9);
    // The judge likes some candidates and not others, in all of their ten answers.
    const rows = Array.from({ length: 20 }, (_, candidate) => {
      const liking = normal(random);
      return Array.from({ length: 10 }, (__, question) => {
        const person = below(random, 4);
        return row(onScale(SCALE, person + liking), [person], {
          scale: SCALE,
          candidate: `c-${candidate}`,
          question: `q-${question}`,
        });
      });
    }).flat();
    const naive = rows.map((each, at) => ({ ...each, candidate: `c-${at}` }));
    const { bias } = STATISTICS;
    const [clustered, plain] = [rows, naive].map((set) =>
      widthOf(intervalOf(measure(judged(set), { bias }, BY_CANDIDATE).bias)),
    );
    expect(clustered).toBeGreaterThan(1.5 * (plain ?? Number.NaN));
  });

  test("is wider still when questions are drawn too, where the judge is unlike on them", () => {
    const random = seededRandom(10);
    const rows = Array.from({ length: 300 }, (_, at) => {
      const person = below(random, 4);
      const question = at % 10;
      return row(onScale(SCALE, person + (question % 2 === 0 ? 1 : -1)), [person], {
        scale: SCALE,
        candidate: `c-${at}`,
        question: `q-${question}`,
      });
    });
    const by = (clusters: BootstrapOptions["clusters"]): number =>
      widthOf(intervalOf(measure(judged(rows), { bias: STATISTICS.bias }, { ...BY_CANDIDATE, clusters }).bias));
    expect(by(["candidate", "question"])).toBeGreaterThan(2 * by(["candidate"]));
  });

  test("is the same to the last byte for the same seed, and another for another", () => {
    const rows = answers(seededRandom(11), 60);
    const [first, again, other] = [1, 1, 2].map((seed) =>
      JSON.stringify(measure(judged(rows), STATISTICS, { ...BY_CANDIDATE, seed })),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("is that of known figures for a known seed", () => {
    expect(qwk(answers(seededRandom(12), 40), BY_CANDIDATE)).toMatchInlineSnapshot(`
      {
        "interval": {
          "kind": "known",
          "lower": 0.5435212534306904,
          "upper": 0.8097247020067394,
        },
        "kind": "known",
        "n": 40,
        "value": 0.6973365617433415,
      }
    `);
  });
});

function mae(rows: readonly AgreementRow[]): Measured {
  return measure(judged(rows), { mae: STATISTICS.mae }, BY_CANDIDATE).mae;
}

describe("no interval rather than a false one", () => {
  test("answers of one candidate", () => {
    expect(mae([row(1, [2]), row(5, [5], { question: "q-2" })])).toEqual({
      kind: "known",
      value: 0.05,
      n: 2,
      interval: { kind: "undefined", reason: "one-cluster" },
    });
  });

  test("a few answers that all agree", () => {
    const few = Array.from({ length: 5 }, (_, at) => row(at, [at], { candidate: `c-${at}` }));
    expect(mae(few)).toEqual({
      kind: "known",
      value: 0,
      n: 5,
      interval: { kind: "undefined", reason: "no-spread" },
    });
  });

  test("a value that most redraws do not have", () => {
    const rows = [row(1, [1], { candidate: "c-1" }), row(5, [6], { candidate: "c-2" })];
    expect(qwk(rows, BY_CANDIDATE)).toEqual({
      kind: "known",
      value: expect.closeTo(0.9524, 4),
      n: 2,
      interval: { kind: "undefined", reason: "rarely-defined" },
    });
  });
});
