import * as fc from "fast-check";
import { expect, test } from "vitest";
import { byteOffset } from "../../src/bank/byte-offset.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf, fileBytes, latin1 } from "./byte-texts.ts";

test("a BOM is no part of the text and is remembered", () => {
  const { text, hasBom, eol } = readSource(bytesOf("\uFEFFa\r\nb\r\nc\n"));
  expect({ text, hasBom, eol }).toEqual({ text: "a\r\nb\r\nc\n", hasBom: true, eol: "\r\n" });
});

test("a BOM inside the text stays", () => {
  expect(readSource(bytesOf("a\uFEFF")).text).toBe("a\uFEFF");
});

test("a line that is not UTF-8 spoils no other line", () => {
  const source = readSource(Uint8Array.from([...bytesOf("é\n"), ...latin1("\xe9\xe8\n"), ...bytesOf("漢\n")]));
  expect({ text: source.text, invalid: [...source.invalidLines] }).toEqual({
    text: "é\n\uFFFD\uFFFD\n漢\n",
    invalid: [1],
  });
  expect([0, 1, 2, 4, 5, 6, 7].map((offset) => byteOffset(source, offset))).toEqual([0, 2, 3, 5, 6, 9, 10]);
  expect(() => byteOffset(source, 3)).toThrow(RangeError);
});

test("the end of a line that is not UTF-8 is before its CRLF", () => {
  const source = readSource(Uint8Array.from([...latin1("\xe9"), ...bytesOf("\r\nb")]));
  expect([1, 3, 4].map((offset) => byteOffset(source, offset))).toEqual([1, 3, 4]);
});

test("an offset out of the text or inside a character has no byte offset", () => {
  const source = readSource(bytesOf("😀"));
  for (const offset of [-1, 1, 3, 0.5]) expect(() => byteOffset(source, offset)).toThrow(RangeError);
});

test("a byte offset is the length of the text before it as UTF-8, also in long lines", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "é", "漢", "😀", "\n", "x".repeat(3000), "é漢😀".repeat(1500))),
      (parts) => {
        const text = parts.join("");
        const source = readSource(bytesOf(text));
        let offset = 0;
        for (const part of parts) {
          expect(byteOffset(source, offset)).toBe(bytesOf(text.slice(0, offset)).length);
          offset += part.length;
        }
        expect(byteOffset(source, text.length)).toBe(source.bytes.length);
      },
    ),
    { numRuns: 60 },
  );
});

test("lines of text and bytes correspond in every file", () => {
  fc.assert(
    fc.property(fileBytes, (bytes) => {
      const source = readSource(bytes);
      let start = 0;
      const starts = source.text.split("\n").map((line) => (start += line.length + 1) - line.length - 1);
      const feeds = [...bytes.keys()].filter((index) => bytes[index] === 0x0a);
      expect(starts.slice(1).map((offset) => byteOffset(source, offset))).toEqual(feeds.map((feed) => feed + 1));
    }),
  );
});
