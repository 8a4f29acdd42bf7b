import * as fc from "fast-check";

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes that are not UTF-8: every character one byte. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "\r\n",
    "\r",
    "\u0000",
    "\uFEFF",
    "é",
    "漢",
    "😀",
    "## Question 1",
    "**Answer:** _[To be filled]_",
  ),
  fc.string({ maxLength: 12, unit: "grapheme" }),
);

/** Files as they come: mixed line ends, a BOM, no final newline, NUL, and now and then a line that is not UTF-8. */
export const fileBytes: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        { arbitrary: piece.map(bytesOf), weight: 9 },
        { arbitrary: fc.constant(latin1("\xe9t\xe9")), weight: 1 },
      ),
      {
        maxLength: 40,
      },
    ),
  )
  .map(([hasBom, parts]) =>
    Uint8Array.from([...(hasBom ? [0xef, 0xbb, 0xbf] : []), ...parts.flatMap((part) => [...part])]),
  );
