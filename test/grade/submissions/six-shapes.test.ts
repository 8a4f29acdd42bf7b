import { describe, expect, test } from "vitest";
import { parseColumnMap } from "../../../src/grade/submissions/column-map.ts";
import { hashOf } from "../../../src/core/hash.ts";
import type { ReadSubmissions } from "../../../src/grade/submissions/read-submissions.ts";
import { answersOf, bankText, csv, IDS, QUESTIONS, read, readTable, source, wordsOf } from "./small-exam.ts";

const [FIRST, SECOND, THIRD] = QUESTIONS;
const ANNA = "Automation of machine learning.\nIt saves work.";
const BEN = "They use one heap.";
const ANNA_GIT = "It replays commits.";

/** Anna answers the first and the third question, Ben the second. */
const EXPECTED = [
  ["c-001", 1, ANNA],
  ["c-001", 2, ""],
  ["c-001", 3, ANNA_GIT],
  ["c-002", 1, ""],
  ["c-002", 2, BEN],
  ["c-002", 3, ""],
];

function oraRow(student: string, problem: string, response: string, points: string): readonly string[] {
  const submitted = [student, "2026-11-23 08:00:00", response];
  const assessed = ["Assessment #1\n-- type: PE\n", "Assessment #1\n-- Ideas: Good (3)\n", "", points, "5"];
  return ["u-1", "block-v1:x", problem, "{}", ...submitted, ...assessed];
}

function parts(...texts: readonly string[]): string {
  return JSON.stringify({ parts: texts.map((text) => ({ text })) });
}

function learnRow(uid: string, qid: string, id: string, answer: unknown): readonly string[] {
  return [uid, "1", qid, "0", id, "{}", "{}", JSON.stringify(answer), "", ""];
}

describe("the same answers from every kind of source", () => {
  test("a copy of the bank for each candidate", () => {
    const result = read([
      source("in/anna.md", bankText([ANNA, "", ANNA_GIT])),
      source("in/ben.md", bankText(["", BEN, ""])),
    ]);
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(result.notes.sources.map(({ path, readAs, rows }) => [path, readAs, rows])).toEqual([
      ["in/anna.md", "bank-copy", 3],
      ["in/ben.md", "bank-copy", 3],
    ]);
  });

  test("a folder for each candidate, a file for each question", () => {
    const result = read([
      source("in/anna/1.md", ANNA, ["anna"]),
      source("in/anna/how-do-threads-share-memory.txt", " \n", ["anna"]),
      source(`in/anna/${IDS[2] ?? ""}.md`, ANNA_GIT, ["anna"]),
      source("in/ben/question-01.md", "", ["ben"]),
      source("in/ben/q2.txt", BEN, ["ben"]),
      source("in/ben/3_explain-git-rebase-and-when-not-to-use-it.md", "\n", ["ben"]),
    ]);
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(new Set(result.notes.sources.map(({ readAs }) => readAs))).toEqual(new Set(["answer-file"]));
  });

  test("canonical rows, as CSV and as JSON lines", () => {
    const rows = [
      ["anna@example.org", IDS[0] ?? "", ANNA],
      ["anna@example.org", SECOND, ""],
      ["anna@example.org", "3", ANNA_GIT],
      ["ben@example.org", "Question 1", ""],
      ["ben@example.org", "HOW DO THREADS SHARE MEMORY", BEN],
      ["ben@example.org", "3. explain git rebase and when not to use it", "  "],
    ];
    const asCsv = readTable(csv(["candidate", "question", "answer"], ...rows));
    const lines = rows.map(([candidate, question, answer]) => JSON.stringify({ candidate, question, answer }));
    const asJson = readTable(lines.join("\n"), {}, "answers.jsonl");
    expect(answersOf(asCsv)).toEqual(EXPECTED);
    expect(answersOf(asJson)).toEqual(EXPECTED);
    expect([asCsv.faults, asJson.faults]).toEqual([[], []]);
    expect(asCsv.notes).toEqual({
      sources: [
        {
          path: "answers.csv",
          readAs: "rows",
          columns: [
            { column: "candidate", field: "candidate" },
            { column: "question", field: "question" },
            { column: "answer", field: "answer" },
          ],
          questionColumns: 0,
          ignored: [],
          rows: 6,
        },
      ],
      candidates: 2,
      blanks: 3,
      attemptsDropped: 0,
      duplicatesDropped: 0,
      redactions: { names: 0, emails: 0, phones: 0 },
    });
  });

  test("rows under the words that other tools use, without a column map", () => {
    const cells: readonly (readonly string[])[] = [
      ["anna@example.org", FIRST, ANNA],
      ["anna@example.org", SECOND, ""],
      ["anna@example.org", THIRD, ANNA_GIT],
      ["ben@example.org", FIRST, ""],
      ["ben@example.org", SECOND, BEN],
      ["ben@example.org", THIRD, ""],
    ];
    const heads = [
      ["Student", "Q", "Response"],
      ["Email", "Item", "Student answer"],
      ["candidate", "question_id", "student_answer"],
    ];
    for (const head of heads) {
      const { faults, ...found } = readTable(csv(head, ...cells));
      expect(faults).toEqual([]);
      expect(answersOf({ faults, ...found })).toEqual(EXPECTED);
    }
  });

  test("long and wide tables with a column map", () => {
    const long = csv(
      ["Student", "Item", "Response", "Room"],
      ["Anna Alt", FIRST, ANNA, "1"],
      ["Anna Alt", SECOND, "", "1"],
      ["Anna Alt", THIRD, ANNA_GIT, "1"],
      ["Ben Bo", FIRST, "", "2"],
      ["Ben Bo", SECOND, BEN, "2"],
      ["Ben Bo", THIRD, "", "2"],
    );
    const wide = csv(
      ["Student", "Room", "What is MLOps and why is it needed?", "2", IDS[2] ?? ""],
      ["Anna Alt", "1", ANNA, "", ANNA_GIT],
      ["Ben Bo", "2", "", BEN, ""],
    );
    const asLong = readTable(long, { map: parseColumnMap("candidate=Student,question=Item,answer=Response") });
    const asWide = readTable(wide, { map: parseColumnMap("candidate = Student") });
    expect(answersOf(asLong)).toEqual(EXPECTED);
    expect(answersOf(asWide)).toEqual(EXPECTED);
    expect([asLong.faults, asWide.faults]).toEqual([[], []]);
    expect(asWide.notes.sources).toEqual([
      {
        path: "answers.csv",
        readAs: "rows",
        columns: [{ column: "Student", field: "candidate" }],
        questionColumns: 3,
        ignored: ["Room"],
        rows: 6,
      },
    ]);
  });

  test("Google Forms", () => {
    const result = readTable(
      csv(
        [
          "Timestamp",
          "Email Address",
          "Score",
          `1. ${FIRST}`,
          `1. ${FIRST} [Score]`,
          `1. ${FIRST} [Feedback]`,
          SECOND,
          THIRD,
        ],
        ["2026/11/23 9:00:00 AM GMT+1", "anna@example.org", "4 / 5", ANNA, "2.50 / 3", "good", "", ANNA_GIT],
        ["2026/11/23 9:01:00 AM GMT+1", "ben@example.org", "1 / 5", "", "0.00 / 3", "", BEN, ""],
      ),
    );
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(result.notes.sources[0]?.readAs).toBe("google-forms");
    expect(result.notes.sources[0]?.ignored).toEqual(["Score", `1. ${FIRST} [Feedback]`]);
    expect(result.submissions.flatMap(({ human }) => human)).toEqual([
      { candidate: "c-001", question: IDS[0], attempt: 1, rater: "human", mark: { kind: "total", points: 2.5 } },
      { candidate: "c-002", question: IDS[0], attempt: 1, rater: "human", mark: { kind: "total", points: 0 } },
    ]);
  });

  test("Canvas student analysis", () => {
    const result = readTable(
      csv(
        "name,id,sis_id,section,section_id,section_sis_id,submitted,attempt"
          .split(",")
          .concat(`501: <p>What is MLOps\n and why&nbsp;is it needed?</p>`, "1.0", `502: ${SECOND}`, "1.0")
          .concat("503: <p>Explain <code>git rebase</code>, and when not to use it.</p>", "2.0")
          .concat("n correct", "n incorrect", "score"),
        ["Anna Alt", "71", "s71", "A", "1", "", "2026-11-23 08:00:00 UTC", "1"].concat(
          [`<p>Automation of machine learning.<br>It saves&nbsp;work.</p>`, "1.0", "", "0.0", ANNA_GIT, ""],
          ["1", "2", "1.0"],
        ),
        ["Ben Bo", "72", "s72", "A", "1", "", "2026-11-23 08:01:00 UTC", "1"].concat([
          "",
          "",
          BEN,
          "1.0",
          "",
          "",
          "1",
          "2",
          "1.0",
        ]),
      ),
    );
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(result.notes.sources[0]?.readAs).toBe("canvas");
    expect(result.submissions.flatMap(({ candidate, human }) => human.map(({ mark }) => [candidate, mark]))).toEqual([
      ["c-001", { kind: "total", points: 1 }],
      ["c-001", { kind: "total", points: 0 }],
      ["c-002", { kind: "total", points: 1 }],
    ]);
  });

  test("PrairieLearn", () => {
    const aliases = new Map(IDS.map((id, at) => [`exam/q${at}-essay`, id]));
    const header = "uid,uin,qid,old_score_perc,submission_id,params,true_answer,submitted_answer,score_perc,feedback";
    const file = { name: "answer.html", contents: btoa("<p>They use one heap.</p>") };
    const result = readTable(
      csv(
        header.split(","),
        learnRow("anna@example.org", "exam/q0-essay", "12", { ans: ANNA }),
        learnRow("anna@example.org", "exam/q1-essay", "14", { ans: "" }),
        learnRow("anna@example.org", "exam/q2-essay", "19", { ans: ANNA_GIT }),
        learnRow("ben@example.org", "exam/q0-essay", "13", {}),
        learnRow("ben@example.org", "exam/q1-essay", "16", { _file_editor_1: "x", _files: [file] }),
        learnRow("ben@example.org", "exam/q2-essay", "15", null),
      ),
      { aliases },
    );
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(result.notes.sources[0]?.readAs).toBe("prairielearn");
  });

  test("edX ORA", () => {
    const header =
      "Submission ID,Location,Problem Name,Item ID,Anonymized Student ID,Date/Time Response Submitted,Response," +
      "Assessment Details,Assessment Scores,Date/Time Final Score Given,Final Score Points Earned,Final Score Points Possible";
    const result = readTable(
      csv(
        header.split(","),
        oraRow("9f86d081", FIRST, parts(ANNA), "4"),
        oraRow("9f86d081", SECOND, parts(""), ""),
        oraRow("9f86d081", THIRD, ANNA_GIT, "0"),
        oraRow("60303ae2", FIRST, "{}", ""),
        oraRow("60303ae2", SECOND, parts("<p>They use one heap.</p>"), "3"),
        oraRow("60303ae2", THIRD, parts("", " "), ""),
      ),
    );
    expect(answersOf(result)).toEqual(EXPECTED);
    expect(result.faults).toEqual([]);
    expect(result.notes.sources[0]?.readAs).toBe("edx-ora");
    expect(result.submissions.flatMap(({ candidate, human }) => human.map(({ mark }) => [candidate, mark]))).toEqual([
      ["c-001", { kind: "total", points: 4 }],
      ["c-001", { kind: "total", points: 0 }],
      ["c-002", { kind: "total", points: 3 }],
    ]);
  });
});

describe("which kind a table is", () => {
  test("is told by its columns, and by the user where they mislead", () => {
    const canonical = csv(["Timestamp", "candidate", "question", "answer"], ["9:00", "c-1", "1", "x"]);
    expect(readTable(canonical).notes.sources[0]?.readAs).toBe("rows");
    const form = csv(["Zeitstempel", "Nutzername", "1"], ["9:00", "c-1", "x"]);
    const map = parseColumnMap("candidate=Nutzername,submitted=Zeitstempel");
    const result = readTable(form, { preset: "google-forms", map });
    expect(result.notes.sources[0]?.readAs).toBe("google-forms");
    expect(result.submissions.map(({ answer, submitted }) => [answer, submitted])).toEqual([["x", "9:00"]]);
    const microsoft = csv(
      ["ID", "Start time", "Email", "Name", QUESTIONS[1]],
      ["1", "9:00", "j@example.org", "Jane Doe", BEN],
    );
    expect(answersOf(readTable(microsoft))).toEqual([["c-001", 2, BEN]]);
  });
});

function readAnswer(answer: string): ReadSubmissions {
  return readTable(csv(["uid", "qid", "submission_id", "submitted_answer"], ["s-1", "1", "7", answer]));
}

describe("how answers are written", () => {
  test.each([
    ['{"a":"x","b":2,"c":["y"],"d":null,"_e":"hidden"}', 'a:\nx\n\nb:\n2\n\nc:\n["y"]'],
    ['{"_draft":"","constructor":"x"}', "x"],
    ['{"_draft":"","x":null}', ""],
    ['"text"', "text"],
    ["42", "42"],
    ["plain words, no JSON", "plain words, no JSON"],
    ["", ""],
    ['{"parts":[{"text":"one"},{"text":"<p>two</p>"},{}]}', "one\n\ntwo"],
    [`{"_files":[{"name":"a.py","contents":"${btoa("<p>print(1)</p>")}"}]}`, "<p>print(1)</p>"],
  ])("%s", (json, expected) => {
    expect(readAnswer(json).submissions.map(({ answer, rawHash }) => [answer, rawHash])).toEqual([
      [expected, hashOf(json)],
    ]);
  });

  test.each(['{"a":"cut', `{"_files":[{"name":"scan.pdf","contents":"${btoa("\xFF\xFE")}"}]}`, '{"_files":"none"}'])(
    "%s is no text, and no blank",
    (json) => {
      const result = readAnswer(json);
      expect(result.submissions).toEqual([]);
      expect(wordsOf(result)).toEqual([
        "answers.csv:2: the answer holds a file or damaged JSON where a text should be; it was left out",
      ]);
    },
  );

  test("HTML is taken apart where an editor wrote it, or where the user says so", () => {
    const text = csv(["candidate", "question", "answer"], ["c-1", "1", "<p>One &amp; two</p>"]);
    expect(answersOf(readTable(text))).toEqual([["c-1", 1, "<p>One &amp; two</p>"]]);
    expect(answersOf(readTable(text, { form: "html" }))).toEqual([["c-1", 1, "One & two"]]);
  });
});
