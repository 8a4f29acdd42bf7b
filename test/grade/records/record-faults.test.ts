import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planConfirmation, planOverride, planWithdrawal } from "../../../src/grade/records/override.ts";
import type { CurrentGrade } from "../../../src/grade/records/grade-log.ts";
import type { GradeLogEntry, GradeRecord } from "../../../src/grade/records/record.ts";
import { recordFaults } from "../../../src/grade/records/record-faults.ts";
import { planRubricChanges, type RubricNow } from "../../../src/grade/records/rubric-change.ts";
import { exact } from "../../../src/grade/rubric/points.ts";
import { hashRubric } from "../../../src/grade/rubric/rubric-hashes.ts";
import { criterion, fold, gradeOf, rubricOf } from "./sample-grades.ts";

const RUBRIC = rubricOf();
const NOW: RubricNow = { rubric: RUBRIC, hashes: hashRubric(RUBRIC) };
const SNAPSHOT: GradeLogEntry = { type: "rubric", content: NOW.hashes.content, rubric: RUBRIC };
/** 3 and 4 points. */
const GRADE = gradeOf({ first: "part", second: "full" }, { rubric: { id: RUBRIC.id, ...NOW.hashes } });

function current(...entries: readonly GradeLogEntry[]): CurrentGrade {
  const [grade] = fold(...entries).grades.values();
  if (grade === undefined) throw new Error("the log has no grade");
  return grade;
}

function outright(points: number): GradeLogEntry {
  const wish = { levels: new Map<string, string>(), mark: exact(points), by: "ada", reason: "late" };
  return planOverride(current(GRADE), NOW, wish);
}

function withMark(entry: GradeLogEntry, mark: number | null): GradeLogEntry {
  if (entry.type === "grade") return { ...entry, mark };
  return entry.type === "override" ? { ...entry, result: { ...entry.result, mark } } : entry;
}

const LEVELS = planOverride(current(GRADE), NOW, {
  levels: new Map([["first", "full"]]),
  mark: undefined,
  by: "ada",
  reason: "says so",
});
const CHANGED: RubricNow = (() => {
  const rubric = rubricOf({ criteria: [criterion("first", [0, 2, 5]), criterion("second", [0, 4])] });
  return { rubric, hashes: { ...hashRubric(rubric), wording: NOW.hashes.wording } };
})();

describe("the marks of a log are those that their own records come to", () => {
  test("nothing is said of what judges, people and changed rubrics made", () => {
    const withdrawn = planWithdrawal(current(GRADE, LEVELS), "ada", "mixed up");
    const recounted = planRubricChanges([current(GRADE)], new Map([["q-locks", CHANGED]]));
    const kept = planRubricChanges([current(GRADE, outright(9500))], new Map([["q-locks", CHANGED]]));
    const blank: GradeRecord = { ...GRADE, state: "blank", mark: null, criteria: [], events: [] };
    for (const entries of [
      [SNAPSHOT, GRADE, LEVELS, withdrawn, planConfirmation(current(GRADE), NOW, "ada", "yes")],
      [SNAPSHOT, GRADE, ...recounted],
      [SNAPSHOT, GRADE, outright(9500), ...kept],
      [GRADE, LEVELS, blank],
    ]) {
      expect(recordFaults(entries)).toEqual([]);
    }
  });

  test("each way in which a record can say another mark is told, with its line", () => {
    const parts = GRADE.criteria.map((each) => ({ ...each, level: "full" }));
    const dear = GRADE.criteria.map((each) => ({ ...each, points: 5000, counted: 5000 }));
    const faults = (entry: GradeLogEntry): readonly string[] =>
      recordFaults([SNAPSHOT, GRADE, entry]).map(({ line, reason }) => `${line} ${reason}`);
    expect(
      [
        withMark(GRADE, 6500),
        withMark(GRADE, 10_500),
        withMark({ ...GRADE, max: 20_000 }, 10_500),
        withMark(GRADE, 6700),
        withMark(GRADE, null),
        ...(["refused", "error", "blank", "stale"] as const).map((state) => ({ ...GRADE, state })),
        { ...GRADE, criteria: parts },
        { ...GRADE, mark: 10_000, criteria: dear },
        { ...GRADE, criteria: [], events: [] },
        withMark(LEVELS, 9000),
        withMark(outright(9500), 10_000),
        withMark(outright(9500), 9500),
        { ...SNAPSHOT, content: hashRubric(rubricOf({ guidelines: "be kind" })).content },
      ].map(faults),
    ).toEqual([
      ["3 the mark is 6.5, and its criteria and rules come to 7"],
      ["3 the mark is 10.5 of 10"],
      ["3 the mark is 10.5 on a scale from 0 to 10"],
      ["3 the mark is 6.7 on a scale in steps of 0.5"],
      ["3 graded needs a mark"],
      ["3 refused carries no mark"],
      ["3 error carries no mark"],
      ["3 blank carries no mark"],
      ["3 stale carries no mark"],
      ["3 its levels come to something else by its rubric"],
      ["3 its levels come to something else by its rubric"],
      ["3 the mark is 7 of no criteria"],
      ["3 the mark is 9, and its criteria and rules come to 10"],
      ["3 the mark is 10, and 9.5 was set"],
      [],
      ["3 the rubric is not the one that its hash names"],
    ]);
  });

  test("a changed rubric that recounts any of its grades to another mark is told", () => {
    const others = ["c-002", "c-003"].map((candidate) => ({ ...GRADE, candidate }));
    const grades = [GRADE, ...others];
    const all = [...fold(...grades).grades.values()];
    const [change, ...more] = planRubricChanges(all, new Map([["q-locks", CHANGED]]));
    if (change?.type !== "rubric-change") throw new Error("the rubric was not changed");
    expect([change.changes.length, more]).toEqual([3, []]);
    const reasons = change.changes.map((_, at) => {
      const changes = change.changes.map((each, place) => (place === at ? { ...each, after: 9500 } : each));
      return recordFaults([SNAPSHOT, ...grades, { ...change, changes }]).map(({ line, reason }) => `${line} ${reason}`);
    });
    expect(reasons).toEqual(change.changes.map(() => ["5 the mark is 9.5, and its criteria and rules come to 6"]));
    const nothing = { ...change, changes: change.changes.map((each) => ({ ...each, result: null })) };
    expect(recordFaults([SNAPSHOT, ...grades, nothing])).toEqual([{ line: 5, reason: "the mark is 6 of nothing" }]);
  });

  test("any other mark is found, with or without the rubric", () => {
    const mark = fc.integer({ min: -1000, max: 20_000 }).filter((each) => each !== GRADE.mark);
    fc.assert(
      fc.property(mark, fc.boolean(), (other, knowsRubric) => {
        const before = knowsRubric ? [SNAPSHOT, GRADE] : [GRADE];
        return (
          recordFaults([...before, withMark(GRADE, other)])
            .map(({ line }) => line)
            .join() === String(before.length + 1)
        );
      }),
    );
  });
});
