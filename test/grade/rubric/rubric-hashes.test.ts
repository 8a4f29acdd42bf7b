import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exact } from "../../../src/grade/rubric/points.ts";
import { hashRubric } from "../../../src/grade/rubric/rubric-hashes.ts";
import { readRubricDocument } from "../../../src/grade/rubric/rubric-reader.ts";
import type { Criterion, Rubric } from "../../../src/grade/rubric/rubric.ts";
import { anyRubric } from "./rubric-arbitrary.ts";
import { FULL_YAML, rubricIn } from "./rubric-samples.ts";

/** Which hashes differ. */
function changed(before: Rubric, after: Rubric): string {
  const [left, right] = [hashRubric(before), hashRubric(after)];
  const views = ["content", "wording", "structure"] as const;
  return views.filter((view) => left[view] !== right[view]).join(" ");
}

function shuffledKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, nested]) => [key, shuffledKeys(nested)]),
  );
}

const JSON_FORM = {
  precedents: [{ note: "partial credit agreed", points: "1", criterion: "def", answer: "It guards counts." }],
  groups: [{ kind: "one-of", id: "example", cap: "4.000" }],
  criteria: [
    {
      text: "  States what the lock protects\r\n",
      id: "def",
      kind: "levels",
      evidence: "required",
      levels: [
        { id: "none", points: 0, text: "absent", anchors: [] },
        { id: "partial", points: "1.0", text: "vague" },
        { id: "full", points: 3, text: "exact" },
      ],
      required: { cap: 4 },
      accepts: ["only one thread runs byte code"],
      rejects: "it protects user data",
    },
    {
      id: "cases",
      text: "Names a case in which it is released",
      kind: "count",
      levels: [1, 2, 3].map((points) => ({ points })),
    },
    { id: "io", text: "Gives input and output as an example", points: 4, group: "example" },
    { id: "sleep", text: "Gives sleeping as an example", points: 2.5, group: "example", evidence: "none" },
    { id: "wrong", text: "Claims threads never run in parallel", levels: [{ points: 0 }, { points: "-2" }] },
  ],
  guidelines: "accept equivalent notation",
  scale: { penalty_limit: -2, pass: 6, step: 0.5, max: 10 },
  question: "q-3fa9c1d2e0aa",
};

const MARKDOWN_FORM = `# q-3fa9c1d2e0aa

Scale: max 10, step 0.5, pass 6, penalty limit -2

**Guidelines:** accept equivalent notation

| criterion | text | points | levels | per item | at most | evidence | group | required | accepts | rejects |
|---|---|---|---|---|---|---|---|---|---|---|
| def | States what the lock protects | 3 | 3: exact; 1: vague; 0: absent | | | | | 4 | only one thread runs byte code | it protects user data |
| cases | Names a case in which it is released | | | 1 | 3 | | | | | |
| io | Gives input and output as an example | 4 | | | | | example | | | |
| sleep | Gives sleeping as an example | 2.5 | | | | none | example | | | |
| wrong | Claims threads never run in parallel | -2 | | | | | | | | |

| group | kind | cap |
|---|---|---|
| example | one-of | 4 |

| answer | criterion | points | note |
|---|---|---|---|
| It guards counts. | def | 1 | partial credit agreed |
`;

describe("hashes", () => {
  test("are the same however a rubric is written", () => {
    const yaml = rubricIn(FULL_YAML);
    const [json] = readRubricDocument({ path: "x", text: "", data: JSON_FORM, format: "data" }).rubrics;
    const [table] = readRubricDocument({ path: "x", text: MARKDOWN_FORM, format: "markdown" }).rubrics;
    expect(json?.rubric).toEqual(yaml);
    expect(table?.rubric).toEqual(yaml);
    expect(json === undefined ? "unread" : changed(yaml, json.rubric)).toBe("");
  });

  test("do not depend on the order of keys or the form of Unicode", () => {
    fc.assert(
      fc.property(anyRubric, (rubric) => {
        const text = JSON.stringify(shuffledKeys(rubric));
        const composed: Rubric = JSON.parse(text.normalize("NFC"));
        const decomposed: Rubric = JSON.parse(text.normalize("NFD"));
        expect([changed(rubric, composed), changed(rubric, decomposed)]).toEqual(["", ""]);
      }),
      { numRuns: 200 },
    );
  });

  const rubric = rubricIn(FULL_YAML);
  const change = (at: number, part: Partial<Criterion>): Rubric => ({
    ...rubric,
    criteria: rubric.criteria.map((each, place) => (place === at ? { ...each, ...part } : each)),
  });
  const levels = rubric.criteria[0]?.levels ?? [];
  const [none, ...others] = levels;

  test.each<[string, Rubric, string]>([
    [
      "points",
      change(0, { levels: levels.map((level) => ({ ...level, points: exact(level.points * 2) })) }),
      "content",
    ],
    ["the scale", { ...rubric, scale: { ...rubric.scale, pass: exact(5000) } }, "content"],
    ["a cap without credit", change(0, { capWithout: undefined }), "content"],
    ["which group a criterion is in", change(2, { group: undefined }), "content"],
    ["how a group counts", { ...rubric, groups: [{ id: "example", kind: "many-of" }] }, "content"],
    ["the rubric's own id", { ...rubric, id: "other" }, "content"],
    ["the question", { ...rubric, question: { match: "Why?" } }, "content"],
    ["the text of a criterion", change(1, { text: "Names a case" }), "content wording"],
    [
      "a descriptor",
      change(0, { levels: levels.map((level) => ({ ...level, descriptor: "new" })) }),
      "content wording",
    ],
    ["an anchor", change(0, { levels: levels.map((level) => ({ ...level, anchors: ["new"] })) }), "content wording"],
    ["what is accepted", change(0, { accepts: [] }), "content wording"],
    ["what is rejected", change(0, { rejects: ["x"] }), "content wording"],
    ["the evidence policy", change(0, { evidence: "none" }), "content wording"],
    ["the guidelines", { ...rubric, guidelines: "be strict" }, "content wording"],
    ["the reference", { ...rubric, reference: { from: "rubric", text: "It guards counts." } }, "content wording"],
    ["the precedents", { ...rubric, precedents: [] }, "content wording"],
    ["the order of criteria", { ...rubric, criteria: rubric.criteria.toReversed() }, "content wording"],
    ["the id of a criterion", change(1, { id: "release" }), "content wording structure"],
    [
      "the id of a level",
      change(0, { levels: none === undefined ? [] : [{ ...none, id: "nil" }, ...others] }),
      "content wording structure",
    ],
    ["a level less", change(0, { levels: others }), "content wording structure"],
    ["a criterion less", { ...rubric, criteria: rubric.criteria.slice(1) }, "content wording structure"],
    [
      "a group more",
      { ...rubric, groups: [...rubric.groups, { id: "new", kind: "one-of" }] },
      "content wording structure",
    ],
  ])("%s", (_what, after, expected) => {
    expect(changed(rubric, after)).toBe(expected);
  });
});
