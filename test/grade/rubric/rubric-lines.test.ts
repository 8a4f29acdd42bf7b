import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatYaml } from "../../../src/files/format-yaml.ts";
import { formatPath, lineOfYaml } from "../../../src/grade/rubric/rubric-lines.ts";

const TEXT = `# a comment
rubric: 1

criteria:
  - id: a
    levels: [{ points: 3, text: "x: [" },
             { points: 0 }]
  -
    id: b
    text: >-
      folded
      text
    "accepts":
      - one

      - two
`;

test("a part of a document has the line of its key, or of its item", () => {
  const lineOf = lineOfYaml(TEXT);
  const places = [
    [],
    ["rubric"],
    ["criteria"],
    ["criteria", 0],
    ["criteria", 0, "levels", 0, "text"],
    ["criteria", 0, "levels", 1],
    ["criteria", 1],
    ["criteria", 1, "text"],
    ["criteria", 1, "accepts", 1],
  ];
  expect(places.map((at) => [formatPath(at), lineOf(at)])).toEqual([
    ["", 2],
    ["rubric", 2],
    ["criteria", 4],
    ["criteria[0]", 5],
    ["criteria[0].levels[0].text", 6],
    ["criteria[0].levels[1]", 7],
    ["criteria[1]", 9],
    ["criteria[1].text", 10],
    ["criteria[1].accepts[1]", 16],
  ]);
});

test("what is not there has the line of what would hold it", () => {
  const lineOf = lineOfYaml(TEXT);
  expect(
    [
      ["criteria", 1, "points"],
      ["criteria", 7],
      ["scale", "max"],
    ].map(lineOf),
  ).toEqual([9, 4, 2]);
});

test("JSON has lines as well", () => {
  const lineOf = lineOfYaml('{\n\t"criteria": [\n\t\t{ "id": "a" },\n\t\t{ "id": "b" }\n\t]\n}\n');
  expect([["criteria"], ["criteria", 1], ["criteria", 1, "id"]].map(lineOf)).toEqual([2, 4, 4]);
});

test("of what cannot be read everything is on the first line", () => {
  const texts = ["a: [", "\u0000", "a: &x [*x]\n", "? [a]\n: b\n", '"\\q"', "--- a\n--- b\n", ""];
  expect(texts.map((text) => lineOfYaml(text)(["a", 0]))).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test("lines of values are where YAML wrote them", () => {
  const leaf = fc.stringMatching(/^[a-z:#' -]{0,12}$/);
  const tree = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,4}$/),
    fc.oneof(
      leaf,
      fc.array(leaf, { minLength: 1 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), leaf, { minKeys: 1 }),
    ),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(tree, (data) => {
      const text = formatYaml(data);
      const lineOf = lineOfYaml(text);
      const lines = text.split("\n");
      for (const [key, value] of Object.entries(data)) {
        expect(lines[lineOf([key]) - 1]).toMatch(new RegExp(`^"?${key}"?:`));
        const inner = typeof value === "string" ? [] : Object.entries(value);
        for (const [name, nested] of inner) {
          const at = Array.isArray(value) ? Number(name) : name;
          expect(lines[lineOf([key, at]) - 1]).toMatch(
            new RegExp(`${JSON.stringify(nested).replace(/[$.*+?^()|[\]\\]/g, "\\$&")}$`),
          );
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("hostile texts are no fault", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), fc.array(fc.oneof(fc.nat(), fc.string())), (text, at) => {
      expect(lineOfYaml(text)(at)).toBeGreaterThan(0);
    }),
  );
});
