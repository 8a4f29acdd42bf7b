import { describe, expect, test } from "vitest";
import { compareGrades } from "../../../src/grade/records/compare-grades.ts";
import type { CurrentGrade } from "../../../src/grade/records/grade-log.ts";
import { hashOf } from "../../../src/core/hash.ts";
import { sampleGradeBook } from "../../export/sample-grade-book.ts";

const grades = sampleGradeBook({ candidates: 6, questions: 3, isHostile: false }).grades.map(({ current }) => current);

function changed(at: number, change: (current: CurrentGrade) => Partial<CurrentGrade>): CurrentGrade[] {
  return grades.map((current, place) => (place === at ? { ...current, ...change(current) } : current));
}

function raised({ mark }: CurrentGrade): Partial<CurrentGrade> {
  return { mark: (mark ?? 0) + 1500 };
}

describe("compareGrades", () => {
  test("finds nothing between equal grades", () => {
    expect(compareGrades(grades, grades)).toEqual({
      changes: [],
      compared: 18,
      added: [],
      removed: [],
      rubrics: [],
      marks: { n: 16, up: 0, down: 0, meanShift: 0 },
    });
  });

  test("tells by how much a mark moved, which levels changed and why", () => {
    const after = changed(0, (current) => ({
      ...raised(current),
      criteria: current.criteria.map((each, at) => (at === 0 ? { ...each, level: "full" } : each)),
      grade: { ...current.grade, run: { ...current.grade.run, model: "another", prompt_hash: hashOf("other") } },
    }));
    const { changes, marks } = compareGrades(grades, after);
    expect(changes).toEqual([
      {
        place: { candidate: "c-001", question: "q-000000000001", attempt: 1 },
        before: { state: "graded", mark: 3000 },
        after: { state: "graded", mark: 4500 },
        moved: 1500,
        levels: [{ criterion: "lookup", from: "part", to: "full" }],
        causes: ["prompt", "judge"],
      },
    ]);
    expect(marks).toEqual({ n: 16, up: 1, down: 0, meanShift: 1500 / 6000 / 16 });
  });

  test("a mark that stops counting has not moved; it has another state", () => {
    const after = changed(0, () => ({ state: "stale", mark: null, stale: "wording" }));
    const { changes, rubrics, marks } = compareGrades(grades, after);
    expect(changes.map(({ moved, after: side, causes }) => ({ moved, side, causes }))).toEqual([
      { moved: undefined, side: { state: "stale", mark: undefined }, causes: ["rubric"] },
    ]);
    expect(rubrics).toEqual([{ question: "q-000000000001", part: "wording" }]);
    expect(marks.n).toBe(15);
  });

  test("tells the farthest-reaching difference of each rubric", () => {
    const otherPoints = changed(1, () => ({ countedBy: hashOf("new points") }));
    const after = otherPoints.map((current, at) =>
      at === 3
        ? { ...current, grade: { ...current.grade, rubric: { ...current.grade.rubric, structure: hashOf("x") } } }
        : current,
    );
    expect(compareGrades(grades, after).rubrics).toEqual([
      { question: "q-000000000002", part: "points" },
      { question: "q-000000000001", part: "structure" },
    ]);
  });

  test("names another reading where nothing else differs, and a person where a person spoke", () => {
    const overridden = changed(0, (current) => ({
      ...raised(current),
      state: "overridden",
      override: { by: "r.lee", reason: "why", at: "2026-11-22T09:30:00.000Z", before: 3000, levels: [], mark: 4500 },
    }));
    const causes = [changed(0, raised), overridden].map((after) => compareGrades(grades, after).changes[0]?.causes);
    expect(causes).toEqual([["reading"], ["person"]]);
  });

  test("the other way round has every move with the other sign", () => {
    const after = changed(5, raised).slice(1);
    const forth = compareGrades(grades, after);
    const back = compareGrades(after, grades);
    expect(back.changes.map(({ moved }) => moved)).toEqual(forth.changes.map(({ moved }) => 0 - (moved ?? 0)));
    expect([back.added, back.removed]).toEqual([forth.removed, forth.added]);
  });
});
