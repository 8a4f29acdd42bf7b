import { expect, test } from "vitest";
import { z } from "zod";
import { wireSchema } from "../../src/llm/wire-schema.ts";

test("objects are closed at every depth, all properties are required, unions are anyOf", () => {
  const schema = z.object({
    verdict: z.enum(["pass", "fail"]),
    note: z.string().max(20).nullable(),
    findings: z.array(z.object({ line: z.int().min(1).max(9), text: z.string() })).max(3),
    shape: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), x: z.number() }),
      z.object({ kind: z.literal("b") }),
    ]),
  });
  expect(wireSchema(schema)).toMatchInlineSnapshot(`
    {
      "additionalProperties": false,
      "properties": {
        "findings": {
          "items": {
            "additionalProperties": false,
            "properties": {
              "line": {
                "maximum": 9,
                "minimum": 1,
                "type": "integer",
              },
              "text": {
                "type": "string",
              },
            },
            "required": [
              "line",
              "text",
            ],
            "type": "object",
          },
          "maxItems": 3,
          "type": "array",
        },
        "note": {
          "anyOf": [
            {
              "maxLength": 20,
              "type": "string",
            },
            {
              "type": "null",
            },
          ],
        },
        "shape": {
          "anyOf": [
            {
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "const": "a",
                  "type": "string",
                },
                "x": {
                  "type": "number",
                },
              },
              "required": [
                "kind",
                "x",
              ],
              "type": "object",
            },
            {
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "const": "b",
                  "type": "string",
                },
              },
              "required": [
                "kind",
              ],
              "type": "object",
            },
          ],
        },
        "verdict": {
          "enum": [
            "pass",
            "fail",
          ],
          "type": "string",
        },
      },
      "required": [
        "verdict",
        "note",
        "findings",
        "shape",
      ],
      "type": "object",
    }
  `);
});

test("a refinement is left to the reader of the reply", () => {
  const schema = z.object({ answer: z.string().refine((text) => text !== "no") });
  expect(wireSchema(schema)).toEqual(wireSchema(z.object({ answer: z.string() })));
});

const field = (value: z.ZodType) => z.object({ deep: z.object({ field: value }) });
test.each([
  ["optional", field(z.string().optional())],
  ["default", field(z.string().default("x"))],
  ["catch", field(z.string().catch("x"))],
  ["record", field(z.record(z.string(), z.string()))],
  ["tuple", field(z.tuple([z.string()]))],
  ["date", field(z.date())],
  ["pipe", field(z.string().transform(Number))],
  ["any", field(z.any())],
  ["intersection", field(z.intersection(z.object({}), z.object({})))],
])("%s is rejected with its place", (kind, schema) => {
  expect(() => wireSchema(schema)).toThrow(
    `the reply schema has ${kind} at properties.deep.properties.field, which strict JSON schema cannot express`,
  );
});

test.each([
  ["a union", z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
  ["a list", z.array(z.string())],
])("%s at the root is rejected", (_name, schema) => {
  expect(() => wireSchema(schema)).toThrow("a root that is not an object at the root");
});
