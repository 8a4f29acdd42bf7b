import { z } from "zod";
import { UserError } from "../core/errors.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Zod kinds that strict JSON schema cannot say, with what to write instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  optional: "every property must be present; use .nullable()",
  default: "every property must be present; use .nullable() and fill the default in code",
  prefault: "every property must be present; use .nullable() and fill the default in code",
  catch: "a fault must stay visible; drop .catch()",
  record: "keys must be known; use an array of { key, value } objects",
  map: "keys must be known; use an array of { key, value } objects",
  set: "use an array",
  tuple: "use an object with named properties",
  intersection: "use one object",
  date: "use a string and parse it in code",
  pipe: "transform the value in code, after it was received",
  transform: "transform the value in code, after it was received",
  custom: "say the rule with a plain type",
  any: "say the type",
  unknown: "say the type",
  bigint: "use an integer or a string",
  undefined: "use .nullable()",
  nan: "use a number",
};

const cache = new WeakMap<z.ZodType, JsonSchema>();

/**
 * The strict JSON schema (draft 2020-12) of a reply: objects closed, all properties required. A `.refine()` cannot be
 * said in it: say such a rule in the prompt, it is checked again on the reply.
 * @throws UserError naming the first part that strict JSON schema cannot express.
 */
export function wireSchema(schema: z.ZodType): JsonSchema {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const built = buildSchema(schema);
  cache.set(schema, built);
  return built;
}

const texts = new WeakMap<JsonSchema, string>();

/** What it is on the wire; made once for the thousands of requests that ask for the same. */
export function schemaText(schema: JsonSchema): string {
  const known = texts.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(schema);
  texts.set(schema, text);
  return text;
}

function buildSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...root } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema, path }) => {
      const advice = UNSUPPORTED[zodSchema._zod.def.type];
      if (advice !== undefined) throw unsupported(zodSchema._zod.def.type, path, advice);
      makeStrict(jsonSchema, path);
    },
  });
  if (root.type !== "object") throw unsupported("a root that is not an object", [], "wrap it in an object");
  return root;
}

function makeStrict(jsonSchema: z.core.JSONSchema.BaseSchema, path: readonly PropertyKey[]): void {
  if (jsonSchema.type === "object") {
    if (typeof jsonSchema.additionalProperties === "object") {
      throw unsupported("catchall", path, UNSUPPORTED["record"] ?? "");
    }
    jsonSchema.additionalProperties = false;
    jsonSchema.required = Object.keys(jsonSchema.properties ?? {});
  }
  // Strict mode knows anyOf only; a discriminated union means the same under both.
  if (jsonSchema.oneOf !== undefined) {
    jsonSchema.anyOf = jsonSchema.oneOf;
    delete jsonSchema.oneOf;
  }
}

function unsupported(what: string, path: readonly PropertyKey[], advice: string): UserError {
  const place = path.length === 0 ? "at the root" : `at ${path.map(String).join(".")}`;
  return new UserError(`the reply schema has ${what} ${place}, which strict JSON schema cannot express`, {
    hint: advice,
  });
}
