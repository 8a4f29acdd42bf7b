import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/core/canonical-json.ts";

test("sorts keys at every depth, keeps the order of lists, leaves out what is undefined", () => {
  expect(canonicalJson({ b: [{ z: 1, y: undefined, x: null }, 2], a: { é: "\u2028", "10": 1, "9": 2 } })).toBe(
    '{"a":{"9":2,"10":1,"é":"\u2028"},"b":[{"x":null,"z":1},2]}',
  );
});

test("equal values have equal text whatever the order of their keys, and no value is lost", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).toReversed());
      expect(canonicalJson(reversed)).toBe(canonicalJson(record));
      expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
    }),
  );
});

test("a key that is called __proto__ is a key", () => {
  const value: unknown = JSON.parse('{"b":1,"__proto__":{"a":2}}');
  expect(canonicalJson(value)).toBe('{"__proto__":{"a":2},"b":1}');
});
