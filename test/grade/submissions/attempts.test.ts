import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf } from "../../../src/core/hash.ts";
import { csv, numberOf, read, readTable, source, wordsOf } from "./small-exam.ts";

type Cells = readonly [answer: string, attempt?: string, submitted?: string, score?: string, grader?: string];

function rows(...cells: readonly Cells[]): string {
  const header = ["candidate", "question", "answer", "attempt", "submitted", "human_score", "grader"];
  return csv(
    header,
    ...cells.map(([answer, ...rest]) => ["c-1", "2", answer, ...[0, 1, 2, 3].map((at) => rest[at] ?? "")]),
  );
}

function attempts(text: string, choice: "last" | "first" | "all" = "all"): unknown {
  const { submissions, notes } = readTable(text, { attempts: choice });
  return {
    read: submissions.map(({ attempt, answer, human }) => [
      attempt,
      answer,
      ...human.map(({ rater, mark }) => [rater, mark]),
    ]),
    dropped: notes.attemptsDropped,
    duplicates: notes.duplicatesDropped,
  };
}

describe("attempts", () => {
  const three = rows(["one", "", "9:00"], ["two", "", "9:05"], ["", "", "9:10"]);

  test("count in the order of the rows, and the last one is taken unless told", () => {
    expect(attempts(three)).toEqual({
      read: [
        [1, "one"],
        [2, "two"],
        [3, ""],
      ],
      dropped: 0,
      duplicates: 0,
    });
    expect(attempts(three, "last")).toEqual({ read: [[3, ""]], dropped: 2, duplicates: 0 });
    expect(attempts(three, "first")).toEqual({ read: [[1, "one"]], dropped: 2, duplicates: 0 });
    expect(readTable(three).notes).toMatchObject({ blanks: 1, attemptsDropped: 2 });
  });

  test("count as the source numbers them", () => {
    expect(attempts(rows(["new", "3"], ["old", "1.0"]))).toEqual({
      read: [
        [1, "old"],
        [3, "new"],
      ],
      dropped: 0,
      duplicates: 0,
    });
    expect(attempts(rows(["new", "3"], ["old", "1"]), "last")).toEqual({
      read: [[3, "new"]],
      dropped: 1,
      duplicates: 0,
    });
    const bad = readTable(rows(["a", "0"], ["b", "two"], ["c", "-1"], ["d", "1"]));
    expect(wordsOf(bad)).toEqual(
      [2, 3, 4].map((line) => `answers.csv:${line}: the attempt is not a whole number from 1 up; the row was left out`),
    );
    expect(bad.submissions.map(({ answer }) => answer)).toEqual(["d"]);
  });

  test("the same row again is no attempt; each grader's row gives a mark", () => {
    const graded = rows(
      ["same", "", "9:00", "2", "r1"],
      ["same", "", "9:00", "3", "r2"],
      ["same", "", "9:00", "3", "r2"],
    );
    expect(attempts(graded)).toEqual({
      read: [[1, "same", ["r1", { kind: "total", points: 2 }], ["r2", { kind: "total", points: 3 }]]],
      dropped: 0,
      duplicates: 2,
    });
    expect(attempts(rows(["same", "", "9:00"], ["same", "", "9:30"]))).toEqual({
      read: [
        [1, "same"],
        [2, "same"],
      ],
      dropped: 0,
      duplicates: 0,
    });
  });

  test("a blank more where a line ends, or around the answer, makes no other answer", () => {
    const again = rows(["  one\n\ntwo", "", "9:00"], ["\n \n  one \n\t\ntwo\u00A0\r\n\n", "", "9:00"]);
    expect(attempts(again)).toEqual({ read: [[1, "  one\n\ntwo"]], dropped: 0, duplicates: 1 });
    const one = readTable(rows(["one\n"])).submissions[0];
    expect([one?.answer, one?.rawHash]).toEqual(["one", hashOf("one\n")]);
    expect(attempts(rows(["one", "1"], ["one ", "1"]))).toEqual({ read: [[1, "one"]], dropped: 0, duplicates: 1 });
  });

  test("two answers of one attempt are not chosen between in silence", () => {
    const result = readTable(rows(["", "1"], ["first", "1"], ["second", "1"]), { attempts: "all" });
    expect(result.submissions.map(({ attempt, answer }) => [attempt, answer])).toEqual([[1, "first"]]);
    expect(wordsOf(result)).toEqual([
      "answers.csv:4: a different answer of the same attempt stands at answers.csv:3; this one was left out",
    ]);
    expect(result.notes).toMatchObject({ duplicatesDropped: 1, attemptsDropped: 0, blanks: 0 });
  });

  test("PrairieLearn's attempts count by the numbers of its submissions", () => {
    const header = "uid,qid,submission_id,submitted_answer".split(",");
    const text = csv(header, ["s-1", "1", "12", '{"a":"newer"}'], ["s-1", "1", "9", '{"a":"older"}']);
    expect(attempts(text)).toEqual({
      read: [
        [1, "older"],
        [2, "newer"],
      ],
      dropped: 0,
      duplicates: 0,
    });
  });

  test("no row is lost without being counted", () => {
    const cell = fc.record({
      candidate: fc.constantFrom("c-1", "c-2", "Jane Doe"),
      question: fc.constantFrom("1", "2", "nonsense"),
      answer: fc.constantFrom("", "a", "b", "a"),
      attempt: fc.constantFrom("", "", "1", "2", "x"),
      submitted: fc.constantFrom("", "9:00", "9:05"),
    });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 20 }),
        fc.constantFrom("last", "first", "all"),
        (cells, choice) => {
          const header = ["candidate", "question", "answer", "attempt", "submitted"];
          const text = csv(
            header,
            ...cells.map((row) => [row.candidate, row.question, row.answer, row.attempt, row.submitted]),
          );
          const { submissions, faults, notes } = readTable(text, { attempts: choice });
          const told = faults.reduce((sum, fault) => sum + ("rows" in fault ? fault.rows : 1), 0);
          expect(submissions.length + notes.attemptsDropped + notes.duplicatesDropped + told).toBe(cells.length);
          const keys = submissions.map(({ candidate, question, attempt }) => `${candidate} ${question} ${attempt}`);
          expect(new Set(keys).size).toBe(keys.length);
          if (choice !== "all") expect(new Set(keys.map((key) => key.replace(/ \d+$/, ""))).size).toBe(keys.length);
        },
      ),
    );
  });
});

describe("questions that are not in the bank", () => {
  test("are told once each, with the first line, how many rows they have and the nearest question", () => {
    const { submissions, ...result } = readTable(
      csv(
        ["candidate", "question", "answer"],
        ["c-1", "How do thread share their memory?", "x"],
        ["c-1", "2", "y"],
        ["c-2", "How do thread share their memory?", "x"],
        ["c-2", "Q17", "z"],
        ["c-2", `\u202E${"long ".repeat(50)}`, "z"],
        ["", "2", "nobody"],
      ),
    );
    expect(submissions.map(({ candidate, question }) => [candidate, numberOf(question)])).toEqual([["c-1", 2]]);
    expect(wordsOf(result)).toEqual([
      "answers.csv:7: it is not said whose answer this is; it was left out",
      expect.stringMatching(
        /^answers\.csv:2: the bank has no question "How do thread share their memory\?" \(2 rows were left out\); nearest: "q-[0-9a-f]{12} How do threads share memory\?"$/,
      ),
      'answers.csv:5: the bank has no question "Q17" (1 row was left out)',
      expect.stringMatching(
        /^answers\.csv:6: the bank has no question "<U\+202E>long (?:long )+.*…" \(1 row was left out\)$/,
      ),
    ]);
  });

  test("columns that may be meant as questions are told, others are only ignored", () => {
    const text = csv(["candidate", "How do thread share the memory?", "1", "Shoe size"], ["c-1", "x", "y", "44"]);
    const result = readTable(text);
    expect(wordsOf(result).map((line) => line.replace(/q-\w+/, "q-…"))).toEqual([
      'answers.csv:1: the bank has no question "How do thread share the memory?" (the column was left out); nearest: "q-… How do threads share memory?"',
    ]);
    expect(result.notes.sources[0]?.ignored).toEqual(["How do thread share the memory?", "Shoe size"]);
    const form = read([source("f.csv", csv(["Timestamp", "Username", "1", "Schuhgröße"], ["9:00", "c-1", "y", "44"]))]);
    expect(wordsOf(form)).toEqual(['f.csv:1: the bank has no question "Schuhgröße" (the column was left out)']);
    const named = { fields: new Map([["name", "Wer bist du"] as const]), criteria: new Map() };
    const mapped = readTable(csv(["Timestamp", "Username", "1", "Wer bist du"], ["9:00", "c-1", "I am Jane", "Jane"]), {
      map: named,
    });
    const asked = readTable(csv(["Timestamp", "Username", "1", "Your name"], ["9:00", "c-1", "I am Jane", "Jane"]));
    for (const each of [mapped, asked]) {
      expect([wordsOf(each), each.submissions.map(({ answer }) => answer)]).toEqual([[], ["I am [name]"]]);
    }
  });
});
