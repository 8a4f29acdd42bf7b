import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { ankiText } from "../../src/export/anki.ts";
import { bankTable } from "../../src/export/bank-csv.ts";
import { chooseQuestions } from "../../src/export/bank-export.ts";
import { bankJsonLines } from "../../src/export/bank-jsonl.ts";
import { chaptersOf } from "../../src/export/bank-sections.ts";
import { csvText } from "../../src/export/csv-text.ts";
import { moodleXml } from "../../src/export/moodle.ts";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { readMoodleRubrics } from "../../src/grade/import/moodle-rubrics.ts";
import { childrenNamed, readXml, textAt, type XmlElement } from "../../src/grade/import/xml-tree.ts";
import { rubricIn } from "../grade/rubric/rubric-samples.ts";
import { exportedQuestion, HOSTILE, sampleBank } from "./sample-bank.ts";

const hostile = HOSTILE.map((text, at) =>
  exportedQuestion({
    id: `q-00000000000${(at + 1).toString(16)}`,
    text,
    reading: text,
    answer: text,
    tags: [text],
    headings: [`${at} ${text}`],
  }),
);

const at = (path: string, ...headings: string[]) => exportedQuestion({ path, headings });

const rowsOf = (text: string): string[][] => {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => !line.startsWith("#"));
  return parse(lines.slice(start).join("\n"), { delimiter: "\t" });
};

const essays = (xml: string): readonly XmlElement[] => {
  const reading = readXml(xml);
  if (reading.status === "broken") throw new Error(`${reading.line}: ${reading.reason}`);
  return childrenNamed(reading.root, "question");
};

describe("choosing questions", () => {
  const file = readBankFile(
    "locks.md",
    new TextEncoder().encode(
      "# Locks\n\n## Question 1\n\n**Filled?**\n\n**Answer:** Yes.\n\n---\n\n## Question 2\n\n**Open?**\n\n**Answer:** _[To be filled]_\n",
    ),
    bankConfigSchema.parse({}),
  );
  const choice = { readingOf: ({ text }: { text: string }) => text, rubricOf: () => undefined };

  test("takes what is answered and counts the rest by state", () => {
    const { questions, leftOut } = chooseQuestions([file], { ...choice, all: false });
    expect(questions.map(({ text, answer }) => [text, answer])).toEqual([["Filled?", "Yes."]]);
    expect([...leftOut]).toEqual([["placeholder", 1]]);
  });

  test("takes all on request, and a placeholder is no answer", () => {
    const { questions, leftOut } = chooseQuestions([file], { ...choice, all: true });
    expect(questions.map(({ text, answer, state }) => [text, answer, state])).toEqual([
      ["Filled?", "Yes.", "filled"],
      ["Open?", "", "placeholder"],
    ]);
    expect(leftOut.size).toBe(0);
  });
});

test.each([
  [["Locks", "Questions"], "Locks"],
  [["Locks", "Keys", "Interview Questions & Answers"], "Locks › Keys"],
  [["Locks **and** keys", "Part 1"], "Locks and keys › Part 1"],
  [["Questions"], "pin locks"],
  [["Q&A", "❓ FAQ"], "pin locks"],
  [["Questions about locks"], "Questions about locks"],
])("a chapter under %j is called %s", (headings, title) => {
  expect(chaptersOf([at("doors/pin-locks.md", ...headings)]).map((chapter) => chapter.title)).toEqual([title]);
});

test("a file that is called after what every bank holds is called as its folder", () => {
  expect(chaptersOf([at("doors/questions.md"), at("questions.md", "Questions")]).map(({ title }) => title)).toEqual([
    "doors",
    "questions",
  ]);
});

test("chapters are files under their common heading, sections what is below it", () => {
  const chapters = chaptersOf([
    at("a.md", "Top", "One"),
    at("a.md", "Top", "Two", "Deep `x`"),
    at("a.md", "Top", "One"),
    at("java/README.md"),
  ]);
  expect(
    chapters.map(({ title, sections }) => [
      title,
      sections.map((section) => [section.title, section.questions.length]),
    ]),
  ).toEqual([
    [
      "Top",
      [
        ["One", 2],
        ["Two › Deep x", 1],
      ],
    ],
    ["java", [["", 1]]],
  ]);
});

describe("JSON lines", () => {
  test("are the texts exactly as they are, hostile or not", () => {
    const text = bankJsonLines(hostile);
    const read = text
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(read).toEqual(
      hostile.map(({ id, text: question, answer, tags, headings }) => ({
        id,
        question,
        answer,
        state: "filled",
        file: "questions/locks.md",
        line: 5,
        number: "1",
        section: headings,
        tags,
      })),
    );
    expect(text).not.toMatch(/[\u0000-\u0008\u202E]/);
  });

  test("say how a glued question is read, and null where there is no answer", () => {
    const [line = ""] = bankJsonLines([
      exportedQuestion({ text: "Whatis it?", reading: "What is it?", answer: "" }),
    ]).split("\n");
    expect(JSON.parse(line)).toMatchObject({ question: "Whatis it?", read_as: "What is it?", answer: null });
  });
});

test("a spreadsheet runs nothing of the CSV", () => {
  const rows: string[][] = parse(csvText(bankTable(hostile)));
  const [header, ...cells] = rows;
  expect(header).toEqual([
    "id",
    "question",
    "read_as",
    "body",
    "answer",
    "state",
    "file",
    "line",
    "number",
    "section",
    "tags",
  ]);
  expect(cells).toHaveLength(hostile.length);
  expect(cells.flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
});

describe("Anki's text", () => {
  test("names its columns, and a card keeps its guid however its text changes", () => {
    const text = ankiText(
      sampleBank([exportedQuestion({ tags: ["level: [E]", "two words"], headings: ["Locks", "Basics"] })]),
    );
    expect(text).toMatchInlineSnapshot(`
      "#separator:tab
      #html:true
      #notetype:Basic
      #columns:guid	deck	Front	Back	Tags
      #guid column:1
      #deck column:2
      #tags column:5
      q-000000000001	Concurrency::Locks › Basics	What does a <strong>lock</strong> keep out?	<p>Everybody but <code>one</code>.</p><p><small>questions/locks.md:5</small></p>	level:-[E] two-words
      "
    `);
    const changed = ankiText(sampleBank([exportedQuestion({ text: "Other words?", answer: "Other." })]));
    expect(rowsOf(changed).map(([guid]) => guid)).toEqual(["q-000000000001"]);
  });

  test("has a record a question whatever stands in it, and no command of Anki", () => {
    const rows = rowsOf(ankiText(sampleBank(hostile)));
    expect(rows.map((row) => [row[0], row.length])).toEqual(hostile.map(({ id }) => [id, 5]));
    const commands = rows.flat().filter((cell) => /\[\/?(?:latex|\$|sound:|anki:)/i.test(cell));
    // Tags are no fields: nothing is run in them.
    expect(commands.filter((cell) => !rows.some((row) => row[4] === cell || row[1] === cell))).toEqual([]);
  });
});

describe("Moodle XML", () => {
  test("holds categories and essay questions with the answer as feedback", () => {
    expect(moodleXml(sampleBank([exportedQuestion({ headings: ["Locks", "A/B"], tags: ["easy"] })])))
      .toMatchInlineSnapshot(`
        "<?xml version="1.0" encoding="UTF-8"?>
        <quiz>
        <question type="category">
        <category><text>$course$/top/Concurrency/Locks › A//B</text></category>
        <info format="html"><text></text></info>
        <idnumber></idnumber>
        </question> <question type="essay">
        <name><text>What does a lock keep out?</text></name>
        <questiontext format="html"><text>&lt;p&gt;What does a &lt;strong&gt;lock&lt;/strong&gt; keep out?&lt;/p&gt;
        </text></questiontext>
        <generalfeedback format="html"><text>&lt;p&gt;Everybody but &lt;code&gt;one&lt;/code&gt;.&lt;/p&gt;</text></generalfeedback>
        <defaultgrade>1</defaultgrade>
        <penalty>0</penalty>
        <hidden>0</hidden>
        <idnumber>q-000000000001</idnumber>
        <responseformat>editor</responseformat>
        <responserequired>1</responserequired>
        <responsefieldlines>15</responsefieldlines>
        <minwordlimit></minwordlimit>
        <maxwordlimit></maxwordlimit>
        <attachments>0</attachments>
        <attachmentsrequired>0</attachmentsrequired>
        <maxbytes>0</maxbytes>
        <filetypeslist></filetypeslist>
        <graderinfo format="html"><text></text></graderinfo>
        <responsetemplate format="html"><text></text></responsetemplate>
        <tags><tag><text>easy</text></tag></tags>
        </question> 
        </quiz> 
        "
      `);
  });

  test("carries a rubric for graders, and `rubric import` reads the same criteria out of it", () => {
    const rubric = rubricIn(`
question: q-000000000001
scale: { max: 3 }
guidelines: Accept other words.
criteria:
  - { id: exclusion, text: Says that others wait, levels: [{ id: full, points: 2, text: all of them }, { id: some, points: 0.5, text: "some: not all" }, { id: none, points: 0 }] }
  - { id: unlock, text: Says who opens it again, points: 1 }
  - { id: wrong, text: Takes it for a queue, points: -1 }
`);
    const { rubrics, faults } = readMoodleRubrics(moodleXml(sampleBank([exportedQuestion({ rubric })])));
    expect(faults).toEqual([]);
    expect(rubrics).toEqual([
      {
        name: "What does a lock keep out?",
        asks: ["q-000000000001", "What does a lock keep out?", "What does a lock keep out?"],
        guidelines: "Accept other words.",
        max: 3,
        criteria: [
          {
            name: "Says that others wait",
            text: "",
            levels: [
              { name: "full", text: "all of them", points: 2 },
              { name: "some", text: "some: not all", points: 0.5 },
              { name: "none", text: "", points: 0 },
            ],
          },
          { name: "Says who opens it again", text: "", levels: [{ name: "", text: "", points: 1 }] },
          { name: "Takes it for a queue", text: "", levels: [{ name: "", text: "", points: -1 }] },
        ],
        notCarried: [],
      },
    ]);
  });

  test("is whole whatever stands in the bank", () => {
    const questions = essays(moodleXml(sampleBank(hostile))).filter((each) => each.attributes.get("type") === "essay");
    expect(questions.map((each) => textAt(each, "idnumber"))).toEqual(hostile.map(({ id }) => id));
    expect(questions.slice(0, 1).map((each) => textAt(each, "questiontext", "text"))).toEqual([
      "<p>&lt;script&gt;document.title = &#39;owned&#39;&lt;/script&gt;</p>",
    ]);
  });
});
