import { isProof, splitToken, type Split } from "./glue-split.ts";
import { FUNCTION_WORDS } from "./vocabulary-words.ts";
import { TOKEN, type Vocabulary, withoutBlanks } from "./vocabulary.ts";
import type { WordPrices } from "./vocabulary-prices.ts";

/** Text between two blanks that lost blanks inside. Offsets are into the text it was found in. */
export interface GlueFinding {
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly repaired: string;
}

export interface GlueRepair {
  /** Equal to the input once blanks are taken out of both. */
  readonly text: string;
  /** True where a twin or an unambiguous reading decided every change; false where a person should look. */
  readonly certain: boolean;
  readonly changes: readonly GlueFinding[];
}

/** A place for a blank, why it may be one, and how sure that is. */
interface Gap {
  readonly at: number;
  readonly isProof: boolean;
  /** How much dearer the next best reading is, in nats. */
  readonly margin: number;
}

/** A letter run of the text, and the gaps inside it. */
interface Run {
  readonly start: number;
  readonly token: string;
  readonly inside: readonly Gap[];
}

/** In nats. Chosen so that at least 95 of 100 repairs called certain are exact. */
const CERTAIN_MARGIN = 4;
/** A guess at punctuation: good enough to repair a text that is proven to be glued, never a reason to report one. */
const GUESS: Omit<Gap, "at"> = { isProof: false, margin: 0 };

// Each alternative excludes its own opener, so that no text makes it look twice at a character.
const NOT_PROSE = /`[^`]*`|\$[^$]*\$|<[^<>]*>|\]\([^()\]]*\)|https?:\/\/\S+/g;
const CODE_MARK = /[_\\=@]/;
const ENDING = /^(?:s|es|ed|ing|ly)$/;

/**
 * Glued words that are proven: an unknown letter run that reads as known words, one of them a word that holds sentences
 * together, a verb with its object, or a small letter that meets a capital.
 */
export function findGlue(text: string, vocabulary: Vocabulary): GlueFinding[] {
  const gaps = gapsIn(text, vocabulary.words).filter((gap) => gap.isProof);
  return changesOf(text, gaps);
}

/** Puts lost blanks back: as in a text of the bank with the same letters, else by the cheapest reading of each letter run. */
export function repairGlue(text: string, vocabulary: Vocabulary): GlueRepair {
  const gaps = gapsIn(text, vocabulary.words);
  if (!gaps.some((gap) => gap.isProof)) return { text, certain: true, changes: [] };
  const twin = twinOf(text, vocabulary);
  if (twin !== undefined) {
    return { text: twin, certain: true, changes: [{ start: 0, end: text.length, found: text, repaired: twin }] };
  }
  const repaired = withBlanks(text, gaps);
  const certain = gaps.every((gap) => gap.margin >= CERTAIN_MARGIN) && isReadable(repaired, vocabulary.words);
  return { text: repaired, certain, changes: changesOf(text, gaps) };
}

function twinOf(text: string, vocabulary: Vocabulary): string | undefined {
  const twin = vocabulary.twins.get(withoutBlanks(text));
  if (twin === undefined || twin.length <= text.length) return undefined;
  return gapsIn(twin, vocabulary.words).some((gap) => gap.isProof) ? undefined : twin;
}

/** True where every letter run is a known word: an unknown one may hide more lost blanks. */
function isReadable(repaired: string, words: WordPrices): boolean {
  return (proseOf(repaired).match(TOKEN) ?? []).every((token) => token.length < 4 || words.knows(token));
}

/** Text of the same length with code, mathematics and addresses blanked out. */
function proseOf(text: string): string {
  return text
    .replace(NOT_PROSE, blanksFor)
    .replace(/\S+/g, (chunk) => (CODE_MARK.test(chunk) ? blanksFor(chunk) : chunk));
}

function blanksFor(text: string): string {
  return " ".repeat(text.length);
}

/** In the order of the text. */
function gapsIn(text: string, words: WordPrices): Gap[] {
  const prose = proseOf(text);
  const gaps: Gap[] = [];
  for (const match of prose.matchAll(TOKEN)) {
    const inside = gapsInside(prose, match.index, match[0], words);
    const before = gapBefore(prose, { start: match.index, token: match[0], inside }, words);
    if (before !== undefined) gaps.push(before);
    gaps.push(...inside);
  }
  return gaps;
}

function gapsInside(prose: string, start: number, token: string, words: WordPrices): Gap[] {
  if (words.knows(token)) return [];
  const suffix = /^['’]s/.test(prose.slice(start - 1, start + 1)) ? 1 : 0;
  const rest = token.slice(suffix) + (prose[start + token.length] === "-" ? "-" : "");
  const isKnown = suffix === 1 && words.knows(rest);
  const split = isKnown ? { pieces: [rest], price: 0, margin: Infinity } : splitToken(rest, words);
  if (split === undefined) return [];
  const gaps = gapsOf(split, start + suffix);
  return suffix === 1 && rest.length > 1 ? [{ at: start + 1, isProof: true, margin: split.margin }, ...gaps] : gaps;
}

function gapsOf(split: Split, start: number): Gap[] {
  const proof = isProof(split);
  let at = start;
  return split.pieces.slice(0, -1).map((piece) => ({ at: (at += piece.length), isProof: proof, margin: split.margin }));
}

/** A blank lost beside punctuation: `(CI)and`, `mean,median`, `metrics(RMSE, MAE)`. */
function gapBefore(prose: string, { start, token, inside }: Run, words: WordPrices): Gap | undefined {
  const isWord = token.length > 1 && !ENDING.test(token) && (inside.length > 0 || words.knows(token));
  const before = prose[start - 2] ?? " ";
  switch (isWord ? prose[start - 1] : undefined) {
    case ")":
      return { at: start, isProof: FUNCTION_WORDS.has(firstWord(start, token, inside)), margin: Infinity };
    case ",":
      return isWordEnd(before) ? { at: start, ...GUESS } : undefined;
    case "(":
      return isWordEnd(before) && isAside(prose, start) ? { at: start - 1, ...GUESS } : undefined;
    default:
      return undefined;
  }
}

function firstWord(start: number, token: string, inside: readonly Gap[]): string {
  return token.slice(0, (inside[0]?.at ?? start + token.length) - start);
}

function isWordEnd(character: string): boolean {
  return /[\p{L})]/u.test(character);
}

/** True for the inside of brackets that is words and not the arguments of a function. */
function isAside(prose: string, start: number): boolean {
  return /^(?:\p{Lu}{2,}s?\)|\p{L}{2,}[.,]? \p{L})/u.test(prose.slice(start, start + 40));
}

/** One change for each stretch between blanks that holds gaps. */
function changesOf(text: string, gaps: readonly Gap[]): GlueFinding[] {
  const changes = new Map<number, { end: number; gaps: Gap[] }>();
  let start = 0;
  let end = 0;
  for (const gap of gaps) {
    if (gap.at >= end) [start, end] = stretchAround(text, gap.at);
    const change = changes.get(start) ?? { end, gaps: [] };
    change.gaps.push(gap);
    changes.set(start, change);
  }
  return Array.from(changes, ([from, change]) => ({
    start: from,
    end: change.end,
    found: text.slice(from, change.end),
    repaired: withBlanks(text.slice(from, change.end), change.gaps, from),
  }));
}

function stretchAround(text: string, at: number): [number, number] {
  let start = at;
  let end = at;
  while (start > 0 && !isBlank(text[start - 1])) start--;
  while (end < text.length && !isBlank(text[end])) end++;
  return [start, end];
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

function withBlanks(text: string, gaps: readonly Gap[], offset = 0): string {
  const places = gaps.map((gap) => gap.at - offset);
  return [0, ...places].map((from, index) => text.slice(from, places[index])).join(" ");
}
