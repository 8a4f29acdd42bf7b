import { describe, expect, test } from "vitest";
import { sameCandidates, type NamedGrades } from "../../../src/grade/records/same-candidates.ts";

type Person = readonly [code: string, identity: string | undefined, name?: string | undefined, answer?: string];

function side(...people: readonly Person[]): NamedGrades {
  const known = people.flatMap(([code, identity, name]) =>
    identity === undefined ? [] : [[code, name === undefined ? [identity] : [identity, name]] as const],
  );
  return {
    grades: people.map(([candidate, , , answer]) => ({
      candidate,
      question: "q",
      attempt: 1,
      state: answer === "" ? "blank" : "graded",
      grade: { answer: { hash: `hash of ${answer ?? candidate + String(known.length)}` } },
    })),
    calls: new Map(known),
  };
}

function paired(before: NamedGrades, after: NamedGrades): unknown {
  const { codes, byName, byAnswers } = sameCandidates(before, after);
  return [Object.fromEntries(codes), byName, byAnswers];
}

describe("who of two sets is who", () => {
  test("told by what both call a person, in any case", () => {
    const before = side(["c-001", "ann@x.test"], ["c-002", "bob@x.test"]);
    expect(paired(before, side(["c-001", "Bob@x.test"]))).toEqual([{ "c-001": "c-002" }, 0, 0]);
  });

  test("told by the name beside an address, whichever part comes first", () => {
    const before = side(["c-001", "ann@x.test", "Ann Ash"], ["c-002", "bob@x.test", "Bob Bay"]);
    const after = side(["c-001", "Bay, Bob"], ["c-002", "ann  ash"]);
    expect(paired(before, after)).toEqual([{ "c-001": "c-002", "c-002": "c-001" }, 2, 0]);
  });

  test("not by a name that two people have", () => {
    const before = side(["c-001", "ann@x.test", "Ann Ash"], ["c-002", "ann@y.test", "Ann Ash"]);
    expect(paired(before, side(["c-001", "Ann Ash"]))).toEqual([{ "c-001": "c-001 of the later" }, 0, 0]);
  });

  test("told by answers that nobody else gave, where nothing else tells", () => {
    const before = side(["c-001", "ann@x.test", undefined, "one"], ["c-002", "bob@x.test", undefined, "two"]);
    const after = side(["c-001", "4711", undefined, "two"], ["c-002", "4712", undefined, "three"]);
    expect(paired(before, after)).toEqual([{ "c-001": "c-002", "c-002": "c-002 of the later" }, 0, 1]);
  });

  test("not by answers that two people gave", () => {
    const before = side(["c-001", "ann@x.test", undefined, "one"], ["c-002", "bob@x.test", undefined, "one"]);
    expect(paired(before, side(["c-005", "4711", undefined, "one"]))).toEqual([{ "c-005": "c-005" }, 0, 0]);
  });

  test("not by answers that two gave, though one of them is told otherwise, nor by blanks", () => {
    const before = side(["c-001", "ann@x.test", undefined, "one"], ["c-002", "bob@x.test", undefined, "one"]);
    const after = side(["c-005", "ann@x.test", undefined, "two"], ["c-006", "4711", undefined, "one"]);
    expect(paired(before, after)).toEqual([{ "c-005": "c-001", "c-006": "c-006" }, 0, 0]);
    expect(paired(side(["c-001", "ann", undefined, ""]), side(["c-002", "4711", undefined, ""]))).toEqual([
      { "c-002": "c-002" },
      0,
      0,
    ]);
  });

  test("a label that is a code is the same person's in both, and nobody else's", () => {
    const before = side(["c-001", undefined], ["c-002", undefined]);
    expect(paired(before, side(["c-002", undefined], ["c-001", "ann@x.test"]))).toEqual([
      { "c-002": "c-002", "c-001": "c-001 of the later" },
      0,
      0,
    ]);
  });
});
