import { cleanForPrompt } from "../../core/sanitise.ts";

/** A reading of an answer for pattern search: plain lower-case text, and where each of its UTF-16 units comes from. */
export interface View {
  readonly text: string;
  /** What {@link text} is joined of. */
  readonly characters: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Some characters, and the stretch of the answer that they were read from. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The pieces one after another, without what hides words from a pattern: hidden characters, width, case and accents. */
export function viewOf(pieces: Iterable<Piece>): View {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { text, start, end } of pieces) {
    for (const character of text) {
      const plain = plainOf(character);
      characters.push(plain);
      for (let unit = 0; unit < plain.length; unit++) {
        starts.push(start);
        ends.push(end);
      }
    }
  }
  return { text: characters.join(""), characters, starts, ends };
}

/** The same view in other letters, each as long as the one it stands for. */
export function inLetters(view: View, letter: (character: string) => string): View {
  const characters = view.characters.map(letter);
  return { ...view, text: characters.join(""), characters };
}

/** A pattern's source in the letters that views are written in. */
export function plainPattern(source: string): string {
  return withoutAccents(source);
}

const plainCharacters = new Map<string, string>();
const MOST_REMEMBERED = 10_000;

function plainOf(character: string): string {
  const known = plainCharacters.get(character);
  if (known !== undefined) return known;
  const { text } = cleanForPrompt(character);
  // Taken apart first: a capital of mathematics is small only as the letter that it stands for.
  const plain = withoutAccents(withoutAccents(text).toLowerCase())
    .replace(/[\u2018\u2019\u02BC\u00B4]/g, "'")
    .replace(/[\u201C\u201D]/g, '"');
  if (plainCharacters.size < MOST_REMEMBERED) plainCharacters.set(character, plain);
  return plain;
}

function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "");
}
