import { PassThrough } from "node:stream";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readKeys, type KeyEvent } from "../../src/cli/review-walk/terminal-key.ts";

/** What comes of chunks of input, each read by itself. */
async function keysOf(...chunks: readonly (string | Buffer)[]): Promise<readonly KeyEvent[]> {
  const input = new PassThrough();
  const keys: KeyEvent[] = [];
  const reader = readKeys(input, (key) => keys.push(key));
  reader.resume();
  for (const chunk of chunks) {
    input.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
  reader.close();
  return keys;
}

function letter(text: string): KeyEvent {
  return { kind: "letter", text };
}

function named(name: string): KeyEvent {
  return { kind: "named", name };
}

test("letters keep their case; other keys have names", async () => {
  expect(await keysOf("a", "A", "?", " ", "ü", "漢", "😀")).toEqual(["a", "A", "?", " ", "ü", "漢", "😀"].map(letter));
  expect(await keysOf("\r", "\n", "\u007F", "\u001B[A", "\u001B[6~", "\u0003", "\u001A", "\t")).toEqual(
    ["return", "return", "backspace", "up", "pagedown", "ctrl-c", "ctrl-z", "tab"].map(named),
  );
});

test("a held arrow key comes as the key again and again", async () => {
  expect(await keysOf("\u001B[B\u001B[B\u001B[B")).toEqual([named("down"), named("down"), named("down")]);
});

test("Escape alone is Escape", async () => {
  const input = new PassThrough();
  const keys: KeyEvent[] = [];
  const reader = readKeys(input, (key) => keys.push(key));
  reader.resume();
  input.write("\u001B");
  await expect.poll(() => keys, { timeout: 3_000 }).toEqual([named("escape")]);
  reader.close();
});

test("a reader that paused reads on as before", async () => {
  const input = new PassThrough();
  const keys: KeyEvent[] = [];
  const reader = readKeys(input, (key) => keys.push(key));
  for (const typed of ["a", "b"]) {
    reader.resume();
    input.write(typed);
    await new Promise((resolve) => setImmediate(resolve));
    reader.pause();
  }
  input.write("c");
  await new Promise((resolve) => setImmediate(resolve));
  reader.close();
  expect(keys).toEqual([letter("a"), letter("b")]);
});

test.each([
  ["in brackets", ["\u001B[200~a\nr1q\u001B[201~"], [{ kind: "pasted", text: "a\nr1q" }]],
  [
    "in brackets, over several chunks",
    ["\u001B[200~a", "A", "\u0003w\u001B[201~"],
    [{ kind: "pasted", text: "aA\u0003w" }],
  ],
  ["without brackets", ["accept\r"], [{ kind: "pasted", text: "accept\r" }]],
  [
    "with text after the brackets",
    ["\u001B[200~x\u001B[201~aa"],
    [
      { kind: "pasted", text: "x" },
      { kind: "pasted", text: "aa" },
    ],
  ],
  [
    "with a key after the brackets",
    ["\u001B[200~x\u001B[201~a"],
    [
      { kind: "pasted", text: "x" },
      { kind: "pasted", text: "a" },
    ],
  ],
  ["Alt and a letter", ["\u001Ba", "\u001BA"], [named("unknown"), named("unknown")]],
])("no typed letter comes of a paste or of what is no letter: %s", async (_title, chunks, expected) => {
  expect(await keysOf(...chunks)).toEqual(expected);
});

test("no escape sequence, known or not, leaves a letter behind", async () => {
  const sequence = fc
    .tuple(
      fc.constantFrom("\u001B[", "\u001BO", "\u001B]", "\u001B[?", "\u001B[<"),
      fc.string({ unit: fc.constantFrom("0", "1", "2", ";", ":", "<", " ", "a", "r") }),
      fc.constantFrom("a", "r", "A", "w", "x", "~", "Z", "c"),
    )
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(sequence, async (chunk) => {
      expect((await keysOf(chunk)).filter(({ kind }) => kind === "letter")).toEqual([]);
    }),
  );
});
