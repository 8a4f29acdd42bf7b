import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanForPrompt, visible, visibleJson, visibleLine } from "../../src/core/sanitise.ts";
import { growthOf } from "../support/growth.ts";

/** What may never reach a terminal raw, as ranges of code points. */
const UNSAFE_RANGES: readonly (readonly [name: string, first: number, last: number])[] = [
  ["C0 before TAB", 0x00, 0x08],
  ["C0 after LF", 0x0b, 0x1f],
  ["DEL and C1", 0x7f, 0x9f],
  ["soft hyphen", 0xad, 0xad],
  ["Arabic letter mark", 0x61c, 0x61c],
  ["Mongolian vowel separator", 0x180e, 0x180e],
  ["zero-width and direction marks", 0x200b, 0x200f],
  ["separators and bidi embeddings", 0x2028, 0x202e],
  ["word joiner and bidi isolates", 0x2060, 0x206f],
  ["byte order mark", 0xfeff, 0xfeff],
  ["interlinear marks", 0xfff9, 0xfffb],
  ["shorthand controls", 0x1bca0, 0x1bca3],
  ["musical controls", 0x1d173, 0x1d17a],
  ["tags", 0xe0000, 0xe0fff],
];

function isUnsafe(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return UNSAFE_RANGES.some(([, first, last]) => codePoint >= first && codePoint <= last);
}

/** Joiners between letters of scripts that need them, and among emoji. */
const JOINERS =
  /(?<=[\p{Script_Extensions=Arabic}\p{Script_Extensions=Devanagari}])[\u200C\u200D](?=[\p{Script_Extensions=Arabic}\p{Script_Extensions=Devanagari}])|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu;
const unsafeIn = (text: string): readonly string[] => Array.from(text.replace(JOINERS, "")).filter(isUnsafe);
const longestRunOfMarks = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(/\p{M}+/gu), ([run]) => Array.from(run).length));

/** Text in which the dangerous characters are as frequent as letters. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom("a", "Ж", "語", " ", "\n", "\t", "\r\n", "\r", "é", "👩‍💻", "م", "\u200C", "\u200D", "👩"),
      fc
        .constantFrom(...UNSAFE_RANGES.flatMap(([, first, last]) => [first, last]))
        .map((each) => String.fromCodePoint(each)),
      fc.constantFrom("\uFE0F", "\uFE00\uFE0F", "\u0301", "\u0301".repeat(20), "\uD800", "\uDFFF", "<U+202E>"),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe("visible", () => {
  test.each(UNSAFE_RANGES)("shows %s as escapes, from the first to the last", (_name, first, last) => {
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      const hex = codePoint.toString(16).toUpperCase().padStart(4, "0");
      expect(visible(`a${String.fromCodePoint(codePoint)}b`)).toBe(`a<U+${hex}>b`);
    }
  });

  test("keeps what people write: line feeds, tabs, one variation selector, accents, joined emoji of letters", () => {
    const text = "Déjà vu\n\tзвёзды 語 ❤\uFE0F e\u0301";
    expect(visible(text)).toBe(text);
  });

  test.each([
    ["Persian", "می\u200Cخواهم کتاب\u200Cها را"],
    ["Hindi", "क्\u200Dष और क्\u200Cष"],
    ["emoji", "👩\u200D💻 👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 👨\u200D👩\u200D👧"],
  ])("keeps joiners where %s cannot be spelt without them", (_name, text) => {
    expect(visible(text)).toBe(text);
    expect(cleanForPrompt(text)).toEqual({ text, hidden: 0 });
  });

  test("shows joiners that join nothing, and runs of them", () => {
    expect(visible("a\u200Cb \u200Dم م\u200C\u200Cم م\u200D 👩\u200Da 👩\u200C💻 1\u200D2")).toBe(
      "a<U+200C>b <U+200D>م م<U+200C><U+200C>م م<U+200D> 👩<U+200D>a 👩<U+200C>💻 1<U+200D>2",
    );
    expect(cleanForPrompt("ig\u200Cnore م\u200D")).toEqual({ text: "ignore م", hidden: 2 });
  });

  test("takes CRLF for a line feed and a lone CR for the control that it is", () => {
    expect(visible("a\r\nb\rc")).toBe("a\nb<U+000D>c");
  });

  test("shows runs of variation selectors, cuts floods of combining marks, replaces half characters", () => {
    expect(visible(`a\uFE00\uFE0Fb${"\u0301".repeat(50)}c\uD800d`)).toBe(
      `a<U+FE00><U+FE0F>b${"\u0301".repeat(8)}c\uFFFDd`,
    );
  });

  test("never holds an unsafe character or a flood, and saying it twice changes nothing", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = visible(text);
        expect(unsafeIn(shown)).toEqual([]);
        expect(longestRunOfMarks(shown)).toBeLessThanOrEqual(8);
        expect(shown).not.toMatch(/[\uD800-\uDFFF]/u);
        expect(visible(shown)).toBe(shown);
        expect(visibleLine(text)).not.toMatch(/[\n\t]/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("cleanForPrompt", () => {
  test("drops what is hidden and counts it", () => {
    expect(cleanForPrompt("a\u202Eb\u{E0041}\u{E0042}\r\nc\rd\uFE0F\uFE0F")).toEqual({ text: "ab\nc\nd", hidden: 5 });
  });

  test("leaves nothing unsafe, and a second time has nothing to do", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const once = cleanForPrompt(text);
        expect(unsafeIn(once.text)).toEqual([]);
        expect(cleanForPrompt(once.text)).toEqual({ text: once.text, hidden: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test("takes a line of a million marks in linear time", () => {
    const text = `${"\u0301".repeat(500_000)}${"\u202E".repeat(500_000)}`;
    expect(cleanForPrompt(text)).toEqual({ text: "\u0301".repeat(8), hidden: 500_000 });
    const prepare = (size: number) => () => cleanForPrompt(text.slice(500_000 - size, 500_000 + size));
    expect(growthOf(prepare, 100_000)).toBe("linear");
  });
});

test("visibleJson is the same value to a program, and harmless to a terminal", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (key, value) => {
      const json = JSON.stringify({ [key]: value, list: [value] }, null, 2);
      const shown = visibleJson(json);
      expect(JSON.parse(shown)).toEqual(JSON.parse(json));
      expect(unsafeIn(shown)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
