import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeIn, identityOf } from "../../../src/grade/submissions/identity.ts";
import { answersOf, bankText, csv, read, readTable, source, wordsOf } from "./small-exam.ts";

function table(...candidates: readonly string[]): string {
  return csv(
    ["candidate", "question", "answer"],
    ...candidates.map((candidate, at) => [candidate, "1", `answer ${at}`]),
  );
}

describe("who is who", () => {
  test("from a label, an address and a name", () => {
    expect(identityOf({ label: " 71\u200B ", names: ["Doe,  Jane"], email: "Jane.Doe@example.org" })).toEqual({
      key: "71",
      names: ["Doe, Jane"],
      hints: ["Jane Doe"],
      handles: ["Jane.Doe"],
    });
    expect(identityOf({ label: "Jane.Doe@Example.org" })).toEqual({
      key: "jane.doe@example.org",
      names: [],
      hints: ["Jane Doe"],
      handles: ["Jane.Doe"],
    });
    expect(identityOf({ label: "", names: ["Jane Doe"] })).toEqual({
      key: "Jane Doe",
      names: ["Jane Doe"],
      hints: [],
      handles: [],
    });
    expect(identityOf({ label: "c-12" })).toEqual({ key: "c-12", names: [], hints: [], handles: [] });
    expect(identityOf({ label: " \u200B\u202E ", names: ["\t"] })).toBeUndefined();
  });

  test("what is a code already", () => {
    const labels = [
      "c-12",
      "cand-03",
      "student-7",
      "Student 7",
      "P12",
      "anon_4",
      "jane-7",
      "7",
      "c-",
      "c-1234567",
      "c-1x",
    ];
    expect(labels.map(codeIn)).toEqual([
      "c-12",
      "cand-03",
      "student-7",
      "student-7",
      "p12",
      "anon_4",
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("codes", () => {
  test("are given in order, kept, and taken from labels that are codes", () => {
    const first = readTable(table("Jane Doe", "c-002", "Ben Bo", "Student 7"));
    expect(answersOf(first)).toEqual([
      ["c-001", 1, "answer 0"],
      ["c-002", 1, "answer 1"],
      ["c-003", 1, "answer 2"],
      ["student-7", 1, "answer 3"],
    ]);
    expect([...first.codes]).toEqual([
      ["Jane Doe", "c-001"],
      ["Ben Bo", "c-003"],
    ]);
    const second = readTable(table("Cem Can", "Ben Bo"), { known: first.codes });
    expect(answersOf(second)).toEqual([
      ["c-002", 1, "answer 0"],
      ["c-003", 1, "answer 1"],
    ]);
    expect([...second.codes].slice(0, 2)).toEqual([...first.codes]);
    expect([first.newCodes, second.newCodes]).toEqual([["c-001", "c-003"], ["c-002"]]);
  });

  test("never make two candidates one", () => {
    const known = new Map([["Jane Doe", "c-001"]]);
    expect(answersOf(readTable(table("c-001"), { known }))).toEqual([["c-001", 1, "answer 0"]]);
    const both = readTable(table("c-001", "Jane Doe"), { known });
    expect(answersOf(both)).toEqual([["c-001", 1, "answer 1"]]);
    expect(wordsOf(both)).toEqual([
      "answers.csv:2: c-001 is written here as a candidate, and is the code of somebody else in these files; it was left out",
    ]);
  });

  test("one candidate in several files has one code", () => {
    const result = read([
      source("a.csv", csv(["email", "1"], ["Jane@Example.org", "first"])),
      source("b.csv", csv(["candidate", "2"], ["jane@example.org", "second"])),
    ]);
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "first"],
      ["c-001", 2, "second"],
    ]);
  });

  test("are distinct for distinct candidates, and the same again", () => {
    const label = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.constantFrom("c-001", "c-002", "C-1", "s 1"),
    );
    fc.assert(
      fc.property(fc.uniqueArray(label, { maxLength: 12 }), (labels) => {
        const first = readTable(table(...labels));
        expect(new Set(first.codes.values()).size).toBe(first.codes.size);
        const again = readTable(table(...labels), { known: first.codes });
        expect(again).toEqual({ ...first, newCodes: [] });
        expect(first.newCodes).toEqual([...first.codes.values()]);
        const owners = new Map<string, Set<string>>();
        for (const { candidate, source: place } of first.submissions) {
          const key = identityOf({ label: labels[place.line - 2] ?? "" })?.key ?? "";
          owners.set(candidate, (owners.get(candidate) ?? new Set()).add(codeIn(key) ?? key));
        }
        expect([...owners.values()].every((keys) => keys.size === 1)).toBe(true);
      }),
    );
  });
});

/** Paths as records keep them. */
function paths(...files: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  const { submissions } = read(files.map(([path, folders]) => source(path, "x", folders)));
  return submissions.map(({ source: place }) => place.nameless ?? place.path);
}

describe("nothing of who wrote it", () => {
  test("is in submissions, faults or notes", () => {
    const result = read([
      source(
        "a.csv",
        csv(
          ["candidate", "name", "email", "question", "answer", "attempt"],
          [
            "71",
            "Jane Doe",
            "jane@example.org",
            "1",
            "I, Jane Doe (jane@example.org, +49 170 1234567), say: with Ben Bo",
            "1",
          ],
          ["72", "Ben Bo", "ben@example.org", "1", "Doe, Jane did it", "x"],
          ["72", "Ben Bo", "ben@example.org", "2", "Doe, Jane did it; write to jane@example.org", "1"],
          ["72", "Ben Bo", "ben@example.org", "nonsense", "Ben", "1"],
        ),
      ),
    ]);
    const { codes, ...rest } = result;
    expect([...codes]).toEqual([
      ["71", "c-001"],
      ["72", "c-002"],
    ]);
    expect(JSON.stringify(rest) + wordsOf(result).join()).not.toMatch(/jane|doe|\bbo\b|example\.org|170/i);
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "I, [name] ([email], [phone]), say: with [name]"],
      ["c-002", 2, "[name] did it; write to [email]"],
    ]);
    expect(result.notes.redactions).toEqual({ names: 3, emails: 2, phones: 1 });
  });

  test("is left in the answer where the user wants it so", () => {
    const result = readTable(csv(["candidate", "1"], ["Jane Doe", "Jane Doe, jane@example.org"]), { redact: false });
    expect(answersOf(result)).toEqual([["c-001", 1, "Jane Doe, jane@example.org"]]);
    expect(result.notes.redactions).toEqual({ names: 0, emails: 0, phones: 0 });
  });

  test.each([
    [["Full Name"], ["Anna Alt"]],
    [["Your full name:"], ["Alt, Anna"]],
    [["Student's name *"], ["ANNA ALT"]],
    [
      ["First name", "Last Name"],
      ["Anna", "Alt"],
    ],
    [
      ["Surname", "Given names"],
      ["Alt", "Anna"],
    ],
    [
      ["Vorname", "Nachname"],
      ["Anna", "Alt"],
    ],
    [
      ["Name", "Vorname"],
      ["Alt", "Anna"],
    ],
    [["Vor- und Nachname"], ["Anna Alt"]],
    [["Student"], ["Anna Alt"]],
    [["ФИО"], ["Anna Alt"]],
  ])("is left where the columns %j say it", (header, cells) => {
    const blank = cells.map(() => "");
    const form = csv(
      ["Timestamp", "Email Address", ...header, "1"],
      ["9:00", "x1@example.org", ...cells, "I am Anna. anna alt"],
      ["9:01", "x2@example.org", ...blank, "ask Anna Alt"],
    );
    const course = csv(
      ["id", "section", "submitted", "n correct", "n incorrect", "score", ...header, "1"].map(String),
      ["71", "", "", "", "", "", ...cells, "I am Anna. anna alt"],
    );
    const bare = csv([...header, "question", "answer"], [...cells, "1", "I am Anna. anna alt"]);
    const own = ["c-001", 1, "I am [name]. [name]"];
    expect(answersOf(readTable(form))).toEqual([own, ["c-002", 1, "ask [name]"]]);
    expect(answersOf(readTable(course))).toEqual([own]);
    expect(answersOf(readTable(bare))).toEqual([own]);
    for (const text of [form, course, bare]) expect(readTable(text).faults).toEqual([]);
  });

  test("first names alone tell nobody from somebody else", () => {
    const text = csv(["Vorname", "question", "answer"], ["Anna", "1", "x"]);
    expect(readTable(text).submissions).toEqual([]);
    const known = csv(["candidate", "Vorname", "question", "answer"], ["71", "Anna", "1", "Anna: anna"]);
    expect(answersOf(readTable(known))).toEqual([["c-001", 1, "[name]: anna"]]);
  });

  test("is in the paths that records keep", () => {
    expect(paths(["subs/John Smith (12345)/q1.md", ["John Smith (12345)"]])).toEqual(["subs/c-001/q1.md"]);
    expect(paths(["subs/Müller_Hans/hans müller/1.md", ["Müller_Hans", "hans müller"]])).toEqual([
      "subs/c-001/c-001/1.md",
    ]);
    expect(paths(["subs/anna/q1.md", ["anna"]], ["subs/berta & anna/q2.md", ["berta & anna"]])).toEqual([
      "subs/c-001/q1.md",
      "subs/c-002/q2.md",
    ]);
    const rows = readTable(csv(["email", "1"], ["anna.alt@example.org", "x"]), {}, "in/alt_anna-2026.csv");
    expect(rows.submissions.map(({ source: place }) => place.nameless)).toEqual(["in/c-001.csv"]);
    const copy = read([source("in/anna.alt@example.org.md", bankText(["a", "", ""]))]);
    expect(new Set(copy.submissions.map(({ source: place }) => place.nameless))).toEqual(new Set(["in/c-001.md"]));
  });
});
