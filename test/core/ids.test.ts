import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSafeName, questionId, runId } from "../../src/core/ids.ts";

describe("a name that may become part of a path", () => {
  test.each([
    "q-0123456789ab",
    "q-0123456789ab-2",
    "2026-11-23t10-12-04z",
    "a",
    "v1.2",
    `a${"b".repeat(63)}`,
    "console",
  ])("%s is one", (name) => {
    expect(isSafeName(name)).toBe(true);
    expect([questionId(name), runId(name)]).toEqual([name, name]);
  });

  test.each([
    ["empty", ""],
    ["the folder itself", "."],
    ["the folder above", ".."],
    ["hidden", ".env"],
    ["of two parts", "a/b"],
    ["with a backslash", "a\\b"],
    ["in capitals", "A"],
    ["with a blank", "a b"],
    ["with a line feed at its end", "a\n"],
    ["with a NUL", "a\u0000"],
    ["beyond ASCII", "é"],
    ["with a trailing dot", "a."],
    ["too long", "a".repeat(65)],
    ["a device", "nul"],
    ["a device with an ending", "com1.md"],
  ])("one that is %s is none", (_kind, name) => {
    expect(isSafeName(name)).toBe(false);
    expect(() => questionId(name)).toThrow(new RangeError("not a valid question id"));
    expect(() => runId(name)).toThrow(new RangeError("not a valid run id"));
  });

  test("what is one holds nothing but plain letters, digits, dots, lines and dashes", () => {
    const characters = fc.constantFrom(
      "a",
      "z",
      "0",
      "9",
      ".",
      "_",
      "-",
      "/",
      "\\",
      ":",
      "A",
      "\n",
      "\u0000",
      "é",
      " ",
    );
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 70 }), (name) => {
        if (isSafeName(name)) expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
        else expect(() => questionId(name)).toThrow(RangeError);
      }),
    );
  });
});
