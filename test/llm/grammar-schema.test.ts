import { expect, test } from "vitest";
import { z } from "zod";
import { grammarSchema } from "../../src/llm/grammar-schema.ts";
import { wireSchema } from "../../src/llm/wire-schema.ts";

test("what a grammar can hold is said in its keywords, the rest is left to whoever reads the reply", () => {
  const schema = z.object({
    level: z.int().min(1).max(3).describe("How far."),
    line: z.int().min(1).max(5_000),
    share: z.number().min(0).max(1),
    name: z.string().min(1).max(20),
    essay: z.string().max(8_000),
    code: z.string().regex(/^[a-z]+$/),
    kind: z.enum(["a", "b"]),
    note: z.string().max(9).nullable(),
    rows: z
      .array(z.discriminatedUnion("is", [z.object({ is: z.literal("x") }), z.object({ is: z.literal("y") })]))
      .max(4),
  });
  expect(grammarSchema(wireSchema(schema))).toEqual({
    type: "object",
    additionalProperties: false,
    properties: {
      level: { enum: [1, 2, 3] },
      line: { type: "integer" },
      share: { type: "number" },
      // One more than fits: what was shut there is too long, and not taken for whole.
      name: { type: "string", minLength: 1, maxLength: 21 },
      // More than llama.cpp counts; the limit on tokens ends it.
      essay: { type: "string" },
      code: { type: "string" },
      kind: { enum: ["a", "b"] },
      note: { oneOf: [{ type: "string", maxLength: 10 }, { type: "null" }] },
      rows: {
        type: "array",
        maxItems: 4,
        items: {
          oneOf: ["x", "y"].map((is) => ({
            type: "object",
            properties: { is: { const: is } },
            additionalProperties: false,
          })),
        },
      },
    },
  });
});

test("parts that a schema names are named in the grammar", () => {
  const part = z.object({ id: z.string().max(3) }).meta({ id: "part" });
  expect(grammarSchema(wireSchema(z.object({ first: part, others: z.array(part) })))).toEqual({
    type: "object",
    additionalProperties: false,
    properties: { first: { $ref: "#/$defs/part" }, others: { type: "array", items: { $ref: "#/$defs/part" } } },
    $defs: {
      part: {
        type: "object",
        properties: { id: { type: "string", maxLength: 4 } },
        additionalProperties: false,
      },
    },
  });
});
