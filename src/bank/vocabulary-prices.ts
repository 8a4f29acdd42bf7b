import { COMMON_WORDS, FUNCTION_WORDS } from "./vocabulary-words.ts";

/** What words cost in nats: minus the logarithm of their frequency. */
export interface WordPrices {
  /** True for a word seen, or an inflected or prefixed form of one: it needs no splitting. */
  knows(word: string): boolean;
  /** Price of a letter run as one word among others; undefined where it may not be one. */
  piece(run: string): number | undefined;
}

/** How often an embedded word counts as seen, so that small banks have sensible frequencies. */
const FUNCTION_WORD_COUNT = 40;
const COMMON_WORD_COUNT = 3;
/** Short runs are everywhere in code and abbreviations; to count as words they must be seen this often. */
const SHORT_WORD_COUNT = 3;
const INNER_CAPITAL = /\p{Ll}\p{Lu}/u;
const INFLECTION_PRICE = 3;
const SUFFIXES = [
  "s",
  "es",
  "d",
  "ed",
  "ing",
  "ly",
  "er",
  "ers",
  "ness",
  "able",
  "ment",
  "ion",
  "ation",
  "iation",
  "ition",
  "ator",
  "ian",
  "al",
  "ity",
  "ive",
  "ization",
];
const PREFIXES = [
  "un",
  "re",
  "non",
  "pre",
  "over",
  "under",
  "out",
  "multi",
  "sub",
  "inter",
  "hyper",
  "meta",
  "micro",
  "auto",
  "co",
  "cross",
  "anti",
  "semi",
];

export class WordCounts implements WordPrices {
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor() {
    for (const word of COMMON_WORDS) this.add(word, COMMON_WORD_COUNT);
    for (const word of FUNCTION_WORDS) this.add(word, FUNCTION_WORD_COUNT);
  }

  add(word: string, count: number): void {
    const key = keyOf(word);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    this.#total += count;
  }

  knows(word: string): boolean {
    const key = keyOf(word);
    return /^[\p{Lu}\p{N}]+s?$/u.test(word) || this.#counts.has(key) || this.#stemOf(key) !== undefined;
  }

  piece(run: string): number | undefined {
    const key = keyOf(run);
    const count = this.#counts.get(key);
    if (count !== undefined) return this.#mayStand(run, count) ? Math.log(this.#total / count) : undefined;
    return this.#humps(run) ?? this.#inflected(key);
  }

  #mayStand(run: string, count: number): boolean {
    if (run.length === 1) return false;
    if (run.length > 3 || FUNCTION_WORDS.has(run.toLowerCase())) return true;
    if (run.length === 3) return count >= SHORT_WORD_COUNT;
    return run.length === 2 && run === run.toUpperCase() && count >= SHORT_WORD_COUNT;
  }

  /** `DataFrame` is one name, made of words. */
  #humps(run: string): number | undefined {
    if (!/^\p{Lu}\p{Ll}+\p{Lu}/u.test(run)) return undefined;
    let price = 0;
    for (const hump of run.split(/(?<=\p{Ll})(?=\p{Lu})/u)) {
      const humpPrice = this.piece(hump);
      if (humpPrice === undefined) return undefined;
      price += humpPrice;
    }
    return price;
  }

  #inflected(key: string): number | undefined {
    const stem = this.#stemOf(key);
    const count = stem === undefined ? undefined : this.#counts.get(stem);
    return count === undefined ? undefined : Math.log(this.#total / count) + INFLECTION_PRICE;
  }

  #stemOf(key: string): string | undefined {
    return stemsOf(key).find((stem) => stem.length > 3 && this.#counts.has(stem));
  }
}

/** Case is dropped at a word's start and in capitals, but kept inside it: `aLong` is not `along`. */
function keyOf(word: string): string {
  return INNER_CAPITAL.test(word) ? word : word.toLowerCase();
}

function* endings(key: string): Generator<string> {
  yield `${key}s`;
  for (const suffix of SUFFIXES) {
    if (!key.endsWith(suffix)) continue;
    const stem = key.slice(0, -suffix.length);
    yield stem;
    yield `${stem}e`;
    if (stem.at(-1) === stem.at(-2)) yield stem.slice(0, -1);
    if (stem.endsWith("i")) yield `${stem.slice(0, -1)}y`;
  }
  for (const prefix of PREFIXES) if (key.startsWith(prefix)) yield key.slice(prefix.length);
}

function stemsOf(key: string): string[] {
  return [...endings(key)];
}
