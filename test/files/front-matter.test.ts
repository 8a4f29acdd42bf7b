import * as fc from "fast-check";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { lineOfKey, readFrontMatter, writeFrontMatter } from "../../src/files/front-matter.ts";

const FAST_MS = 100;

function timed<Result>(action: () => Result): Result {
  const start = performance.now();
  const result = action();
  expect(performance.now() - start).toBeLessThan(FAST_MS);
  return result;
}

function depth(opening: string, closing: string): string {
  return `a: ${opening.repeat(3000)}${closing.repeat(3000)}`;
}

describe("values", () => {
  test("keep their spelling unless they are true, false or a number that prints the same", () => {
    const text = `---
id: 010
version: 1.10
hex: 0x1F
octal: 0o17
exponent: 1e3
underscore: 1_000
long: 12345678901234567890
no: no
yes: yes
upper: True
date: 2026-11-23
time: 12:30:45
tilde: ~
none:
null: null
infinity: .inf
minus: -0
plus: +1
negative: -3
count: 12
share: 0.5
done: true
list: [1, "1", 01]
---
`;
    expect(readFrontMatter(text)).toEqual({
      status: "read",
      data: {
        id: "010",
        version: "1.10",
        hex: "0x1F",
        octal: "0o17",
        exponent: "1e3",
        underscore: "1_000",
        long: "12345678901234567890",
        no: "no",
        yes: "yes",
        upper: "True",
        date: "2026-11-23",
        time: "12:30:45",
        tilde: "~",
        none: "",
        null: "null",
        infinity: ".inf",
        minus: "-0",
        plus: "+1",
        negative: -3,
        count: 12,
        share: 0.5,
        done: true,
        list: [1, "1", "01"],
      },
      body: "",
      bodyStart: text.length,
      bodyLine: 26,
    });
  });

  test("come back as they were, of any kind that our files hold", () => {
    const key = fc.stringMatching(/^[a-z]{1,12}$/);
    const scalar = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("010", "no", "true", "1", "2026-11-23", "---", "- a", "a: b", "#", "&a", "*a", "!!js/function x"),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    );
    const data = fc.dictionary(key, fc.oneof(scalar, fc.array(scalar), fc.dictionary(key, scalar)));
    fc.assert(
      fc.property(data, fc.string(), (given, body) => {
        const plain: unknown = JSON.parse(JSON.stringify(given));
        const read = readFrontMatter(writeFrontMatter(given, body));
        expect(read).toMatchObject({ status: "read", body });
        expect(read.status === "read" && JSON.parse(JSON.stringify(read.data))).toEqual(plain);
      }),
    );
  });

  test("are written so that other readers of YAML see the same", () => {
    const data = {
      schema: 1,
      hash: "sha256:00",
      id: "010",
      date: "2026-11-23",
      no: "no",
      cost: 0.0000001,
      absent: undefined,
      list: [],
      text: 'a "b"\nc',
    };
    const text = writeFrontMatter(data, "body");
    expect(text).toMatchInlineSnapshot(`
      "---
      schema: 1
      hash: "sha256:00"
      id: "010"
      date: "2026-11-23"
      no: "no"
      cost: 1e-7
      list: []
      text: "a \\"b\\"\\nc"
      ---
      body"
    `);
    const { absent: _absent, ...present } = data;
    expect(load(text.slice(4, -8))).toEqual(present);
  });
});

describe("the body", () => {
  test.each([
    ["begins with a rule", "---\nid: a\n---\n---\n\ntext\n---\n", "---\n\ntext\n---\n"],
    ["begins with what looks like front matter", "---\nid: a\n---\n---js\nx\n---\n", "---js\nx\n---\n"],
    ["has CRLF and no final newline", "---\r\nid: a\r\n---\r\none\r\ntwo", "one\r\ntwo"],
    ["follows a BOM", "\uFEFF---\nid: a\n---\none\n", "one\n"],
    ["holds a BOM", "---\nid: a\n---\n\uFEFFone\n", "\uFEFFone\n"],
    ["is empty", "---\nid: a\n---\n", ""],
    ["is not even begun", "---\nid: a\n---", ""],
    ["has blank lines around", "---\nid: a\n--- \t\n\n\none\n\n\n", "\n\none\n\n\n"],
    ["stands below a named language", "---yaml\nid: a\n---\none", "one"],
    ["has a lone carriage return", "---\nid: a\n---\none\rtwo", "one\rtwo"],
  ])("that %s is a slice of the text", (_title, text, body) => {
    const read = readFrontMatter(text);
    expect(read).toMatchObject({ status: "read", data: { id: "a" }, body });
    expect(read.status === "read" && text.slice(read.bodyStart)).toBe(body);
    expect(read.status === "read" && text.slice(0, read.bodyStart).split("\n").length).toBe(
      read.status === "read" && text.endsWith("---") ? read.bodyLine - 1 : read.status === "read" && read.bodyLine,
    );
  });

  test("is everything where there is no front matter", () => {
    const texts = ["", "text\n---\n", "----\nid: a\n----\n", " ---\nid: a\n---\n", "\n---\nid: a\n---\n", "--\n"];
    expect(texts.map(readFrontMatter)).toEqual(texts.map((body) => ({ status: "none", body })));
  });

  test("changes nothing in the next reading of an equal text", () => {
    const text = "---\nid: a\nlist: [b]\n---\n";
    const first = readFrontMatter(text);
    if (first.status === "read") Object.assign(first.data, { id: "changed" });
    expect(readFrontMatter(text)).toMatchObject({ data: { id: "a", list: ["b"] } });
  });
});

describe("attacks", () => {
  const bomb = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? "a0: &a0 [x,x,x]"
      : `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(",")}]`,
  ).join("\n");
  test.each([
    [
      "code",
      "---js\n{ id: (globalThis.__pwned = 1, 'q1') }\n---\n",
      "line 1: front matter in js is not read, only YAML",
    ],
    [
      "code by its long name",
      "---javascript\nglobalThis.__pwned = 1\n---\n",
      "line 1: front matter in javascript is not read, only YAML",
    ],
    [
      "code in other letters",
      "---JS\nglobalThis.__pwned = 1\n---\n",
      "line 1: front matter in JS is not read, only YAML",
    ],
    [
      "code after a blank",
      "--- js\nglobalThis.__pwned = 1\n---\n",
      "line 1: front matter in js is not read, only YAML",
    ],
    [
      "coffee script",
      "---coffee\nglobalThis.__pwned = 1\n---\n",
      "line 1: front matter in coffee is not read, only YAML",
    ],
    ["JSON", '---json\n{"id": "a"}\n---\n', "line 1: front matter in json is not read, only YAML"],
    [
      "an engine found on the prototype",
      "---constructor\nid: a\n---\n",
      "line 1: front matter in constructor is not read, only YAML",
    ],
    [
      "an engine that is the prototype",
      "---__proto__\nid: a\n---\n",
      "line 1: front matter in __proto__ is not read, only YAML",
    ],
    [
      "a language with an escape",
      "---\u001B[31m\nid: a\n---\n",
      "line 1: front matter in <U+001B>[31m is not read, only YAML",
    ],
    ["aliases", `---\n${bomb}\n---\n`, "line 3: aliases exceeded maxAliases (0)"],
    ["an alias of itself", "---\na: &a [*a]\n---\n", "line 2: aliases exceeded maxAliases (0)"],
    ["depth in lists", `---\n${depth("[", "]")}\n---\n`, "line 2: nesting exceeded maxDepth (32)"],
    ["depth in mappings", `---\n${depth("{a: ", "}")}\n---\n`, "line 2: nesting exceeded maxDepth (32)"],
    [
      "depth by indent",
      `---\n${Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")}\n---\n`,
      "line 33: nesting exceeded maxDepth (32)",
    ],
    [
      "a function",
      "---\na: !!js/function 'function () { globalThis.__pwned = 1 }'\n---\n",
      "line 2: unknown scalar tag !<tag:yaml.org,2002:js/function>",
    ],
    ["a tag", "---\na: !!binary aGk=\n---\n", "line 2: unknown scalar tag !<tag:yaml.org,2002:binary>"],
    ["the prototype", "---\n__proto__:\n  isAdmin: true\n---\n", 'line 1: has a key named "__proto__"'],
    ["the prototype below", "---\na:\n  - __proto__: {isAdmin: true}\n---\n", 'line 1: has a key named "__proto__"'],
    ["a repeated key", "---\na: 1\na: 2\n---\n", "line 3: duplicated mapping key"],
    ["a list", "---\n- a\n---\n", "line 1: front matter is not a list of keys and values"],
    ["a text", "---\n## Question 1\n\nanswer\n---\n\nmore", "line 1: front matter is not a list of keys and values"],
    [
      "a question as a key",
      "---\n## Question\nanswer: secret: secret\n---\n",
      "line 3: bad indentation of a mapping entry",
    ],
    ["two documents", "---\na: 1\n...\nb: 2\n---\n", "line 1: more than one document"],
    ["a closing line with text", "---\na: 1\n--- b\n---\n", "line 3: a line in front matter starts with ---"],
    ["no end", "---\na: 1\n", "line 1: front matter is not closed"],
    ["nothing else", "---", "line 1: front matter is not closed"],
    ["size", `---\na: ${"x".repeat(70_000)}\n---\n`, "line 1: front matter is not closed within 64 KB"],
    ["empty lines", `---\n${"\n".repeat(60_000)}a: 1\n---\n`, "line 60003: front matter is longer than 1000 lines"],
    [
      "lines of blanks",
      `---\n${`${" ".repeat(60)}\n`.repeat(1_000)}a: 1\n---\n`,
      "line 1003: front matter is longer than 1000 lines",
    ],
    [
      "quotes without end",
      `---\na: "${"\\".repeat(60_000)}\n---\n`,
      "line 2: unexpected end of the stream within a double quoted scalar",
    ],
    ["dashes", `---\n${"- ".repeat(30_000)}\n---\n`, "line 2: nesting exceeded maxDepth (32)"],
    [
      "dashes after the opening",
      `---${" ".repeat(500_000)}x\n---\n`,
      "line 1: front matter in x is not read, only YAML",
    ],
  ])("by %s are refused quickly, with line and reason", (_title, text, refusal) => {
    const read = timed(() => readFrontMatter(text));
    expect(Reflect.has(globalThis, "__pwned")).toBe(false);
    expect(Reflect.get({}, "isAdmin")).toBe(undefined);
    expect(read.status === "invalid" && `line ${read.line}: ${read.reason}`).toBe(refusal);
  });

  test("blanks in front of a comment cost nothing", () => {
    expect(timed(() => readFrontMatter(`---\na: ${" ".repeat(60_000)}#\n---\n`))).toMatchObject({ data: { a: "" } });
  });

  test("merge keys and prototype names are keys like any other", () => {
    expect(readFrontMatter("---\n<<: {a: 1}\nconstructor: b\ntoString: c\n---\n")).toMatchObject({
      status: "read",
      data: { "<<": { a: 1 }, constructor: "b", toString: "c" },
    });
  });
});

test("a fault is told with its line and without the text around it", () => {
  const text = "---\nid: a\nanswer: the secret\nbad: [1\n---\n";
  expect(readFrontMatter(text)).toMatchInlineSnapshot(`
    {
      "line": 4,
      "reason": "unexpected end of the stream within a flow collection",
      "status": "invalid",
    }
  `);
});

test("the line of a key is found for messages", () => {
  const text = "---\nid: a\nsource:\n  id: b\n---\n";
  expect([lineOfKey(text, "id"), lineOfKey(text, "source"), lineOfKey(text, "none")]).toEqual([2, 3, 1]);
});
