import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatYaml } from "../../src/files/format-yaml.ts";
import { parseYaml } from "../../src/files/lossless-yaml.ts";
import { readOwnYaml } from "../../src/files/own-yaml.ts";

const odd = Array.from("\"\\\n\t -:#[]{}'&*!|>%@`0e\u0085é😀");
const text = fc.oneof(fc.string({ unit: fc.constantFrom(...odd) }), fc.string({ unit: "binary" }));
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const key = fc.constantFrom("a", "b_c", "true", "__proto__", "constructor", "1", "a-b", "");
const { record } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie("value"), { maxLength: 4 }), tie("record")),
  record: fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));
const written = record.map((value) => formatYaml(Object(value)));

/** What the reader of all YAML makes of it; undefined where it refuses. */
function inFull(yaml: string): unknown {
  try {
    return parseYaml(yaml);
  } catch {
    return undefined;
  }
}

test("what was written is read as the reader of all YAML reads it, or left to that one", () => {
  fc.assert(
    fc.property(written, (yaml) => {
      const read = readOwnYaml(yaml);
      if (read !== undefined) expect(read).toEqual(inFull(yaml));
    }),
    { numRuns: 1000 },
  );
});

test("so is what somebody changed", () => {
  const change = fc.record({
    at: fc.nat(400),
    cut: fc.nat(4),
    put: fc.string({ unit: fc.constantFrom(...odd, "  ") }),
  });
  fc.assert(
    fc.property(written, change, (yaml, { at, cut, put }) => {
      const changed = yaml.slice(0, at) + put + yaml.slice(at + cut);
      const read = readOwnYaml(changed);
      if (read !== undefined) expect(read).toEqual(inFull(changed));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  { a: "b", list: ["x: y", '"quoted" \\ and\nmore'], nested: { deep: [{ one: 1, two: [] }, {}] } },
  { numbers: [0, -1, 0.001, 1e21, 1.5e-7], booleans: [true, false], lists: [["a"], [["b"]]] },
])("is meant for what proposals hold: %j", (value) => {
  expect(readOwnYaml(formatYaml(value))).toEqual(value);
});

function nested(levels: number): Readonly<Record<string, unknown>> {
  return levels === 0 ? {} : { a: nested(levels - 1) };
}

test.each([
  ["another spelling", "a: b\n"],
  ["a comment", 'a: "b" # c\n'],
  ["an alias", "a: &x 1\nb: *x\n"],
  ["a key twice", 'a: "b"\na: "b"\n'],
  ["a prototype", '__proto__:\n  a: "b"\n'],
  ["two documents", "a: 1\n--- \nb: 1\n"],
  ["a list", '- "a"\n'],
  ["nothing", ""],
  ["an empty record", "{}\n"],
  ["more levels than anything has", formatYaml(nested(40))],
])("leaves alone: %s", (_title, yaml) => {
  expect(readOwnYaml(yaml)).toBe(undefined);
});
