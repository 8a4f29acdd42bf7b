import { COMMON_WORDS, FUNCTION_WORDS } from "./vocabulary-words.ts";

/** What words cost in nats: minus the logarithm of their frequency. */
export interface WordPrices {
  /** True for a word seen, an inflected or prefixed form of one, or a run of capitals: it needs no splitting. */
  knows(word: string): boolean;
  /** Price of a letter run as one word among others; undefined where it may not be one. */
  piece(run: string): number | undefined;
}

/** Prices that follow the words counted so far. */
export interface WordCounts extends WordPrices {
  add(word: string, count: number): void;
}

/** How often an embedded word counts as seen, so that small banks have sensible frequencies. */
const FUNCTION_WORD_COUNT = 40;
const COMMON_WORD_COUNT = 3;
/** Short runs are everywhere in code and abbreviations; to count as words they must be seen this often. */
const SHORT_WORD_COUNT = 3;
const SHORTEST_STEM = 4;
const INFLECTION_PRICE = 3;

const CAPITALS = /^[\p{Lu}\p{N}]+s?$/u;
const INNER_CAPITAL = /\p{Ll}\p{Lu}/u;
const SEVERAL_HUMPS = /^\p{Lu}\p{Ll}+\p{Lu}/u;
const BETWEEN_HUMPS = /(?<=\p{Ll})(?=\p{Lu})/u;
const SUFFIXES =
  "s es d ed ing ly er ers ness able ment ion ation iation ition ator ian al ity ive ization less ful ship wide wise".split(
    " ",
  );
const PREFIXES = "un re non pre over under out multi sub inter hyper meta micro auto co cross anti semi".split(" ");

/** Counts that begin with the embedded words. */
export function wordCounts(): WordCounts {
  const counts = new Map<string, number>();
  let total = 0;

  const add = (word: string, count: number): void => {
    const key = keyOf(word);
    counts.set(key, (counts.get(key) ?? 0) + count);
    total += count;
  };
  const price = (count: number | undefined): number => Math.log(total / (count ?? 1));
  const stemOf = (key: string): string | undefined => relativesOf(key).find((relative) => counts.has(relative));
  const inflected = (key: string): number | undefined => {
    const stem = stemOf(key);
    return stem === undefined ? undefined : price(counts.get(stem)) + INFLECTION_PRICE;
  };
  const piece = (run: string): number | undefined => {
    const key = keyOf(run);
    const count = counts.get(key);
    if (count !== undefined) return mayStand(run, count) ? price(count) : undefined;
    const humps = SEVERAL_HUMPS.test(run) ? sum(run.split(BETWEEN_HUMPS).map(piece)) : undefined;
    return humps ?? (run.length < SHORTEST_STEM ? undefined : inflected(key));
  };

  for (const word of COMMON_WORDS) add(word, COMMON_WORD_COUNT);
  for (const word of FUNCTION_WORDS) add(word, FUNCTION_WORD_COUNT);
  return {
    add,
    piece,
    knows: (word) => CAPITALS.test(word) || counts.has(keyOf(word)) || stemOf(keyOf(word)) !== undefined,
  };
}

/** Case is dropped at a word's start and in capitals, but kept inside it: `aLong` is not `along`. */
function keyOf(word: string): string {
  return INNER_CAPITAL.test(word) ? word : word.toLowerCase();
}

function mayStand(run: string, count: number): boolean {
  if (run.length === 1) return false;
  if (run.length > 3 || FUNCTION_WORDS.has(run.toLowerCase())) return true;
  return count >= SHORT_WORD_COUNT && (run.length === 3 || run === run.toUpperCase());
}

/** `DataFrame` is one name made of words; undefined where one of them is none. */
function sum(prices: readonly (number | undefined)[]): number | undefined {
  return prices.reduce((total, price) => (total === undefined || price === undefined ? undefined : total + price), 0);
}

/** Forms that a word may be an inflection of: `policies` of `policy`, `reshard` of `shard`, `order` of `orders`. */
function relativesOf(key: string): string[] {
  const unprefixed = PREFIXES.filter((prefix) => key.startsWith(prefix)).map((prefix) => key.slice(prefix.length));
  const stems = SUFFIXES.filter((suffix) => key.endsWith(suffix)).flatMap((suffix) =>
    stemsOf(key.slice(0, -suffix.length)),
  );
  return [`${key}s`, ...stems, ...unprefixed].filter((relative) => relative.length >= SHORTEST_STEM);
}

/** Spellings of a word before a suffix: `mak` of `make`, `runn` of `run`, `polici` of `policy`. */
function stemsOf(stem: string): string[] {
  const doubled = stem.at(-1) === stem.at(-2) ? [stem.slice(0, -1)] : [];
  const withY = stem.endsWith("i") ? [`${stem.slice(0, -1)}y`] : [];
  return [stem, `${stem}e`, ...doubled, ...withY];
}
