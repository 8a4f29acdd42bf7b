import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../../src/bank/bank-config.ts";
import { indexBank } from "../../../src/bank/index-bank.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import { hashOf } from "../../../src/core/hash.ts";
import { readSubmissions } from "../../../src/grade/submissions/read-submissions.ts";
import { answersOf, BANKS, bankText, IDS, QUESTIONS, read, source, wordsOf } from "./small-exam.ts";

/** Who the candidates are, and what is told. */
function candidates(...files: readonly (readonly [string, string])[]): readonly string[] {
  const sources = files.map(([path, text]) => source(`in/${path}`, text, path.split("/").slice(0, -1)));
  const result = read(sources);
  return [...result.codes.keys(), ...wordsOf(result)];
}

describe("a copy of the bank", () => {
  test("is read as whole submissions", () => {
    const text = bankText(["", "One heap,\n\n```c\nint x; // ## Question 9\n```", ""]);
    const answer = "One heap,\n\n```c\nint x; // ## Question 9\n```";
    expect(read([source("in/cand-07.md", text.replaceAll("\n", "\r\n"))]).submissions).toEqual(
      ["", answer, ""].map((each, at) => ({
        candidate: "cand-07",
        question: IDS[at],
        answer: each,
        rawHash: hashOf(each === "" ? " _[To be filled]_" : ` ${each.replaceAll("\n", "\r\n")}`),
        attempt: 1,
        submitted: undefined,
        source: { path: "in/cand-07.md", line: [7, 15, 27][at] },
        human: [],
      })),
    );
  });

  test("names its candidate by its file, its folder, or the folder that it stands in", () => {
    const text = bankText(["a", "", ""]);
    const labels = (path: string, folders: readonly string[] = []): readonly string[] => [
      ...read([source(path, text, folders)]).codes.keys(),
    ];
    expect(labels("in/anna.md")).toEqual(["anna"]);
    expect(labels("in/anna/exam.md")).toEqual(["anna"]);
    expect(labels("in/anna/copy.md", ["anna"])).toEqual(["anna"]);
    expect(labels("in/anna/part 1/copy.md", ["anna", "part 1"])).toEqual(["anna"]);
    expect(labels("1.md")).toEqual(["1"]);
  });

  describe("in a folder with others", () => {
    const [one, other, third] = ["a", "b", "c"].map((each) => bankText([each, `${each}2`, ""]));
    const blank = bankText();

    test.each<[string, readonly (readonly [string, string | undefined])[], readonly string[]]>([
      [
        "copies of many",
        [
          ["copies/anna.md", one],
          ["copies/ben.md", other],
          ["copies/cem.md", blank],
        ],
        ["anna", "ben", "cem"],
      ],
      [
        "folders of many",
        [
          ["anna/copy.md", one],
          ["ben/copy.md", other],
          ["cem/copy.md", blank],
        ],
        ["anna", "ben", "cem"],
      ],
      [
        "groups of many",
        [
          ["a/anna/exam.md", one],
          ["a/ben/exam.md", other],
          ["b/cem/exam.md", third],
        ],
        ["anna", "ben", "cem"],
      ],
      [
        "a template beside a copy",
        [
          ["anna/blank.md", blank],
          ["anna/done.md", one],
        ],
        ["anna"],
      ],
      [
        "the same copy twice",
        [
          ["anna/copy.md", one],
          ["anna/copy (1).md", one],
        ],
        ["anna"],
      ],
      [
        "answers in files of folders in folders",
        [
          ["a/anna/1.md", "x"],
          ["a/ben/1.md", "y"],
          ["a/ben/2.md", "z"],
        ],
        ["anna", "ben"],
      ],
      [
        "copies beside folders of files",
        [
          ["all/ben.md", one],
          ["all/cem.md", other],
          ["anna/1.md", "x"],
        ],
        ["ben", "cem", "anna"],
      ],
      [
        "copies and tables",
        [
          ["copies/anna.md", one],
          ["copies/ben.md", other],
          ["t.csv", "candidate,1\nDora,x\n"],
        ],
        ["anna", "ben", "Dora"],
      ],
    ])("%s", (_name, files, expected) => {
      expect(candidates(...files.map(([path, text = ""]) => [path, text] as const))).toEqual(expected);
    });

    test("that all call theirs the same has folders of candidates, and is told what cannot be read", () => {
      const names = ["first.md", "second.md"];
      const files = ["anna", "ben"].flatMap((folder) =>
        names.map((name) => [`${folder}/${name}`, bankText([folder + name])] as const),
      );
      expect(candidates(...files)).toEqual([
        "anna",
        "ben",
        "in/anna/second.md:7: a different answer of the same attempt stands at in/anna/first.md:7; this one was left out",
        "in/ben/second.md:7: a different answer of the same attempt stands at in/ben/first.md:7; this one was left out",
      ]);
    });

    test("that holds files with one answer is a candidate's", () => {
      expect(candidates(["anna/copy.md", one ?? ""], ["anna/1.md", "other"])).toEqual([
        "anna",
        "in/anna/1.md:1: a different answer of the same attempt stands at in/anna/copy.md:7; this one was left out",
      ]);
    });
  });

  test("keeps what is known and tells what is not", () => {
    const text = `${bankText(["a", "b", "c"])}\n## Question 4\n\n**How do thread share the memory?**\n\n**Answer:** lost\n`;
    const result = read([source("in/anna.md", `# intro\n\n${text}`)]);
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "a"],
      ["c-001", 2, "b"],
      ["c-001", 3, "c"],
    ]);
    expect(wordsOf(result)).toEqual([
      `in/anna.md:29: the bank has no question "How do thread share the memory?" (1 row was left out); nearest: "${IDS[1]} ${QUESTIONS[1]}"`,
    ]);
  });

  test("finds a question by its id although it was worded anew, and equal ones by their place", () => {
    const twins = "## Question 1\n\n**Why?**\n\n<!-- id: why-one -->\n\n**Answer:** _[To be filled]_\n\n---\n\n".concat(
      "## Question 2\n\n**How so?**\n\n**Answer:** _[To be filled]_\n\n---\n\n",
      "## Question 3\n\n**How so?**\n\n**Answer:** _[To be filled]_\n",
    );
    const bank = indexBank(
      ["q/a.md", "q/b.md"].map((path) =>
        readBankFile(
          path,
          new TextEncoder().encode(path === "q/a.md" ? twins : twins.replace("why-one", "why-two")),
          BANKS,
        ),
      ),
    );
    const ids = bank.files.flatMap((file) => file.questions.map(({ id }) => id));
    let count = 0;
    const copy = twins.replace("Why?", "Why is that?").replace(/_\[To be filled\]_/g, () => `answer ${++count}`);
    const result = readSubmissions([source("in/anna.md", copy)], bank, { banks: BANKS, known: new Map() });
    expect(result.submissions.map(({ question, answer }) => [question, answer])).toEqual([
      [ids[0], "answer 1"],
      [ids[1], "answer 2"],
      [ids[2], "answer 3"],
    ]);
    expect(result.faults).toEqual([]);
  });

  test("is read by a dialect that only the bank is known to have", () => {
    const text = "Aufgabe: Was ist ein Thread?\nLösung: TODO\n\nAufgabe: Was ist ein Prozess?\nLösung: TODO\n";
    const banks = bankConfigSchema.parse({
      banks: [{ files: "q/**", dialect: "own" }],
      dialects: { own: { question: { start: "^Aufgabe: (?<q>.+)$" }, answer: { start: "^Lösung:" } } },
      detect: false,
    });
    const bank = indexBank([readBankFile("q/a.md", new TextEncoder().encode(text), banks)]);
    const copy = text.replace("Lösung: TODO\n\n", "Lösung: Ein Faden.\n\n");
    const result = readSubmissions([source("in/anna.md", copy)], bank, { banks, known: new Map() });
    expect(result.submissions.map(({ answer, source: place }) => [answer, place.line])).toEqual([
      ["Ein Faden.", 2],
      ["", 5],
    ]);
  });
});

describe("a file for one answer", () => {
  test("is no answer to a question that its name only seems to be", () => {
    const result = read([
      source("in/2.md", bankText(["a", "", ""])),
      source("in/anna/2.md", "## Memory\n\nshared", ["anna"]),
    ]);
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "a"],
      ["c-001", 2, ""],
      ["c-001", 3, ""],
      ["c-002", 2, "## Memory\n\nshared"],
    ]);
  });

  test("may stand in a folder that was named itself", () => {
    expect(answersOf(read([source("in/c-9/q1.txt", "\uFEFFone\r\ntwo\r\n")]))).toEqual([["c-9", 1, "one\ntwo"]]);
  });

  test("is refused by name where nothing tells its question or its writer", () => {
    const bad = Buffer.from([0x61, 0xff, 0x0a]);
    const result = read([
      source("in/anna/how-do-threads-share-the-memory.md", "x", ["anna"]),
      source("in/anna/notes.md", "x", ["anna"]),
      source("q1.md", "x"),
      source("in/anna/q1.md", bad, ["anna"]),
      source("in/anna/q2.md", "a\0b", ["anna"]),
      source("in/anna/q3.md", "x".repeat(1_000_001), ["anna"]),
    ]);
    expect(result.submissions).toEqual([]);
    expect(wordsOf(result)).toEqual([
      `in/anna/how-do-threads-share-the-memory.md:1: no question of the bank is in this file, and its name is none; nearest: "${IDS[1]} ${QUESTIONS[1]}"`,
      "in/anna/notes.md:1: no question of the bank is in this file, and its name is none",
      "q1.md:1: it is not said whose answer this is; it was left out",
      "in/anna/q1.md:1: this is not UTF-8; save the file as UTF-8, or as UTF-16 with its byte-order mark; nothing of it was read",
      "in/anna/q2.md:1: the answer holds NUL bytes; it was left out",
      "in/anna/q3.md:1: the answer is longer than a million characters; it was left out",
    ]);
  });

  test("does not answer twice for one candidate", () => {
    const result = read([
      source("in/anna/q1.md", "first", ["anna"]),
      source("in/anna/question-1.txt", "second", ["anna"]),
      source("in/anna/q2.md", " \n", ["anna"]),
      source("in/anna/part/q2.md", "given", ["anna", "part"]),
      source("in/anna/q3.md", "same", ["anna"]),
      source("in/anna/03.md", "same", ["anna"]),
    ]);
    expect(answersOf(result)).toEqual([
      ["c-001", 1, "first"],
      ["c-001", 2, "given"],
      ["c-001", 3, "same"],
    ]);
    expect(wordsOf(result)).toEqual([
      "in/anna/question-1.txt:1: a different answer of the same attempt stands at in/anna/q1.md:1; this one was left out",
    ]);
    expect(result.notes.duplicatesDropped).toBe(2);
  });
});
