import * as fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, type Edit, invertEdits } from "../../src/bank/apply-edits.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf, fileBytes, latin1 } from "./byte-texts.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

test("edits replace their own text and nothing else", () => {
  const source = readSource(bytesOf("\uFEFFé one\r\ntwo\nthree"));
  const edits = [
    { start: 11, end: 16, text: "drei\n" },
    { start: 2, end: 5, text: "漢" },
  ];
  expect(decoder.decode(applyEdits(source, edits))).toBe("\uFEFFé 漢\r\ntwo\ndrei\n");
});

test("no edits give equal bytes, whatever the bytes", () => {
  fc.assert(
    fc.property(fileBytes, (bytes) => {
      expect(applyEdits(readSource(bytes), [])).toEqual(Uint8Array.from(bytes));
    }),
  );
});

/** Edits at character borders, far enough apart, outside lines that are not UTF-8. */
const editedFile = fc
  .tuple(fileBytes, fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.string({ unit: "grapheme" })), { maxLength: 6 }))
  .map(([bytes, wishes]) => {
    const source = readSource(bytes);
    const edits: Edit[] = [];
    let from = 0;
    for (const [gap, length, text] of wishes) {
      const start = border(source.text, from + (gap % 60));
      const end = border(source.text, start + length);
      if (end >= source.text.length) break;
      if (isValid(source, start, end) && (end > start || text !== "")) edits.push({ start, end, text });
      from = end + 1;
    }
    return { source, edits };
  });

function border(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset + 1 : offset;
}

function isValid(source: ReturnType<typeof readSource>, start: number, end: number): boolean {
  const first = source.text.slice(0, start).split("\n").length - 1;
  const last = source.text.slice(0, end).split("\n").length - 1;
  for (let line = first; line <= last; line++) if (source.invalidLines.has(line)) return false;
  return true;
}

test("undoing edits restores every byte", () => {
  fc.assert(
    fc.property(editedFile, ({ source, edits }) => {
      const edited = readSource(applyEdits(source, edits));
      expect(applyEdits(edited, invertEdits(source, edits))).toEqual(Uint8Array.from(source.bytes));
    }),
  );
});

test("edited bytes decode to the edited text", () => {
  fc.assert(
    fc.property(editedFile, ({ source, edits }) => {
      const expected = edits.reduceRight(
        (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
        source.text,
      );
      expect(readSource(applyEdits(source, edits)).text).toBe(expected);
    }),
  );
});

test("overlapping edits are refused", () => {
  const source = readSource(bytesOf("abcdef"));
  const overlapping: readonly (readonly Edit[])[] = [
    [
      { start: 0, end: 3, text: "" },
      { start: 2, end: 4, text: "" },
    ],
    [
      { start: 1, end: 1, text: "x" },
      { start: 1, end: 1, text: "y" },
    ],
    [{ start: 3, end: 2, text: "" }],
    [{ start: 5, end: 9, text: "" }],
  ];
  for (const edits of overlapping) expect(() => applyEdits(source, edits)).toThrow(RangeError);
});

test("bytes that are not UTF-8 are never edited", () => {
  const source = readSource(Uint8Array.from([...bytesOf("a\n"), ...latin1("\xe9"), ...bytesOf("\nb\n")]));
  expect(() => applyEdits(source, [{ start: 2, end: 3, text: "e" }])).toThrow(RangeError);
  expect(() => applyEdits(source, [{ start: 0, end: 5, text: "e" }])).toThrow(RangeError);
  expect(applyEdits(source, [{ start: 4, end: 5, text: "c" }])).toEqual(
    Uint8Array.from([...bytesOf("a\n"), ...latin1("\xe9"), ...bytesOf("\nc\n")]),
  );
});
