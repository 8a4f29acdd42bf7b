import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../../src/bank/bank-config.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import { csvText } from "../../../src/export/csv-text.ts";
import { canvasRubricTable } from "../../../src/export/rubrics-canvas.ts";
import { readCanvasRubrics } from "../../../src/grade/import/canvas-rubrics.ts";
import { importedRubric, type ImportedRubric } from "../../../src/grade/import/imported-rubric.ts";
import { readMarkScheme } from "../../../src/grade/import/mark-scheme.ts";
import { readMoodleRubrics } from "../../../src/grade/import/moodle-rubrics.ts";
import { readOraRubrics } from "../../../src/grade/import/ora-rubrics.ts";
import { planRubricImport } from "../../../src/grade/import/plan-rubric-import.ts";
import { formatRubricYaml } from "../../../src/grade/rubric/rubric-yaml.ts";
import { anyRubric } from "../rubric/rubric-arbitrary.ts";
import { placedOf } from "../rubric/rubric-samples.ts";

const ORA_JSON = JSON.stringify({
  prompts: [{ description: "How would you plan the move?" }],
  criteria: [
    {
      order_num: 0,
      name: "realistic",
      prompt: "Is the date realistic?",
      options: [
        { order_num: 0, points: 0, name: "No", explanation: "" },
        { order_num: 1, points: 2, name: "Maybe", explanation: "with luck" },
        { order_num: 2, points: 4, name: "Yes", explanation: "" },
      ],
    },
    { name: "notes", prompt: "", feedback: "required", options: [] },
  ],
});

const ORA_XML = `<?xml version="1.0"?>
<!-- a problem -->
<openassessment submission_due="2030-01-01T00:00">
  <title>The move</title>
  <assessments><assessment name="peer-assessment" /></assessments>
  <rubric>
    <prompt>How would you
      plan the move?</prompt>
    <criterion feedback="optional">
      <name>tone</name><label>Tone &amp; form</label><prompt>How is it written?</prompt>
      <option points="0"><name>Gruff (early)</name><explanation>No <![CDATA[<b>]]> one reads it.</explanation></option>
      <option points="3"><name>Clear</name><explanation/></option>
    </criterion>
  </rubric>
</openassessment>`;

const yamlOf = (imported: ImportedRubric | undefined): string => {
  if (imported === undefined) throw new Error("nothing was read");
  const made = importedRubric(imported, "q-0123456789ab");
  if ("reason" in made) throw new Error(made.reason);
  return formatRubricYaml(made.rubric);
};

describe("edX ORA", () => {
  test("JSON becomes a rubric; what has no points is said to be lost", () => {
    const { rubrics, faults } = readOraRubrics(ORA_JSON);
    expect(faults).toEqual([]);
    expect(rubrics.map(({ asks, notCarried }) => ({ asks, notCarried }))).toEqual([
      { asks: ["How would you plan the move?"], notCarried: ["notes: a criterion without points, for comments alone"] },
    ]);
    expect(yamlOf(rubrics[0])).toMatchInlineSnapshot(`
      "rubric: 1
      question: q-0123456789ab
      scale: { max: 4 }
      reference: bank
      criteria:
        - id: realistic
          text: Is the date realistic?
          levels:
            - { id: 'yes', points: 4 }
            - { id: maybe, points: 2, text: with luck }
            - { id: 'no', points: 0 }
      "
    `);
  });

  test("XML becomes one, names that no id can hold kept in words", () => {
    const { rubrics, faults } = readOraRubrics(ORA_XML);
    expect(faults).toEqual([]);
    expect(rubrics.map(({ name, asks, notCarried }) => ({ name, asks, notCarried }))).toEqual([
      {
        name: "The move",
        asks: ["How would you plan the move?", "The move"],
        notCarried: ["Tone & form: a comment beside it (optional)", "the steps of the assessment (peers, self, staff)"],
      },
    ]);
    expect(yamlOf(rubrics[0])).toMatchInlineSnapshot(`
      "rubric: 1
      question: q-0123456789ab
      scale: { max: 3 }
      reference: bank
      criteria:
        - id: tone-form
          text: 'Tone & form: How is it written?'
          levels:
            - { id: clear, points: 3 }
            - { id: gruff-early, points: 0, text: 'Gruff (early): No <b> one reads it.' }
      "
    `);
  });

  test.each([
    ["<rubric><criterion>", { line: 1, reason: "<criterion> is never closed" }],
    ["<rubric>\n</criterion></rubric>", { line: 2, reason: "</criterion> closes nothing that is open" }],
    ['<!DOCTYPE r [<!ENTITY a "aaaa">]><rubric/>', { line: 1, reason: "a document type is not read" }],
    ["<rubric/><rubric/>", { line: 1, reason: "there is not one element around everything" }],
    [
      '<rubric>\n<criterion>\n<option points="many"><name>x</name></option></criterion></rubric>',
      { line: 3, reason: "the points of an option are no number" },
    ],
    ['{\n"criteria": [', { line: 2, reason: "it is not JSON" }],
    ['{\n  "criteria": [\n    {"name": "a" "b"}\n  ]\n}', { line: 3, reason: "it is not JSON" }],
    ['{\n"criteria": [] x}\n', { line: 2, reason: "it is not JSON" }],
    ["{}", { line: 1, reason: "not a rubric of ORA: criteria: expected array, received undefined" }],
    [
      '{"criteria": [{"options": [{"points": "five"}]}]}',
      { line: 1, reason: "not a rubric of ORA: criteria.0.options.0.points: expected number, received string" },
    ],
  ])("%s is refused with its line", (text, fault) => {
    expect(readOraRubrics(text)).toEqual({ rubrics: [], faults: [fault] });
  });
});

const CANVAS = `Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,Rating Points,Rating Name 2,Rating Description 2,Rating Points 2
What does a lock do?,Exclusion,"Says that others
wait",false,Full,all,2,None,,0
,Unlocking,,true,Yes,,1
Another,Range,,false,Good,,10-8,Bad,,0
`;

describe("Canvas", () => {
  test("rows without a name go on with the rubric above; a rubric that cannot be read whole is none", () => {
    const { rubrics, faults } = readCanvasRubrics(CANVAS);
    expect(faults).toEqual([{ line: 5, reason: '"Another": the points of Range, Good are no number' }]);
    expect(rubrics).toEqual([
      {
        name: "What does a lock do?",
        asks: ["What does a lock do?"],
        guidelines: "",
        criteria: [
          {
            name: "Exclusion",
            text: "Says that others\nwait",
            levels: [
              { name: "Full", text: "all", points: 2 },
              { name: "None", text: "", points: 0 },
            ],
          },
          { name: "Unlocking", text: "", levels: [{ name: "Yes", text: "", points: 1 }] },
        ],
        notCarried: ["Unlocking: points between two ratings; each rating counts as its top"],
      },
    ]);
  });

  test("a file that is something else is told apart", () => {
    expect(readCanvasRubrics("a,b\n1,2\n").faults).toEqual([{ line: 1, reason: 'there is no column "rubric name"' }]);
    expect(readCanvasRubrics('Rubric Name,Criteria Name\n"x,y\n').faults).toEqual([
      { line: 2, reason: "a quote is never closed" },
    ]);
  });

  test("ORA to YAML to Canvas to YAML keeps criteria, points and names of levels", () => {
    for (const source of [ORA_JSON, ORA_XML]) {
      const yaml = yamlOf(readOraRubrics(source).rubrics[0]);
      const { rubric } = placedOf(yaml);
      const csv = csvText(canvasRubricTable([{ name: "any", rubric }]));
      expect(yamlOf(readCanvasRubrics(csv).rubrics[0])).toBe(yaml);
    }
  });

  test("whatever rubric goes out comes back with its criteria, levels and points", () => {
    fc.assert(
      fc.property(anyRubric, (rubric) => {
        const csv = csvText(canvasRubricTable([{ name: "any", rubric }]));
        const [imported] = readCanvasRubrics(csv).rubrics;
        expect(
          imported?.criteria.map(({ name, levels }) => [
            name,
            new Map(levels.map((level) => [level.name, level.points])),
          ]),
        ).toEqual(
          rubric.criteria.map(({ id, levels }) => [
            id,
            new Map(levels.map((level) => [level.id, level.points / 1000])),
          ]),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("Moodle", () => {
  test("advanced grading of a backup", () => {
    const { rubrics, faults } = readMoodleRubrics(`<areas><area><definitions><definition id="1">
      <name>Essay rubric</name><description>&lt;p&gt;Be kind.&lt;/p&gt;</description><options>{"x":1}</options>
      <rubric><criteria><criterion><description>States the cause</description><levels>
        <level><score>0.00000</score><definition>no</definition></level>
        <level><score>2.50000</score><definition>yes</definition></level>
      </levels></criterion></criteria></rubric></definition></definitions></area></areas>`);
    expect({ rubrics, faults }).toEqual({
      faults: [],
      rubrics: [
        {
          name: "Essay rubric",
          asks: ["Essay rubric"],
          guidelines: "Be kind.",
          criteria: [
            {
              name: "States the cause",
              text: "",
              levels: [
                { name: "", text: "no", points: 0 },
                { name: "", text: "yes", points: 2.5 },
              ],
            },
          ],
          notCarried: ["what candidates and graders are shown (options)"],
        },
      ],
    });
  });

  test("information for graders without points is no rubric, and is said to be none", () => {
    const quiz = `<quiz><question type="essay"><name><text>Why?</text></name><graderinfo format="html"><text>&lt;p&gt;Look at style.&lt;/p&gt;</text></graderinfo></question></quiz>`;
    expect(readMoodleRubrics(quiz)).toEqual({
      rubrics: [],
      faults: [
        {
          line: 1,
          reason: '"Why?": no line of the information for graders ends in points, as in "names the cause (2 points)"',
        },
      ],
    });
  });

  test("plain mark schemes are read line by line", () => {
    expect(
      readMarkScheme(
        "Accept synonyms.\n- names the cause (2 pts)\n2. gives an example [1.5]\n• (1)\nnot points (see 3)",
      ),
    ).toEqual({
      guidelines: "Accept synonyms.\nnot points (see 3)",
      max: undefined,
      criteria: [
        { name: "names the cause", text: "", levels: [{ name: "", text: "", points: 2 }] },
        { name: "gives an example", text: "", levels: [{ name: "", text: "", points: 1.5 }] },
        { name: "", text: "", levels: [{ name: "", text: "", points: 1 }] },
      ],
    });
  });
});

test("hostile text is read in time that grows with its length, and never throws", () => {
  const pieces = ["<a ", "<!--", "<![CDATA[", 'x="', "&#x", "\n  * (", "((((", '"', "Rating Name,", "<rubric>"];
  for (const piece of pieces) {
    const text = piece.repeat(200_000 / piece.length);
    const started = performance.now();
    readOraRubrics(text);
    readMoodleRubrics(text);
    readCanvasRubrics(text);
    readMarkScheme(text);
    expect(performance.now() - started).toBeLessThan(4_000);
  }
});

describe("the plan", () => {
  const text =
    "# Locks\n\n## Question 1\n\n**What does a lock do?**\n\n**Answer:** It excludes.\n\n---\n\n## Question 2\n\n**Who opens it?**\n\n**Answer:** Its owner.\n";
  const file = readBankFile("questions/locks.md", new TextEncoder().encode(text), bankConfigSchema.parse({}));
  const [first, second] = file.questions;
  const { rubrics } = readCanvasRubrics(CANVAS.replace(/^Another.*\n/m, ""));
  const scope = {
    files: [file],
    rubrics: [],
    proposed: new Set<string>(),
    question: undefined,
    contentAt: () => ({ bytes: new Uint8Array(), readOnly: undefined }),
  };
  const path = `questions/rubrics/${first?.id}.rubric.yaml`;

  test("finds the question by its words, letters and digits alone", () => {
    const [decision] = planRubricImport(rubrics, scope);
    expect(decision).toMatchObject({ status: "planned", bank: "questions/locks.md", place: { path } });
  });

  test("takes the question that was named", () => {
    const [decision] = planRubricImport(rubrics, { ...scope, question: second?.id });
    expect(decision).toMatchObject({
      status: "planned",
      place: { path: `questions/rubrics/${second?.id}.rubric.yaml` },
    });
  });

  test.each([
    [
      "a rubric",
      { rubrics: [placedOf(`question: ${first?.id}\ncriteria: [{ id: a, text: b, points: 1 }]`)] },
      "it has a rubric",
    ],
    ["a proposal", { proposed: new Set([path]) }, "there is a proposal for its rubric"],
    [
      "a file",
      { contentAt: () => ({ bytes: new Uint8Array([0x61]), readOnly: undefined }) },
      `${path} is there already`,
    ],
    [
      "a link",
      { contentAt: () => ({ bytes: new Uint8Array(), readOnly: "it is a link" }) },
      "nothing can be written there: it is a link",
    ],
  ])("leaves a question with %s alone", (_what, over, reason) => {
    expect(planRubricImport(rubrics, { ...scope, ...over })).toEqual([
      { status: "left", imported: rubrics[0], reason: `${first?.id}: ${reason}` },
    ]);
  });

  test("two rubrics for one question: the second is left", () => {
    const decisions = planRubricImport([...rubrics, ...rubrics], scope);
    expect(decisions.map(({ status }) => status)).toEqual(["planned", "left"]);
  });

  test("without its question it is left", () => {
    expect(planRubricImport(rubrics, { ...scope, files: [] })).toEqual([
      {
        status: "left",
        imported: rubrics[0],
        reason: "no question of the bank has its name or text; say which with --question",
      },
    ]);
  });
});
