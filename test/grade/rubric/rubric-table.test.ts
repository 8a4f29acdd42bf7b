import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readRubricDocument } from "../../../src/grade/rubric/rubric-reader.ts";
import { rubricTables } from "../../../src/grade/rubric/rubric-table.ts";
import { faultsIn } from "./rubric-samples.ts";

const TWO = `# Rubrics of the course

Nothing of this is read. **Not**: this.

## What does \`a | b\` do?

Scale: max 4, step: 0.5; pass 2
**Guidelines:** accept any notation,
note: also sketches
Reference: It joins
two pipes.

### Criteria

| Criterion | Text | Points | Levels | Required | Accepts |
| --- | --- | --- | --- | :-: | --- |
| join | Says that \`a \\| b\` joins | | whole = 3: exact<br>1: vague; no word<br>0 | yes | joins; links |
| why | Says<br>why | 1 | | 2.5 | |

### Groups

| Group | Kind |
|---|---|
| g | many-of |

## Notes

No table here.

## q-0123456789ab
* id: own-name

| id | text | per item | at most | group |
|---|---|---|---|---|
| steps | Names a step | 0.5 | 4 | |
`;

test("tables are read into the shape of YAML", () => {
  expect(rubricTables(TWO).data).toMatchInlineSnapshot(`
    [
      {
        "criteria": [
          {
            "accepts": [
              "joins",
              "links",
            ],
            "id": "join",
            "levels": [
              {
                "id": "whole",
                "points": "3",
                "text": "exact",
              },
              {
                "points": "1",
                "text": "vague; no word",
              },
              {
                "points": "0",
                "text": "",
              },
            ],
            "required": "yes",
            "text": "Says that \`a | b\` joins",
          },
          {
            "id": "why",
            "points": "1",
            "required": {
              "cap": "2.5",
            },
            "text": "Says
    why",
          },
        ],
        "groups": [
          {
            "id": "g",
            "kind": "many-of",
          },
        ],
        "guidelines": "accept any notation,
    note: also sketches",
        "match": "What does \`a | b\` do?",
        "reference": "It joins
    two pipes.",
        "scale": {
          "max": "4",
          "pass": "2",
          "step": "0.5",
        },
      },
      {
        "criteria": [
          {
            "at_most": "4",
            "id": "steps",
            "per_item": "0.5",
            "text": "Names a step",
          },
        ],
        "id": "own-name",
        "question": "q-0123456789ab",
      },
    ]
  `);
});

test("and through it into rubrics, with the lines of their rows", () => {
  const { rubrics, faults } = readRubricDocument({ path: "x.rubric.md", text: TWO, format: "markdown" });
  expect(faults).toEqual([]);
  expect(
    rubrics.map(({ rubric, lineOf }) => [
      rubric.id,
      lineOf([]),
      lineOf(["guidelines"]),
      lineOf(["criteria", 0, "text"]),
    ]),
  ).toEqual([
    ["q-ec8b081f3f0b", 5, 8, 17],
    ["own-name", 30, 30, 35],
  ]);
});

test("faults have the line of the row", () => {
  const text = `# q-1

Pass: 3

| id | text | points | levles | levels |
|---|---|---|---|---|
| a | t | x | 1: y | |
| b | t | | | good: 1 |
| c | t | 1 | | | | surplus|bars |

| answer | criterion | level |
|---|---|---|
| x | a |
`;
  expect(faultsIn(readRubricDocument({ path: "x.rubric.md", text, format: "markdown" }))).toMatchInlineSnapshot(`
    [
      "x.rubric.md:3: pass: is not a key that is read here",
      "x.rubric.md:7: criteria[0].points: must be a number",
      "x.rubric.md:7: criteria[0].levles: is not a key that is read here",
      "x.rubric.md:8: criteria[1].levels[0].points: is missing",
      "x.rubric.md:9: criteria[2].column 7 of criteria: is not a key that is read here",
    ]
  `);
});

function faultsOf(text: string): readonly string[] {
  return faultsIn(readRubricDocument({ path: "x.md", text, format: "markdown" }));
}

test("a file without a table, or a table without a heading, is told", () => {
  expect([
    faultsOf(""),
    faultsOf("# q\n\nOnly words.\n"),
    faultsOf("| id | text | points |\n|---|---|---|\n| a | t | 1 |\n"),
  ]).toEqual([
    ["x.md:1: : holds no rubric"],
    ["x.md:1: : holds no rubric"],
    ["x.md:1: question: is missing: the id of a question, or its text under match"],
  ]);
});

test("any text is read without a fault of ours", () => {
  const pieces = fc.constantFrom(
    "|",
    "\n",
    "# q",
    "a",
    "-",
    "|---|---|",
    "| id | text |",
    "\n\n",
    ":",
    "<br>",
    ";",
    "=",
    "`",
    "\\",
    "**",
    "3",
    "<!--",
    "levels",
    "__proto__",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
      ),
      (text) => {
        const { rubrics, faults } = readRubricDocument({ path: "x.md", text, format: "markdown" });
        expect(rubrics.length + faults.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 500 },
  );
});
