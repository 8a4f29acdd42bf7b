import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregate } from "../../../src/grade/judge/aggregate.ts";
import type { Criterion } from "../../../src/grade/rubric/rubric.ts";
import type { Evidence, Sample } from "../../../src/grade/judge/verdict.ts";
import { criterionOf } from "./judge-rig.ts";

const NOTES = { offTopic: false, injectionAttempt: false, unreadable: false, rubricGap: "" };

function span(start: number, end: number): Evidence {
  return {
    status: "located",
    tier: "exact",
    text: "words",
    span: { start, end, byteStart: start, byteEnd: end },
    negated: false,
  };
}

function sampleOf(supported: string, findings = "", evidence: readonly Evidence[] = []): Sample {
  return {
    verdicts: [{ criterion: "a", findings, evidence, judged: supported, supported }],
    notes: NOTES,
    void: false,
  };
}

function consensusOf(criterion: Criterion, levels: readonly string[]) {
  const [consensus] = aggregate(
    [criterion],
    levels.map((level) => sampleOf(level)),
  );
  return consensus;
}

describe("several samples of one criterion", () => {
  const four = criterionOf("a", [0, 1, 2, 3]);
  const two = criterionOf("a", [0, 1]);
  const penalty = criterionOf("a", [0, -1, -2], { kind: "penalty" });

  test.each([
    ["one sample", four, ["l2"], "l2", false, 0],
    ["all agree", four, ["l2", "l2", "l2"], "l2", false, 0],
    ["the median", four, ["l3", "l2", "l2"], "l2", false, 1 / 3],
    ["the median, neighbours on one side", four, ["l1", "l2", "l2"], "l2", false, 1 / 3],
    ["the majority of two levels", two, ["full", "none", "full"], "full", false, 1 / 3],
    ["a tie: the lower", two, ["full", "none"], "none", true, 1 / 2],
    ["a tie of neighbours is not rounded up", four, ["l2", "l1"], "l1", true, 1 / 2],
    ["two levels apart: the lowest", four, ["l1", "l3", "l3"], "l1", true, 2 / 3],
    ["a penalty's lower is the harder one", penalty, ["none", "l1"], "l1", true, 1 / 2],
    ["a penalty's median", penalty, ["none", "none", "l1"], "none", false, 1 / 3],
  ])("%s", (_name, criterion, levels, level, isSplit, dissent) => {
    const consensus = consensusOf(criterion, levels);
    expect(consensus).toMatchObject({ level, isSplit });
    expect(consensus?.dissent).toBeCloseTo(dissent, 10);
  });

  test("evidence and findings are those of the samples with the level, each span once, in the order of the answer", () => {
    const samples = [
      sampleOf("l1", "not this", [span(90, 99)]),
      sampleOf("l2", "first", [span(20, 30), { status: "invalid", fault: "not-found" }]),
      sampleOf("l2", "second", [span(5, 9), span(20, 30)]),
    ];
    expect(aggregate([four], samples)).toEqual([
      {
        criterion: "a",
        level: "l2",
        isSplit: false,
        dissent: 1 - 2 / 3,
        findings: "first",
        evidence: [span(5, 9), span(20, 30)],
      },
    ]);
  });

  test("the order of the samples decides nothing, and the level is never above the median", () => {
    const levels = fc.array(fc.constantFrom("none", "l1", "l2", "l3"), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(levels, (named) => {
        const place = (level: string): number => four.levels.findIndex(({ id }) => id === level);
        const consensus = consensusOf(four, named);
        const ranked = named.map(place).toSorted((left, right) => left - right);
        const shuffled = consensusOf(four, named.toReversed());
        expect([shuffled?.level, shuffled?.isSplit]).toEqual([consensus?.level, consensus?.isSplit]);
        expect(place(consensus?.level ?? "")).toBeLessThanOrEqual(ranked[Math.floor((ranked.length - 1) / 2)] ?? -1);
        expect(named).toContain(consensus?.level);
      }),
    );
  });

  test("a sample that lacks a criterion, or none at all, is a bug", () => {
    expect(() => aggregate([four], [])).toThrow(RangeError);
    expect(() => aggregate([four], [{ ...sampleOf("l1"), verdicts: [] }])).toThrow(RangeError);
  });
});
