import { describe, expect, test } from "vitest";
import { deferWorst, doubtOf, type DoubtSignals, markFlags } from "../../../src/grade/judge/deferral.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";
import type { GradeRecord } from "../../../src/grade/records/record.ts";
import { GOOD_ANSWER, honest, itemOf, judgeRig, WEAK_ANSWER } from "./judge-rig.ts";

const SCALE = { max: thousandths(10), step: thousandths(0.5), floor: exact(0), pass: thousandths(6) };

function signals(changes: Partial<DoubtSignals> = {}): DoubtSignals {
  return { mark: thousandths(9), scale: SCALE, dissent: 0, crossCheck: undefined, ...changes };
}

describe("doubt", () => {
  test("is nothing without a reason, and grows with each", () => {
    const grown = [
      doubtOf(signals(), []),
      doubtOf(signals(), ["evidence-aligned"]),
      doubtOf(signals({ crossCheck: 0.5 }), ["evidence-aligned"]),
      doubtOf(signals({ crossCheck: 0.5, dissent: 1 / 3 }), ["evidence-aligned"]),
      doubtOf(signals({ crossCheck: 0.5, dissent: 1 / 2 }), ["evidence-aligned", "samples-disagree"]),
      doubtOf(signals({ crossCheck: 0, dissent: 1 / 2, mark: thousandths(6) }), [
        "canary-credited",
        "samples-disagree",
      ]),
    ];
    expect(grown).toEqual([0, 0.1, 0.28, 0.496, 0.8812, 0.9931]);
  });

  test("tells a mark near the pass mark, and one far from the cross-check", () => {
    const marks = [4.9, 5, 5.5, 6, 6.9, 7].map((mark) => markFlags(signals({ mark: thousandths(mark) })).length);
    expect(marks).toEqual([0, 0, 1, 1, 1, 0]);
    expect(markFlags(signals({ crossCheck: 0.4 }))).toEqual(["cross-check-differs"]);
    expect(markFlags(signals({ crossCheck: 0.41 }))).toEqual([]);
    expect(markFlags(signals({ mark: thousandths(1), crossCheck: 0.9 }))).toEqual(["cross-check-differs"]);
    const { pass: _pass, ...scale } = SCALE;
    expect(markFlags(signals({ mark: thousandths(6), scale }))).toEqual([]);
  });
});

test("a mark far above the cross-check waits for a person, one far below it does not", async () => {
  const far = await judgeRig(honest).record(itemOf(GOOD_ANSWER, { crossCheck: 0.2 }));
  expect([far.state, far.mark, far.flags]).toEqual(["needs-review", 6000, ["cross-check-far-below"]]);
  const below = await judgeRig(honest).record(itemOf(WEAK_ANSWER, { crossCheck: 1 }));
  expect([below.state, below.mark, below.flags]).toEqual(["graded", 1000, ["cross-check-differs"]]);
});

const record = await judgeRig(honest).record(itemOf(WEAK_ANSWER));

function records(doubts: readonly number[]): readonly GradeRecord[] {
  return doubts.map((doubt, at) => ({ ...record, candidate: `c-${at}`, doubt }));
}

function deferred(of: readonly GradeRecord[]): readonly string[] {
  return of.flatMap(({ state, candidate }) => (state === "needs-review" ? [candidate] : []));
}

describe("a review budget", () => {
  test("takes the most doubtful share, at most, and leaves the order", () => {
    const graded = records([0.1, 0.5, 0.3, 0.9, 0.2]);
    expect(deferred(deferWorst(graded, 0.4))).toEqual(["c-1", "c-3"]);
    expect(deferred(deferWorst(graded, 0.39))).toEqual(["c-3"]);
    expect(deferWorst(graded, 0)).toEqual(graded);
    expect(deferred(deferWorst(graded, 1))).toEqual(["c-0", "c-1", "c-2", "c-3", "c-4"]);
    expect(deferWorst(graded, 0.2)).toEqual(
      graded.map((each, at) => (at === 3 ? { ...each, state: "needs-review", flags: ["review-budget"] } : each)),
    );
  });

  test("is spent on grades that count only, and to the last one", () => {
    const refused: GradeRecord = { ...record, state: "refused", mark: null, doubt: 1 };
    const deferredToo = deferWorst([refused, ...records([0.2, 0.1])], 0.5);
    expect(deferredToo.map(({ state }) => state)).toEqual(["refused", "needs-review", "graded"]);
    const hundred = records(Array.from({ length: 100 }, (_, at) => at / 100));
    expect(deferred(deferWorst(hundred, 0.29))).toHaveLength(29);
  });

  test("among equals picks by the answer, whatever the order and the names", () => {
    const equal = records([0.5, 0.5, 0.5, 0.5]).map((each, at) => ({
      ...each,
      answer: { ...each.answer, hash: `sha256:${String(9 - at).repeat(64)}` as const },
    }));
    expect(deferred(deferWorst(equal, 0.5))).toEqual(["c-2", "c-3"]);
    expect(deferred(deferWorst(equal.toReversed(), 0.5))).toEqual(["c-3", "c-2"]);
  });
});
