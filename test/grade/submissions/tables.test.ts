import * as fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../../src/grade/submissions/read-csv.ts";
import { readJsonLines } from "../../../src/grade/submissions/read-jsonl.ts";
import { describeFault } from "../../../src/grade/submissions/source-fault.ts";
import type { Table } from "../../../src/grade/submissions/table.ts";
import { answersOf, csv, QUESTIONS, readTable, wordsOf } from "./small-exam.ts";

function shown({ header, rows, faults }: Table): unknown {
  return {
    header,
    rows: rows.map(({ line, cells }) => [line, ...cells]),
    faults: faults.map((fault) => describeFault(fault)),
  };
}

/** Rows that survive reading: a header of one-line names, then cells; no row is blank. */
function tables(delimiter: string): fc.Arbitrary<readonly (readonly string[])[]> {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('"', delimiter, "\n", "\r", "=", "a", " ", "@", "-"), maxLength: 12 }),
    fc.constantFrom("__proto__", "constructor", "=1+1", '=HYPERLINK("http://x")', "+1", "1e5", "true", "0012"),
  );
  return fc.integer({ min: 2, max: 5 }).chain((width) =>
    fc.array(
      fc.array(cell, { minLength: width - 1, maxLength: width - 1 }).map((cells) => ["x", ...cells]),
      { minLength: 1, maxLength: 8 },
    ),
  );
}

function firstCells(text: string): readonly string[] | undefined {
  return readCsv("a.csv", text).rows[0]?.cells;
}

describe("reading CSV", () => {
  test.each([",", ";", "\t", "|"])("gives back any rows written with %j between the cells", (delimiter) => {
    fc.assert(
      fc.property(tables(delimiter), fc.constantFrom("\n", "\r\n"), fc.boolean(), (rows, eol, hasEnd) => {
        const header = (rows[0] ?? []).map((_cell, at) => `column ${at}`);
        const written = stringify([header, ...rows], { delimiter, quoted: true, record_delimiter: eol, eof: hasEnd });
        const table = readCsv("a.csv", written);
        expect(table.header).toEqual(header);
        expect(table.rows.map(({ cells }) => cells)).toEqual(rows);
        expect(table.faults).toEqual([]);
        const lines = table.rows.map(({ line }) => written.split(/\r\n|\n|\r/)[line - 1]?.slice(0, 3));
        expect(new Set(lines)).toEqual(new Set(['"x"']));
      }),
      { numRuns: 60 },
    );
  });

  test("keeps every cell as text, whatever it looks like", () => {
    const text = "id,a,b\r\n1,=1+1,@SUM(A1)\r\n2, 007 ,1e5\r\n3,#NUM!,-3\r\n";
    expect(shown(readCsv("a.csv", text))).toEqual({
      header: ["id", "a", "b"],
      rows: [
        [2, "1", "=1+1", "@SUM(A1)"],
        [3, "2", " 007 ", "1e5"],
        [4, "3", "#NUM!", "-3"],
      ],
      faults: [],
    });
  });

  test("tells a damaged row by its line and reads the rest", () => {
    const text = 'a,b\n1,"two\r\nlines"\n\n2\n3,"he ""said"" it",,\n4,x,y\n5,a "quoted" word\n6,"stray"quote\n,\n7,end';
    expect(shown(readCsv("in/a.csv", text))).toEqual({
      header: ["a", "b"],
      rows: [
        [2, "1", "two\r\nlines"],
        [6, "3", 'he "said" it'],
        [8, "5", 'a "quoted" word'],
        [9, "6", '"stray"quote'],
        [11, "7", "end"],
      ],
      faults: [
        "in/a.csv:5: this row has 1 cells where the first row has 2; it was left out",
        "in/a.csv:7: this row has 3 cells where the first row has 2; it was left out",
      ],
    });
  });

  test("reads up to a quote that is never closed", () => {
    expect(shown(readCsv("a.csv", 'a,b\n1,x\n2,"never\n3,y\n'))).toEqual({
      header: ["a", "b"],
      rows: [[2, "1", "x"]],
      faults: ["a.csv:3: a quote is opened in this row and never closed; nothing from here on was read"],
    });
  });

  test("finds the sign between cells, said or not", () => {
    expect(firstCells("name;answer\nx;one, two, three\n")).toEqual(["x", "one, two, three"]);
    expect(firstCells("sep=;\r\nname;answer\r\nx;a,b\r\n")).toEqual(["x", "a,b"]);
    expect(firstCells("name\tWhat is a, b, or c?\nx\tone; two\n")).toEqual(["x", "one; two"]);
    expect(firstCells('name,"What; if; so?"\nx,"a; b"\n')).toEqual(["x", "a; b"]);
    expect(firstCells("name|answer\nx|a\n")).toEqual(["x", "a"]);
    expect(firstCells("answer\none\n")).toEqual(["one"]);
    expect(readCsv("a.csv", "sep=;\nname;answer\nx;a\n").rows[0]?.line).toBe(3);
  });

  test("a header may have line breaks and hidden characters", () => {
    expect(readCsv("a.csv", '\n"first\r\n  name ",\u200B"b"\n1,2\n').header).toEqual(["first name", '"b"']);
    expect(readCsv("a.csv", '"\u200Bcandidate\u200B","a\n\nb"\n1,2\n').header).toEqual(["candidate", "a b"]);
  });

  test("refuses what is no text, and what is too much", () => {
    expect(shown(readCsv("a.csv", ""))).toEqual({
      header: [],
      rows: [],
      faults: ["a.csv:1: there is no first row with the names of the columns"],
    });
    expect(shown(readCsv("a.csv", "a\0,b\0\n1,2\n"))).toEqual({
      header: [],
      rows: [],
      faults: ["a.csv:1: there are NUL bytes here, so this is no text file; nothing of it was read"],
    });
    const tooLarge = "a.csv:1: the file holds more than 3 rows or 9 cells; split it; nothing of it was read";
    const limits = { rows: 3, cells: 9 };
    const large = ["a,b\n1,2\n3,4\n5,6\n7,8\n9,0\n", "a,b,c,d,e\n1,2,3,4,5\n"];
    for (const text of large) {
      expect(shown(readCsv("a.csv", text, limits))).toEqual({ header: [], rows: [], faults: [tooLarge] });
    }
    expect(readCsv("a.csv", "a,b\n1,2\n3,4\n5,6\n", limits).rows.length).toBe(3);
    expect(shown(readJsonLines("a.csv", '{"a":1}\n{"b":1}\n{"c":1}\n{"d":1}', limits))).toEqual({
      header: [],
      rows: [],
      faults: [tooLarge],
    });
  });
});

describe("reading JSON lines", () => {
  test("gives back any objects of texts", () => {
    const records = fc.array(
      fc.uniqueArray(fc.tuple(fc.constantFrom("__proto__", "constructor", "a", "b", "toString"), fc.string()), {
        selector: ([key]) => key,
        minLength: 1,
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(records, (entries) => {
        const lines = entries.map(
          (pairs) => `{${pairs.map((pair) => pair.map((part) => JSON.stringify(part)).join(":")).join()}}`,
        );
        const { header, rows, faults } = readJsonLines("a.jsonl", lines.join("\r\n"));
        expect(faults).toEqual([]);
        const back = rows.map(
          ({ cells }) => new Map(header.flatMap((name, at) => (cells[at] ? [[name, cells[at]]] : []))),
        );
        expect(back).toEqual(entries.map((pairs) => new Map(pairs.filter(([, value]) => value !== ""))));
      }),
    );
  });

  test("tells what is no record by its line, and nothing of what is in it", () => {
    const text =
      '{"candidate":"x","score":2.5,"ok":true,"none":null}\n\n{"secret\n[1]\n"text"\n{"a":{"b":1}}\n{"z":"1"}';
    expect(shown(readJsonLines("a.jsonl", text))).toEqual({
      header: ["candidate", "score", "ok", "none", "z"],
      rows: [
        [1, "x", "2.5", "true", ""],
        [7, "", "", "", "", "1"],
      ],
      faults: [
        "a.jsonl:3: this line is not a JSON object; it was left out",
        "a.jsonl:4: this line is not a JSON object; it was left out",
        "a.jsonl:5: this line is not a JSON object; it was left out",
        "a.jsonl:6: this line holds an object or a list where a text should be; it was left out",
      ],
    });
  });
});

describe("decoding", () => {
  const text = csv(["candidate", "question", "answer"], ["Zoë", "2", "naïve 🙂"]);
  const utf16 = (bigEndian: boolean): Uint8Array => {
    const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
    return bigEndian ? bytes.swap16() : bytes;
  };

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16, low byte first", utf16(false)],
    ["UTF-16, high byte first", utf16(true)],
    ["CRLF", Buffer.from(text.replaceAll("\n", "\r\n"))],
  ])("%s", (_name, bytes) => {
    expect(answersOf(readTable(bytes))).toEqual([["c-001", 2, "naïve 🙂"]]);
  });

  test("other bytes are refused with their line", () => {
    const latin = Buffer.concat([Buffer.from("candidate,question,answer\n1,2,a\n1,2,"), Buffer.from([0xe9, 0x0a])]);
    expect(wordsOf(readTable(latin))).toEqual([
      "answers.csv:3: this is not UTF-8; save the file as UTF-8, or as UTF-16 with its byte-order mark; nothing of it was read",
    ]);
    const unmarked = Buffer.from("candidate,question,answer\na,1,b\n", "utf16le");
    expect(wordsOf(readTable(unmarked))).toEqual([
      "answers.csv:1: there are NUL bytes here, so this is no text file; nothing of it was read",
    ]);
    expect(readTable(latin).submissions).toEqual([]);
  });
});

describe("columns", () => {
  const rows = [["Anna", "1", "a"]] as const;

  test("a missing column is told with the nearest one", () => {
    expect(wordsOf(readTable(csv(["candidat", "question", "answer"], ...rows)))).toEqual([
      'answers.csv:1: there is no column "candidate" for candidate; nearest: "candidat"; nothing of the file was read; its columns are "candidat", "question", "answer": say which is what with --map candidate=…,question=…,answer=…',
    ]);
    expect(wordsOf(readTable(csv(["candidate", "questions", "answer"], ...rows)))).toEqual([
      'answers.csv:1: there is no column "question" for question; nearest: "questions"; nothing of the file was read; its columns are "candidate", "questions", "answer": say which is what with --map candidate=…,question=…,answer=…',
    ]);
    const map = { fields: new Map([["answer", "Response"] as const]), criteria: new Map() };
    expect(wordsOf(readTable(csv(["candidate", "question", "Reponse text"], ...rows), { map }))).toEqual([
      'answers.csv:1: there is no column "Response" for answer; nearest: "Reponse text"; nothing of the file was read; its columns are "candidate", "question", "Reponse text": say which is what with --map candidate=…,question=…,answer=…',
    ]);
    expect(wordsOf(readTable(csv(["Timestamp", "E-mail Adress", QUESTIONS[0]], ...rows)))).toEqual([
      'answers.csv:1: there is no column "email address" for candidate; nearest: "E-mail Adress"; nothing of the file was read; its columns are "Timestamp", "E-mail Adress", "What isMLOpsand why is it needed?": say which is what with --map candidate=…,question=…,answer=…',
    ]);
  });

  test("many and long names of columns are shown in short", () => {
    const wide = csv(["Wer?", "x".repeat(90), ...Array.from({ length: 12 }, (_, at) => `c\u202E${at}`)], [""]);
    expect(wordsOf(readTable(wide))).toEqual([
      expect.stringMatching(/its columns are "Wer\?", "x{40}…", "c0", .*"c5" and 6 more: say which/),
    ]);
  });

  test("a table of which nothing is read says so once", () => {
    const nobody = Array.from({ length: 30 }, (_, at) => ["", "1", `a ${at}`]);
    expect(wordsOf(readTable(csv(["candidate", "question", "answer"], ...nobody)))).toEqual([
      'answers.csv:2: none of 30 rows was read; the first: it is not said whose answer this is; it was left out; its columns are "candidate", "question", "answer": say which is what with --map candidate=…,question=…,answer=…',
    ]);
    const unknown = Array.from({ length: 30 }, (_, at) => ["Anna", `topic ${at}`, "a"]);
    expect(wordsOf(readTable(csv(["candidate", "question", "answer"], ...unknown)))).toEqual([
      expect.stringMatching(
        /^answers\.csv:2: none of 30 rows was read; the first: the bank has no question "topic 0" \(1 row was left out\); its columns/,
      ),
    ]);
  });

  test("a column that stands twice is no guess", () => {
    expect(wordsOf(readTable(csv(["candidate", "question", "answer", "Answer"], ["A", "1", "a", "b"])))).toEqual([
      'answers.csv:1: the column "answer" stands here more than once',
    ]);
    const wide = readTable(csv(["candidate", "1", "Question 1"], ["A", "first", "second"]));
    expect(wordsOf(wide)).toEqual(['answers.csv:1: the column "Question 1" stands here more than once']);
    expect(answersOf(wide)).toEqual([["candidate", 1, "first"]].map(([, at, text]) => ["c-001", at, text]));
  });

  test("a table without any question says how to name the columns", () => {
    expect(wordsOf(readTable(csv(["candidate", "favourite colour"], ["A", "red"])))).toEqual([
      'answers.csv:1: no column is a question of the bank; its columns are "candidate", "favourite colour": say which is what with --map candidate=…,question=…,answer=…; where each question has a column of answers, head it with the number (Q7), the id or the words of the question',
    ]);
  });

  test("prototype keys are names like any other", () => {
    const result = readTable(
      csv(
        ["candidate", "question", "answer", "__proto__", "constructor", "human.__proto__"],
        ["__proto__", "1", "constructor", "x", "y", "2"],
        ["constructor", "1", "__proto__", "x", "y", "toString"],
        ["hasOwnProperty", "__proto__", "lost", "x", "y", ""],
      ),
    );
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "constructor"],
      ["c-002", 1, "__proto__"],
    ]);
    expect(result.submissions.flatMap(({ human }) => human.map(({ mark }) => mark))).toEqual([
      { kind: "criterion", criterion: "__proto__", points: 2 },
      { kind: "level", criterion: "__proto__", level: "toString" },
    ]);
    expect([...result.codes]).toEqual([
      ["__proto__", "c-001"],
      ["constructor", "c-002"],
    ]);
  });
});
