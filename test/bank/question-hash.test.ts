import { assert, oneof, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { lettersAndDigits } from "../../src/bank/question-hash.ts";

const plain = string({ unit: "binary-ascii" });
const any = string({ unit: "grapheme" });

test("the letters and digits of a text, plain or not, are what Unicode says they are", () => {
  assert(
    property(
      oneof(
        plain,
        any,
        tuple(plain, any).map(([left, right]) => left + right),
      ),
      (text) => {
        const characters = Array.from(text.normalize("NFC").toLowerCase());
        expect(lettersAndDigits(text)).toBe(characters.filter((each) => /[\p{L}\p{N}]/u.test(each)).join(""));
      },
    ),
  );
});
