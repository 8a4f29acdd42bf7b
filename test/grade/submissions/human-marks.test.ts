import { describe, expect, test } from "vitest";
import { parseColumnMap } from "../../../src/grade/submissions/column-map.ts";
import { type HumanMarkOptions, readHumanMarks } from "../../../src/grade/submissions/read-human-marks.ts";
import { BANK, BANKS, csv, IDS, QUESTIONS, source, wordsOf } from "./small-exam.ts";
import { toldBy } from "../../support/user-error.ts";

const KNOWN = new Map([["jane@example.org", "c-001"]]);

function readMarks(content: string, options: Partial<HumanMarkOptions> = {}, path = "marks.csv") {
  return readHumanMarks([source(path, content)], BANK, { banks: BANKS, known: KNOWN, ...options });
}

function mark(question: number, rater: string, given: object, attempt = 1, candidate = "c-001"): object {
  return { candidate, question: IDS[question - 1], attempt, rater, mark: given };
}

/** Of the candidate's answers to the first question the fourth was graded. */
function attemptOf(candidate: string, question: string): number | undefined {
  return candidate === "c-001" && question === IDS[0] ? 4 : undefined;
}

describe("marks that people gave", () => {
  const long = [
    ["rater", "candidate", "question", "criterion", "level", "points", "total", "attempt"],
    ["r1", "Jane@example.org", "1", "", "", "", "2.5", ""],
    ["r1", "c-001", "2", "def", "exact", "", "", "2"],
    ["r2", "c-001", "2", "def", "", "1,5", "", ""],
    ["r2", "c-009", "2", "", "", "4 / 5", "", ""],
    ["", "c-009", "3", "", "", "", "0", ""],
    ["r2", "c-009", "3", "", "", "", "", ""],
  ];
  const marks = [
    mark(1, "r1", { kind: "total", points: 2.5 }),
    mark(2, "r1", { kind: "level", criterion: "def", level: "exact" }, 2),
    mark(2, "r2", { kind: "criterion", criterion: "def", points: 1.5 }),
    mark(2, "r2", { kind: "total", points: 4 }, 1, "c-009"),
    mark(3, "human", { kind: "total", points: 0 }, 1, "c-009"),
  ];

  test("one a row, as CSV and as JSON lines", () => {
    expect(readMarks(csv(...long)).marks).toEqual(marks);
    const [header = [], ...rest] = long;
    const lines = rest.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, at) => [header[at], cell]))));
    expect(readMarks(lines.join("\n"), {}, "marks.jsonl").marks).toEqual(marks);
    expect(readMarks(csv(...long)).faults).toEqual([]);
  });

  test.each(["total", "mark", "score", "points", "human_score"])(
    "the mark of a whole answer may be called %s",
    (name) => {
      const row = csv(["candidate", "question", "grader", name], ["c-001", "1", "r1", "2.5"]);
      expect(readMarks(row).marks).toEqual([mark(1, "r1", { kind: "total", points: 2.5 })]);
    },
  );

  test("a row with level and points is one mark: the level, whose points the rubric knows", () => {
    const row = csv(
      ["rater", "candidate", "question", "criterion", "level", "points"],
      ["r1", "c-001", "2", "def", "exact", "3"],
    );
    expect(readMarks(row).marks).toEqual([mark(2, "r1", { kind: "level", criterion: "def", level: "exact" })]);
  });

  test("canonical rows, with or without answers", () => {
    const text = csv(
      ["candidate", "question", "answer", "human_score", "human.def", "human.why", "grader"],
      ["c-001", "1", "secret", "3", "2", "vague", "r1"],
      ["c-001", "1", "secret", "", "", "", "r2"],
    );
    const expected = [
      mark(1, "r1", { kind: "total", points: 3 }),
      mark(1, "r1", { kind: "criterion", criterion: "def", points: 2 }),
      mark(1, "r1", { kind: "level", criterion: "why", level: "vague" }),
    ];
    expect(readMarks(text).marks).toEqual(expected);
    expect(readMarks(text.replace(',"answer"', "").replaceAll(',"secret"', "")).marks).toEqual(expected);
  });

  test("in a table with a column for each question", () => {
    const text = csv(
      ["Timestamp", "Email Address", QUESTIONS[0], `${QUESTIONS[0]} [Score]`],
      ["9:00", "jane@example.org", "an answer", "1.00 / 3"],
    );
    expect(readMarks(text).marks).toEqual([mark(1, "human", { kind: "total", points: 1 })]);
  });

  test("of a row with several answers are of none of them", () => {
    const several = csv(["candidate", "total", "human.def", "1", "2"], ["c-001", "9", "3", "one", "two"]);
    expect(readMarks(several)).toMatchObject({ marks: [], faults: [], notes: [{ ignored: ["total", "human.def"] }] });
    const single = csv(["candidate", "total", "1"], ["c-001", "9", "one"]);
    expect(readMarks(single).marks).toEqual([mark(1, "human", { kind: "total", points: 9 })]);
  });

  test("with columns of other names", () => {
    const text = csv(["Who", "Item", "Marker", "Definition"], ["c-001", "3", "r1", "2"]);
    const map = parseColumnMap("candidate=Who,question=Item,grader=Marker,human.def=Definition");
    expect(readMarks(text, { map }).marks).toEqual([mark(3, "r1", { kind: "criterion", criterion: "def", points: 2 })]);
  });

  test("are of the attempt that was graded, where they do not say", () => {
    const text = csv(["candidate", "question", "total", "attempt"], ["c-001", "1", "1", ""], ["c-001", "2", "1", "1"]);
    expect(readMarks(text, { attemptOf }).marks.map(({ attempt }) => attempt)).toEqual([4, 1]);
  });

  test("that cannot be read are told by their place, and no name with them", () => {
    const result = readMarks(
      csv(
        ["candidate", "question", "total", "human.def"],
        ["Nobody Known", "1", "1", ""],
        ["c-001", "1", "80%", "x"],
        ["c-001", "1", "NaN", ""],
        ["c-001", "9", "1", ""],
        ["Nobody Known", "2", "1", ""],
        ["Another", "2", "1", ""],
      ),
    );
    expect(wordsOf(result)).toEqual([
      'marks.csv:3: the mark in column "total" is not a number; the mark was left out',
      'marks.csv:4: the mark in column "total" is not a number; the mark was left out',
      'marks.csv:5: the bank has no question "9" (1 row was left out)',
      "marks.csv:2: no answers are known from this candidate (2 rows were left out)",
      "marks.csv:7: no answers are known from this candidate (1 row was left out)",
    ]);
    expect(result.marks).toEqual([mark(1, "human", { kind: "level", criterion: "def", level: "x" })]);
  });
});

describe("the column map", () => {
  test("is pairs of a field and a column, whose name may hold commas and equal signs", () => {
    expect(parseColumnMap("candidate=Name, first, question = Item=x ,human.def=Marks,answer=A")).toEqual({
      fields: new Map([
        ["candidate", "Name, first"],
        ["question", "Item=x"],
        ["answer", "A"],
      ]),
      criteria: new Map([["def", "Marks"]]),
    });
  });

  test("is refused with what is allowed", () => {
    for (const text of ["", "x", "student=Name", "candidate=", "candidate=a,,question="]) {
      expect(toldBy(() => parseColumnMap(text))).toMatch(/is no field with a column.*candidate=Student/s);
    }
  });
});
