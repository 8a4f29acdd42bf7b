import { expect, test } from "vitest";
import { parseJson } from "../../src/files/plain-data.ts";

function faultOf(text: string): string {
  try {
    return `parsed ${JSON.stringify(parseJson(text))}`;
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['{"constructor":{"prototype":{"score":5}}}', 'parsed {"constructor":{"prototype":{"score":5}}}'],
  ['{"__proto__":{"score":5}}', 'SyntaxError: has a key named "__proto__"'],
  ['[{"a":{"__proto__":null}}]', 'SyntaxError: has a key named "__proto__"'],
  ["[".repeat(200_000), "SyntaxError: not JSON"],
  ["[".repeat(200_000) + "]".repeat(200_000), "SyntaxError: nested too deeply"],
  [`${"[".repeat(64)}1${"]".repeat(64)}`, `parsed ${"[".repeat(64)}1${"]".repeat(64)}`],
  [`${"[".repeat(65)}1${"]".repeat(65)}`, "SyntaxError: nested too deeply"],
  ["the answer is secret", "SyntaxError: not JSON"],
])("%.40s", (text, expected) => {
  expect(faultOf(text)).toBe(expected);
  expect([Reflect.get({}, "score"), Reflect.get({}, "a")]).toEqual([undefined, undefined]);
});
