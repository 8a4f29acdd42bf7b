import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf } from "../../../src/core/hash.ts";
import { answerKey, counts, type CurrentGrade } from "../../../src/grade/records/grade-log.ts";
import { planConfirmation, planMark, planOverride, planWithdrawal } from "../../../src/grade/records/override.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";
import { gradeLogEntry, GRADE_STATES, type GradeLogEntry } from "../../../src/grade/records/record.ts";
import { planRubricChanges, type RubricNow } from "../../../src/grade/records/rubric-change.ts";
import { messageOf } from "../../support/user-error.ts";
import { criterion, fold, gradeOf, hashesOf, rubricNow, rubricOf } from "./sample-grades.ts";

const GRADE = gradeOf({ first: "part", second: "full" });
const KEY = answerKey(GRADE);

function only(...entries: readonly GradeLogEntry[]): CurrentGrade {
  const current = fold(...entries).grades.get(KEY);
  if (current === undefined) throw new Error("the sample grade is not in the log");
  return current;
}

function raised(current: CurrentGrade, now: RubricNow = rubricNow()): GradeLogEntry {
  const wish = { levels: new Map([["first", "full"]]), mark: undefined, by: "ada", reason: "says it at the end" };
  return planOverride(current, now, wish);
}

function planned(current: CurrentGrade, now: RubricNow): ReturnType<typeof planRubricChanges> {
  return planRubricChanges([current], new Map([["q-locks", now]]));
}

describe("a log of grades", () => {
  test("keeps the last grade of each answer, and apart by candidate, question and attempt", () => {
    const later = gradeOf({ first: "full", second: "full" });
    const others = [
      gradeOf({ first: "none", second: "none" }, { candidate: "c-002" }),
      gradeOf({ first: "none", second: "full" }, { question: "q-other" }),
      gradeOf({ first: "part", second: "none" }, { attempt: 2 }),
    ];
    const { grades } = fold(GRADE, ...others, later);
    expect(
      [...grades.values()].map(({ candidate, question, attempt, mark }) => [candidate, question, attempt, mark]),
    ).toEqual([
      ["c-001", "q-locks", 1, 10_000],
      ["c-002", "q-locks", 1, 0],
      ["c-001", "q-other", 1, 4_000],
      ["c-001", "q-locks", 2, 3_000],
    ]);
  });

  test("every entry that is made passes the schema of the log", () => {
    const override = raised(only(GRADE));
    const [change] = planRubricChanges([only(GRADE)], new Map([["q-locks", rubricNow(rubricOf(), hashesOf("new"))]]));
    const entries = [GRADE, override, change, { type: "rubric", content: hashOf("x"), rubric: { any: [1] } }];
    expect(entries.map((entry) => gradeLogEntry.parse(entry))).toEqual(entries);
  });

  test("only graded and overridden marks count", () => {
    expect(GRADE_STATES.filter((state) => counts({ state }))).toEqual(["graded", "overridden"]);
  });
});

describe("an override", () => {
  test("recounts the mark by its levels and keeps who, why, when and what was before", () => {
    const { state, mark, override, criteria, grade } = only(GRADE, raised(only(GRADE)));
    expect({ state, mark, override, level: criteria[0]?.level, judged: grade.mark }).toEqual({
      state: "overridden",
      mark: 10_000,
      override: {
        by: "ada",
        reason: "says it at the end",
        at: "2026-11-23T02:00:00.000Z",
        before: 7_000,
        levels: [{ criterion: "first", from: "part", to: "full" }],
        mark: null,
      },
      level: "full",
      judged: 7_000,
    });
  });

  test("outlives later grades until it is taken back; then the latest grade counts", () => {
    const regraded = gradeOf({ first: "none", second: "none" });
    const before = only(GRADE, raised(only(GRADE)), regraded);
    const withdrawn = planWithdrawal(before, "ada", "mixed up candidates");
    const after = only(GRADE, raised(only(GRADE)), regraded, withdrawn);
    expect([before, after].map(({ state, mark }) => [state, mark])).toEqual([
      ["overridden", 10_000],
      ["graded", 0],
    ]);
  });

  test("does not outlive the answer it was made for", () => {
    const another = gradeOf(
      { first: "none", second: "none" },
      { answer: { ...GRADE.answer, hash: hashOf("another") } },
    );
    const { state, mark, override, grade } = only(GRADE, raised(only(GRADE)), another);
    expect([state, mark, override, grade.flags]).toEqual(["needs-review", 0, undefined, ["override-outdated"]]);
  });

  test("may set the mark outright, within the scale", () => {
    const wish = { levels: new Map<string, string>(), by: "ada", reason: "agreed in the meeting" };
    const set = planOverride(only(GRADE), rubricNow(), { ...wish, mark: thousandths(9.5) });
    const current = only(GRADE, set);
    expect([current.mark, current.override?.mark, current.criteria]).toEqual([9_500, 9_500, GRADE.criteria]);
    expect(messageOf(() => planOverride(only(GRADE), rubricNow(), { ...wish, mark: thousandths(10.5) }))).toBe(
      "a mark of 10.5 is outside the scale",
    );
  });

  test.each([
    [new Map([["third", "full"]]), undefined, "the rubric has no criterion third"],
    [new Map([["first", "best"]]), undefined, "criterion first has no level best"],
    [new Map<string, string>(), undefined, "an override sets either levels or a mark"],
    [new Map<string, string>(), thousandths(3.3), "a mark of 3.3 is between the steps of the scale"],
    [new Map([["first", "full"]]), thousandths(1), "an override sets either levels or a mark"],
  ])("that cannot be is refused: %o %o", (levels, mark, message) => {
    const wish = { levels, mark, by: "ada", reason: "because" };
    expect(messageOf(() => planOverride(only(GRADE), rubricNow(), wish))).toBe(message);
  });

  test("that is not there cannot be taken back", () => {
    expect(messageOf(() => planWithdrawal(only(GRADE), "ada", "no"))).toBe(
      "c-001 q-locks has no override to take back",
    );
  });
});

describe("what a person says beside the grade", () => {
  const levels = new Map([
    ["first", "full"],
    ["second", "none"],
  ]);

  test("is kept with the grade, the last of each person, and changes no mark", () => {
    const mark = planMark(only(GRADE), rubricNow(), { levels, by: "ada", blind: true });
    const later = planMark(only(GRADE), rubricNow(), { levels: levels.set("second", "full"), by: "ada", blind: false });
    const regraded = gradeOf({ first: "none", second: "none" });
    const { state, mark: judged, marks } = only(GRADE, mark, later, regraded);
    expect([state, judged, marks]).toEqual([
      "graded",
      0,
      [
        {
          at: "2026-11-23T03:00:00.000Z",
          by: "ada",
          blind: false,
          levels: [
            { criterion: "first", level: "full" },
            { criterion: "second", level: "full" },
          ],
          mark: 10_000,
        },
      ],
    ]);
  });

  test("needs a level for every criterion", () => {
    const some = { levels: new Map([["first", "full"]]), by: "ada", blind: true };
    expect(messageOf(() => planMark(only(GRADE), rubricNow(), some))).toBe("criterion second has no level yet");
  });

  test("may be that the judge is right: the mark counts from then on", () => {
    const doubtful = gradeOf({ first: "part", second: "full" }, { state: "needs-review" });
    const confirmed = only(doubtful, planConfirmation(only(doubtful), rubricNow(), "ada", "read it"));
    expect([confirmed.state, confirmed.mark, confirmed.override?.levels]).toEqual(["overridden", 7_000, []]);
    const fault = gradeOf({}, { state: "error", mark: null, criteria: [] });
    expect(messageOf(() => planConfirmation(only(fault), rubricNow(), "ada", "read it"))).toBe(
      "c-001 q-locks has no verdict that could be confirmed",
    );
  });
});

describe("a changed rubric", () => {
  const dearer = rubricOf({ criteria: [criterion("first", [0, 2, 6]), criterion("second", [0, 4])] });
  const withPoints = rubricNow(dearer, hashesOf("points"));
  const withWords = rubricNow(rubricOf(), hashesOf("words", "other words"));
  const withParts = rubricNow(rubricOf(), hashesOf("parts", "other words", "other parts"));

  test("that is the same changes nothing", () => {
    expect(planned(only(GRADE), rubricNow())).toEqual([]);
  });

  test("in its points counts the same levels anew, once", () => {
    const [change, ...more] = planned(only(GRADE), withPoints);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ effect: "recomputed", changes: [{ before: 7_000, after: 6_000 }] });
    const after = only(GRADE, ...planned(only(GRADE), withPoints));
    expect([after.state, after.mark, after.grade.mark]).toEqual(["graded", 6_000, 7_000]);
    expect(planned(after, withPoints)).toEqual([]);
  });

  test.each([
    ["wording", withWords, "stale"],
    ["structure", withParts, "not-comparable"],
  ])("in its %s makes the grade stale, once, and putting it back brings the grade back", (part, now, effect) => {
    const changes = planned(only(GRADE), now);
    expect(changes.map((change) => [change.effect, change.changes.map(({ after }) => after)])).toEqual([
      [effect, [null]],
    ]);
    const stale = only(GRADE, ...changes);
    expect([stale.state, stale.mark, stale.stale]).toEqual(["stale", null, part]);
    expect(planned(stale, now)).toEqual([]);
    const back = only(GRADE, ...changes, ...planned(stale, rubricNow()));
    expect([back.state, back.mark, back.stale]).toEqual(["graded", 7_000, undefined]);
  });

  describe("and a person's mark", () => {
    const wish = { levels: new Map<string, string>(), mark: thousandths(8), by: "ada", reason: "because" };
    const byLevel = [GRADE, raised(only(GRADE))];
    const byMark = [GRADE, planOverride(only(GRADE), rubricNow(), wish)];
    const cheaper = rubricNow(
      rubricOf({ criteria: [criterion("first", [0, 3, 5]), criterion("second", [0, 4])] }),
      hashesOf("points"),
    );
    const halved = rubricNow(
      rubricOf({ scale: { max: thousandths(5), step: thousandths(0.5), floor: exact(0) } }),
      hashesOf("halved"),
    );

    function after(log: readonly GradeLogEntry[], ...nows: readonly RubricNow[]): unknown {
      let entries = log;
      for (const now of nows) {
        entries = [...entries, ...planned(only(...entries), now)];
        expect(planned(only(...entries), now)).toEqual([]);
      }
      const { state, mark, override } = only(...entries);
      return [state, mark, override?.by];
    }

    test("by levels: points are counted anew, new words change nothing, another structure takes its ground away", () => {
      expect(after(byLevel, cheaper)).toEqual(["overridden", 9_000, "ada"]);
      expect(after(byLevel, withWords)).toEqual(["overridden", 10_000, "ada"]);
      expect(after(byLevel, withParts)).toEqual(["stale", null, "ada"]);
      expect(after(byLevel, withParts, rubricNow())).toEqual(["overridden", 10_000, "ada"]);
    });

    test("by levels given after a rewording: points are counted anew", () => {
      const stale = [GRADE, ...planned(only(GRADE), withWords)];
      const given = planOverride(only(...stale), withWords, {
        ...wish,
        levels: new Map([["first", "full"]]),
        mark: undefined,
      });
      const dearerWords = rubricNow(cheaper.rubric, hashesOf("points and words", "other words"));
      expect(after([...stale, given], dearerWords)).toEqual(["overridden", 9_000, "ada"]);
    });

    test("set outright: stands while it is on the scale", () => {
      expect(after(byMark, cheaper)).toEqual(["overridden", 8_000, "ada"]);
      expect(after(byMark, withParts)).toEqual(["overridden", 8_000, "ada"]);
      expect(after(byMark, halved)).toEqual(["stale", null, "ada"]);
      expect(after(byMark, halved, rubricNow())).toEqual(["overridden", 8_000, "ada"]);
    });

    test("that became stale gives way to a new grade, which a person must look at", () => {
      const regraded = [...byMark, ...planned(only(...byMark), halved), gradeOf({ first: "part", second: "none" })];
      const { state, mark, override, grade } = only(...regraded);
      expect([state, mark, override, grade.flags]).toEqual(["needs-review", 3_000, undefined, ["override-outdated"]]);
    });
  });

  test("leaves alone what has no verdict", () => {
    const without = (["blank", "refused", "error"] as const).map((state) =>
      gradeOf({}, { state, mark: null, criteria: [], events: [] }),
    );
    expect(without.map((grade) => planned(only(grade), withParts))).toEqual([[], [], []]);
  });

  test("touches exactly the answers of its question", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 40 })),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 })),
        (ours, others) => {
          const grades = [
            ...ours.map((at) => gradeOf({ first: "full" }, { candidate: `c-${at}` })),
            ...others.map((at) => gradeOf({ first: "full" }, { candidate: `c-${at}`, question: "q-other" })),
          ];
          const changes = planRubricChanges(fold(...grades).grades.values(), new Map([["q-locks", withWords]]));
          expect(changes.flatMap((each) => each.changes.map(({ candidate }) => candidate))).toEqual(
            ours.map((at) => `c-${at}`),
          );
        },
      ),
    );
  });
});
