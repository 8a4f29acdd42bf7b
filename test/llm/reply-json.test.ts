import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isFenced, readReplyJson } from "../../src/llm/reply-json.ts";
import { growthOf } from "../support/growth.ts";

test("whatever JSON writes is read back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom("schema", "json", "plain"), (value, format) => {
      const text = ` ${JSON.stringify(value)}\n`;
      expect(readReplyJson(text, format)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test.each([
  ["empty", "  ", "the reply is empty; one JSON object was expected"],
  ["prose around it", 'Sure: {"a":1}', "the reply is not one valid JSON value"],
  ["two values", '{"a":1}{"a":2}', "the reply is not one valid JSON value"],
  ["cut", '{"answer":"half a sent', "the reply is not one valid JSON value"],
  ["200,000 brackets", "[".repeat(200_000), "the reply nests deeper than 64 levels"],
  ["one key twice", '{"a":{"b":1,"c":"}","b" : 2}}', 'the key "b" stands twice in one object'],
  ["one key twice, once escaped", '{"a":1,"\\u0061":2}', 'the key "\\u0061" stands twice in one object'],
  ["too long", `"${"x".repeat(2_000_001)}"`, "the reply is longer than 2000000 characters"],
])("%s: nothing is repaired", (_name, text, issues) => {
  expect(readReplyJson(text, "schema")).toEqual({ ok: false, issues });
});

test("equal keys of different objects, and strings that look like keys, are no repetition", () => {
  const text = '[{"a":1},{"a":2,"b":{"a":3}},["a","a"],{"c":"a","d":"a\\":","e":["e",{"e":"e"}]}]';
  expect(readReplyJson(text, "schema")).toEqual({ ok: true, value: JSON.parse(text) });
});

test("brackets inside strings do not count as depth", () => {
  const text = JSON.stringify({ a: '\\"[[[['.repeat(100) });
  expect(readReplyJson(text, "schema")).toEqual({ ok: true, value: JSON.parse(text) });
});

const WRAPPED = [
  '```json\n{"a":1}\n```',
  '```\n{"a":1}\n```\n',
  '<think>{"a":2}?\n</think>\n\n{"a":1}',
  '<think>x</think>```json\n{"a":1}\n```',
];
test.each(WRAPPED)("a wrapped value is read where the endpoint cannot be held to JSON, and only there: %j", (text) => {
  expect(readReplyJson(text, "plain")).toEqual({ ok: true, value: { a: 1 } });
  expect(readReplyJson(text, "json")).toEqual({ ok: false, issues: "the reply is not one valid JSON value" });
  expect(readReplyJson(text, "schema")).toEqual({ ok: false, issues: "the reply is not one valid JSON value" });
});

test("a fence is a whole one", () => {
  expect([...WRAPPED.slice(0, 2), "```json\n{", "x ```\n{}\n```", "``` ```"].map(isFenced)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each(["[", '"', "\\", "```\n", "<think>", '{"a":'])("%j again and again is read in linear time", (unit) => {
  const prepare = (size: number) => {
    const text = unit.repeat(size);
    return () => readReplyJson(text, "plain");
  };
  expect(growthOf(prepare, 50_000)).toBe("linear");
});
