import type { Piece } from "./screen-view.ts";

// Ways in which an answer can be read. Each gives the pieces of a view; none of them runs longer than the answer is.

/** As it stands, character by character. */
export function* plainPieces(answer: string): Generator<Piece> {
  let start = 0;
  for (const text of answer) {
    yield { text, start, end: start + text.length };
    start += text.length;
  }
}

const ESCAPE =
  /&#(\d{1,7});|&#x([\da-f]{1,6});|\\u\{?([\da-f]{4,6})\}?|\\x([\da-f]{2})|%([\da-f]{2})|&(lt|gt|amp|quot|apos|nbsp);/giu;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** With the escapes of HTML, JSON and addresses read as the characters they stand for. Nothing where there are none. */
export function* unescapedPieces(answer: string): Generator<Piece> {
  let at = 0;
  for (const match of answer.matchAll(ESCAPE)) {
    const end = match.index + match[0].length;
    const [, decimal, ...others] = match;
    const name = others.pop();
    const hex = others.find((digits) => digits !== undefined);
    yield* shifted(plainPieces(answer.slice(at, match.index)), at);
    yield { text: characterOf(decimal, hex) ?? NAMED[name?.toLowerCase() ?? ""] ?? match[0], start: match.index, end };
    at = end;
  }
  if (at > 0) yield* shifted(plainPieces(answer.slice(at)), at);
}

function* shifted(pieces: Iterable<Piece>, by: number): Generator<Piece> {
  for (const { text, start, end } of pieces) yield { text, start: start + by, end: end + by };
}

const LAST_CODE_POINT = 0x10ffff;

function characterOf(decimal: string | undefined, hex: string | undefined): string | undefined {
  const codePoint = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
  return codePoint >= 0 && codePoint <= LAST_CODE_POINT ? String.fromCodePoint(codePoint) : undefined;
}

/**
 * Tags and variation selectors that stand in runs: characters nobody sees, which spell letters all the same. A flag of a part of a
 * country is a black flag with a few tags.
 */
export const HIDDEN_RUN =
  /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,6})(?:[\u{E0020}-\u{E007E}]|[\u{E0100}-\u{E01EF}]|[\uFE00-\uFE0F]){3,}/gu;

/** What such runs spell. */
export function* hiddenPieces(answer: string): Generator<Piece> {
  for (const { index, 0: run } of answer.matchAll(HIDDEN_RUN)) {
    for (const { text, start, end } of shifted(plainPieces(run), index)) {
      yield { text: String.fromCodePoint(spelt(text.codePointAt(0) ?? 0)), start, end };
    }
    yield { text: "\n", start: index, end: index + run.length };
  }
}

function spelt(codePoint: number): number {
  if (codePoint >= 0xe0100) return codePoint - 0xe0100 + 16;
  return codePoint >= 0xe0000 ? codePoint - 0xe0000 : codePoint - 0xfe00;
}

/** Letters one by one: a mark between two of them, and more than one between two words. */
const SPELT = /(?<![\p{L}\p{M}])(?:\p{L}[ .\-_*|]{1,4}){7,}\p{L}(?!\p{L})/gu;
const SPELT_LETTER = /(\p{L})([ .\-_*|]*)/gu;

/** What letters spell that stand apart, as in `i g n o r e`. */
export function* speltPieces(answer: string): Generator<Piece> {
  for (const { index, 0: run } of answer.matchAll(SPELT)) {
    for (const { index: at, 0: whole, 1: letter = "", 2: gap = "" } of run.matchAll(SPELT_LETTER)) {
      const start = index + at;
      yield { text: gap.length > 1 ? `${letter} ` : letter, start, end: start + whole.length };
    }
    yield { text: "\n", start: index, end: index + run.length };
  }
}

/** Words with digits among their letters; a text has a few of them, and seldom more. */
const MIXED = /(?<!\w)(?=\d*[a-z])(?=[a-z]*\d)[a-z\d]{2,40}(?!\w)/giu;
const FEWEST_MIXED = 3;
const DIGIT_LETTERS: Readonly<Record<string, string>> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t" };

/** With digits read as the letters they pass for, where many words hold some. */
export function* digitPieces(answer: string): Generator<Piece> {
  if (Array.from(answer.matchAll(MIXED)).length < FEWEST_MIXED) return;
  for (const piece of plainPieces(answer)) yield { ...piece, text: DIGIT_LETTERS[piece.text] ?? piece.text };
}

const HEX = /(?:[\da-f]{2}[ :]?){12,4000}/giu;

/** What runs of base64 or of hexadecimal digits say, where they say anything. */
export function* encodedPieces(answer: string): Generator<Piece> {
  yield* readable(answer, BASE64, decoded);
  yield* readable(answer, HEX, (run) => fromHex(run.replace(/[ :]/g, "")));
}

function* readable(answer: string, runs: RegExp, read: (run: string) => string): Generator<Piece> {
  let blobs = 0;
  for (const { index, 0: run } of answer.matchAll(runs)) {
    const text = read(run.slice(0, LONGEST_BASE64));
    if (!READABLE.test(text)) continue;
    yield { text: `${text}\n`, start: index, end: index + run.length };
    blobs += 1;
    if (blobs === MOST_BLOBS) return;
  }
}

function fromHex(digits: string): string {
  const bytes = digits.match(/../g) ?? [];
  return bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
}

/** In one line, or in several that are full of it. */
const BASE64 = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}/g;
const LONGEST_BASE64 = 8_000;
const MOST_BLOBS = 50;
const READABLE = /^[\t\n\r\x20-\x7E]+$/;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// By hand, because the platform's decoder throws on a blob that is cut or padded wrongly, as those in prose are.
function decoded(blob: string): string {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const character of blob
    .replace(/[\r\n]/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")) {
    const value = DIGITS.indexOf(character);
    if (value === -1) break;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return text;
}

// Cyrillic and Greek letters and small capitals, after folding case and accents, each before the Latin letter it passes for.
const LOOKALIKES = lookalikes(
  "аaвbсcԁdеeɡgһhіiјjкkӏlмmнhоoрpԛqгrѕsтtцuѵvԝwхxуyзzαaβbεeηnιiκkνvοoρpτtυuχxγyωwıiɑaƅbʀrᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpꜱsᴛtᴜuᴠvᴡwʏyᴢz",
);

function lookalikes(pairs: string): ReadonlyMap<string, string> {
  const letters = Array.from(pairs);
  return new Map(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? letter] as const] : [])));
}

/** A letter of another alphabet as the Latin letter it looks like. */
export function lookalike(character: string): string {
  return LOOKALIKES.get(character) ?? character;
}

/** A letter thirteen places on in the alphabet, by which short messages are hidden in jest. */
export function rotated(character: string): string {
  const code = character.charCodeAt(0);
  if (character.length !== 1 || code < 97 || code > 122) return character;
  return String.fromCharCode(((code - 97 + 13) % 26) + 97);
}
