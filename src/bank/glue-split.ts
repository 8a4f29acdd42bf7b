import type { WordPrices } from "./vocabulary-prices.ts";
import { FUNCTION_WORDS, TRANSITIVE_VERBS } from "./vocabulary-words.ts";

export interface Split {
  readonly pieces: readonly string[];
  /** Sum of the prices of the pieces, in nats. */
  readonly price: number;
  /** How much dearer the next best reading is, in nats; infinite where there is none. */
  readonly margin: number;
}

const MAXIMUM_TOKEN = 80;
const MAXIMUM_PIECE = 24;
/** Price of a name the bank has never seen, by its length: known words win wherever they fit. */
const NAME_PRICE = 8;
const NAME_LETTER_PRICE = 2.5;
/** Price of a lone capital at the end of a token (`the|K-NN`), and of a number at its start (`8|and`). */
const MARK_PRICE = 12;
/** Price of a word the bank has never seen, behind one of {@link LEADS}. */
const REST_PRICE = 30;
const REST_LETTER_PRICE = 2;
const SHORTEST_REST = 5;
const LEADS: ReadonlySet<string> = new Set(["the", "of", "using", "with", "between", "does", "against"]);
const CAPITAL = /\p{Lu}/u;
/** A lone `a` inside a token is far more often part of a word ("exploit|a|tion") than an article. */
const ARTICLE_PRICE = 4;
const INNER_ARTICLE_PRICE = 8;
/** A split into nothing but shorter words proves nothing: `am|a`. */
const SHORTEST_PROOF = 3;
const READINGS = 2;
const LETTER_MARK = /^(?:\p{L}-|\p{Lu})$/u;
const NUMBER = /^\p{N}+$/u;

interface Reading {
  readonly price: number;
  readonly pieces: readonly string[];
}

/**
 * The cheapest way to read a token as two or more words (Viterbi over its characters), or undefined where there is none.
 * Time is linear in the token: pieces and tokens have a limited length.
 */
export function splitToken(token: string, prices: WordPrices): Split | undefined {
  if (token.length > MAXIMUM_TOKEN) return undefined;
  const readings: Reading[][] = [[{ price: 0, pieces: [] }]];
  for (let end = 1; end <= token.length; end++) readings.push(readingsUpTo(token, end, readings, prices));
  const [best, second] = readings.at(-1) ?? [];
  if (best === undefined) return undefined;
  return { ...best, margin: second === undefined ? Infinity : second.price - best.price };
}

function readingsUpTo(token: string, end: number, readings: readonly Reading[][], prices: WordPrices): Reading[] {
  const found: Reading[] = [];
  for (let start = Math.max(0, end - MAXIMUM_PIECE); start < end; start++) {
    const before = readings[start];
    if (before === undefined || before.length === 0) continue;
    const price = priceOf(token, start, end, prices);
    if (price === undefined) continue;
    const piece = token.slice(start, end);
    for (const reading of before) found.push({ price: reading.price + price, pieces: [...reading.pieces, piece] });
  }
  return found.toSorted((left, right) => left.price - right.price).slice(0, READINGS);
}

function priceOf(token: string, start: number, end: number, prices: WordPrices): number | undefined {
  const piece = token.slice(start, end);
  if (piece.length === token.length) return undefined;
  if (piece === "a") return articlePrice(token, start);
  if (isMark(token, start, end)) return MARK_PRICE;
  return (
    prices.piece(piece.replace(/-$/, "")) ??
    (isRest(token, start, end) ? REST_PRICE + REST_LETTER_PRICE * piece.length : undefined) ??
    (isName(token, start, end) ? NAME_PRICE + NAME_LETTER_PRICE * piece.length : undefined)
  );
}

function articlePrice(token: string, start: number): number | undefined {
  if (token[start - 1] === "a" || token[start + 1] === "a") return undefined;
  return start === 0 ? ARTICLE_PRICE : INNER_ARTICLE_PRICE;
}

function isMark(token: string, start: number, end: number): boolean {
  if (start === 0) return NUMBER.test(token.slice(start, end)) && isLower(token[end]) && isLower(token[end + 1]);
  return end === token.length && isLower(token[start - 1]) && LETTER_MARK.test(token.slice(start));
}

/** A name may be unknown where capitals or digits mark its edges: `in|MLOps`, `IoT|and`, `GPT4|with`. */
function isName(token: string, start: number, end: number): boolean {
  const opens = start === 0 || isLower(token[start - 1]);
  const closes = end === token.length || (!isLower(token[end - 1]) && isLower(token[end]));
  return opens && closes && isUpper(token[start]) && end - start > 1;
}

/** An unknown word may follow one that hardly any English word begins with: `the|silhouette`. */
function isRest(token: string, start: number, end: number): boolean {
  return (
    end === token.length && end - start >= SHORTEST_REST && LEADS.has(token.slice(0, start)) && !CAPITAL.test(token)
  );
}

/** True where the split is proof of lost blanks: a piece holds sentences together, or a small letter meets a capital. */
export function isProof({ pieces }: Split): boolean {
  const isLong = pieces.some((piece) => piece.length >= SHORTEST_PROOF);
  return (
    isLong &&
    pieces.some((piece, index) => {
      const word = piece.toLowerCase();
      return FUNCTION_WORDS.has(word) || opensName(pieces, index) || (index < pieces.length - 1 && governs(word));
    })
  );
}

function governs(word: string): boolean {
  return TRANSITIVE_VERBS.has(word) || (word.length > 6 && word.endsWith("ing"));
}

function opensName(pieces: readonly string[], index: number): boolean {
  const before = pieces[index - 1];
  return before !== undefined && before.length > 2 && isLower(before[0]) && isUpper(pieces[index]?.[0]);
}

function isLower(character: string | undefined): boolean {
  return character !== undefined && character !== character.toUpperCase();
}

function isUpper(character: string | undefined): boolean {
  return character !== undefined && character !== character.toLowerCase();
}
