import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseYaml } from "../../../src/files/lossless-yaml.ts";
import { canonicalRubric } from "../../../src/grade/rubric/rubric-canonical.ts";
import { hashRubric } from "../../../src/grade/rubric/rubric-hashes.ts";
import { readRubrics } from "../../../src/grade/rubric/rubric-reader.ts";
import type { Rubric } from "../../../src/grade/rubric/rubric.ts";
import { formatRubricYaml } from "../../../src/grade/rubric/rubric-yaml.ts";
import { anyRubric } from "./rubric-arbitrary.ts";
import { anyReadRubric, FULL_YAML, rubricIn } from "./rubric-samples.ts";

function reread(rubric: Rubric): Rubric | undefined {
  return readRubrics(parseYaml(formatRubricYaml(rubric)), { file: "x", lineOf: () => 1 }).rubrics[0]?.rubric;
}

test("a file is written as a person would write it", () => {
  expect(formatRubricYaml(rubricIn(FULL_YAML))).toMatchInlineSnapshot(`
    "rubric: 1
    question: q-3fa9c1d2e0aa
    scale: { max: 10, step: 0.5, pass: 6, penalty_limit: -2 }
    guidelines: accept equivalent notation
    reference: bank
    criteria:
      - id: def
        text: States what the lock protects
        levels:
          - { points: 3, text: exact }
          - { points: 1, text: vague }
          - { points: 0, text: absent }
        required: { cap: 4 }
        accepts:
          - only one thread runs byte code
        rejects:
          - it protects user data
      - { id: cases, text: Names a case in which it is released, per_item: 1, at_most: 3 }
      - { id: io, text: Gives input and output as an example, points: 4, group: example }
      - { id: sleep, text: Gives sleeping as an example, points: 2.5, evidence: none, group: example }
      - { id: wrong, text: Claims threads never run in parallel, points: -2 }
    groups:
      - { id: example, kind: one-of, cap: 4 }
    precedents:
      - { answer: It guards counts., criterion: def, level: partial, note: partial credit agreed }
    "
  `);
});

test("what is written is read as the same rubric", () => {
  fc.assert(
    fc.property(anyReadRubric, (rubric) => {
      expect(reread(rubric)).toEqual(rubric);
    }),
    { numRuns: 300 },
  );
});

test("what is written of any rubric has the same hashes", () => {
  fc.assert(
    fc.property(anyRubric, (rubric) => {
      const again = reread(rubric);
      expect(again && hashRubric(again)).toEqual(hashRubric(rubric));
    }),
    { numRuns: 300 },
  );
});

test("a snapshot in a record comes back as the rubric", () => {
  fc.assert(
    fc.property(anyRubric, (rubric) => {
      expect(canonicalRubric.parse(JSON.parse(JSON.stringify(rubric)))).toEqual(rubric);
    }),
    { numRuns: 200 },
  );
});

test("a snapshot that is no rubric is refused", () => {
  const rubric = rubricIn(FULL_YAML);
  const [first] = rubric.criteria;
  const refused: readonly unknown[] = [
    undefined,
    {},
    { ...rubric, extra: 1 },
    { ...rubric, scale: { ...rubric.scale, step: 0 } },
    { ...rubric, scale: { ...rubric.scale, max: 10.5 } },
    { ...rubric, id: "../x" },
    { ...rubric, groups: [] },
    { ...rubric, criteria: [] },
    { ...rubric, criteria: [...rubric.criteria, first] },
  ];
  expect(refused.map((value) => canonicalRubric.safeParse(value).error?.issues[0]?.message)).toMatchInlineSnapshot(`
    [
      "Invalid input: expected object, received undefined",
      "Invalid input: expected string, received undefined",
      "Unrecognized key: "extra"",
      "Too small: expected number to be >0",
      "Invalid input: expected int, received number",
      "not a safe name",
      "its group example is not under groups",
      "Too small: expected array to have >=1 items",
      "its id is taken by a criterion above",
    ]
  `);
});
