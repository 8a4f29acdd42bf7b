import { z } from "zod";

type Node = Readonly<Record<string, unknown>>;

/** llama.cpp refuses larger counts of repetition. */
const MOST_REPEATED = 1_000;
/** Whole numbers of so small a range are told one by one; a grammar has no least and most. */
const MOST_NUMBERS = 100;

const nodes = z.record(z.string(), z.record(z.string(), z.unknown()));
const alternatives = z.array(z.record(z.string(), z.unknown()));
const child = z.record(z.string(), z.unknown());
const range = z.object({ minimum: z.int(), maximum: z.int() });

/**
 * As much of a JSON schema as a grammar of llama.cpp holds to, in the keywords that node-llama-cpp reads: the rest is for whoever
 * reads the reply. Of a bounded string it allows one character more: where a grammar shuts a string at its bound nobody could
 * tell it from one that ended there, and what was cut would pass for whole.
 */
export function grammarSchema(schema: Node): Node {
  const { anyOf, $ref, $defs } = schema;
  const definitions = $defs === undefined ? {} : { $defs: every(nodes.parse($defs)) };
  if ($ref !== undefined) return { $ref, ...definitions };
  if (anyOf !== undefined) return { oneOf: alternatives.parse(anyOf).map(grammarSchema), ...definitions };
  return { ...plain(schema), ...definitions };
}

function plain(schema: Node): Node {
  if (schema["const"] !== undefined) return { const: schema["const"] };
  if (schema["enum"] !== undefined) return { enum: schema["enum"] };
  const { type } = schema;
  if (Array.isArray(type)) return { oneOf: type.map((each: unknown) => plain({ ...schema, type: each })) };
  switch (type) {
    case "object":
      return {
        type: "object",
        properties: every(nodes.parse(schema["properties"] ?? {})),
        additionalProperties: false,
      };
    case "array":
      return { type: "array", items: grammarSchema(child.parse(schema["items"])), ...counts(schema, "Items", 0) };
    case "string":
      return { type: "string", ...counts(schema, "Length", 1) };
    case "integer":
      return wholeNumber(schema);
    default:
      return { type };
  }
}

function every(properties: Readonly<Record<string, Node>>): Node {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, grammarSchema(schema)]));
}

function counts(schema: Node, of: "Items" | "Length", spare: number): Node {
  const least = schema[`min${of}`];
  const most = schema[`max${of}`];
  return {
    ...(typeof least === "number" && least <= MOST_REPEATED && { [`min${of}`]: least }),
    ...(typeof most === "number" && most + spare <= MOST_REPEATED && { [`max${of}`]: most + spare }),
  };
}

function wholeNumber(schema: Node): Node {
  const { success, data } = range.safeParse(schema);
  if (!success || data.maximum - data.minimum >= MOST_NUMBERS) return { type: "integer" };
  const { minimum, maximum } = data;
  return { enum: Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index) };
}
