import * as fc from "fast-check";
import { dump, FAILSAFE_SCHEMA, boolJsonTag, defineScalarTag, NOT_RESOLVED } from "js-yaml";
import { expect, test } from "vitest";
import { formatYaml } from "../../src/files/format-yaml.ts";
import { parseYaml } from "../../src/files/lossless-yaml.ts";

// js-yaml needs a tag to write numbers; that of the reader has no way back.
const number = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: true,
  implicitFirstChars: Array.from("-0123456789"),
  resolve: (source) => (String(Number(source)) === source ? Number(source) : NOT_RESOLVED),
  identify: (value) => typeof value === "number",
  represent: String,
});
const schema = FAILSAFE_SCHEMA.withTags(boolJsonTag, number);
const options = { schema, forceQuotes: true, quoteStyle: "double", lineWidth: -1, noRefs: true } as const;

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...Array.from('"\\\n\t\u0085\u00A0é😀-:# ')) }),
);
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const key = fc.stringMatching(/^[a-z_]{1,9}$/).filter((name) => name !== "true" && name !== "false");
const { record } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie("value"), { maxLength: 4 }), tie("record")),
  record: fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));
const data = record.map((value): Record<string, unknown> => Object(value));

test("to the letter what js-yaml writes, and read back as it was", () => {
  fc.assert(
    fc.property(data, (value) => {
      const written = formatYaml(value);
      expect(written).toBe(dump(value, options));
      expect(parseYaml(written)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 1000 },
  );
});

test("any key comes back as it was", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        text.filter((name) => name !== "__proto__"),
        scalar,
        { noNullPrototype: true },
      ),
      (value) => {
        expect(parseYaml(formatYaml(value))).toEqual(JSON.parse(JSON.stringify(value)));
      },
    ),
  );
});

test("what is undefined is left out, and what YAML here cannot say is refused", () => {
  expect(formatYaml({ a: undefined, b: [{ c: 1, d: undefined }] })).toBe("b:\n  - c: 1\n");
  expect(() => formatYaml({ a: null })).toThrow("null cannot be written as YAML");
});
