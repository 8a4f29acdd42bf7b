import { isProof, splitToken } from "./glue-split.ts";
import type { Bank } from "./question.ts";
import { FUNCTION_WORDS, TRANSITIVE_VERBS } from "./vocabulary-words.ts";
import { wordCounts, type WordCounts, type WordPrices } from "./vocabulary-prices.ts";

/** What a bank's own texts say about which letter runs are words. */
export interface Vocabulary {
  readonly words: WordPrices;
  /** By letters without blanks: the wording with the most blanks. */
  readonly twins: ReadonlyMap<string, string>;
}

export interface VocabularyTexts {
  /** Question texts: they may be glued, so a token that reads as several known words is not taken for one. */
  readonly questions: readonly string[];
  /** Answers and notes: what is written there counts as a word. */
  readonly prose: readonly string[];
}

/** Letter runs. */
export const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;

/** The vocabulary of a bank: its questions, its answers, and the notes beside it. */
export function vocabularyOfBank(bank: Bank, notes: readonly string[] = []): Vocabulary {
  const questions = bank.files.flatMap((file) => file.questions);
  const answers = questions.filter((question) => question.state === "filled").map((question) => question.slot.answer);
  return vocabularyOf({ questions: questions.map((question) => question.text), prose: [...answers, ...notes] });
}

export function vocabularyOf(texts: VocabularyTexts): Vocabulary {
  const words = wordCounts();
  for (const text of texts.prose) for (const token of text.match(TOKEN) ?? []) addProse(words, token);
  for (const [token, count] of shortestFirst(texts.questions)) learn(words, token, count);
  return { words, twins: twinsOf(texts.questions) };
}

/** `CopyOnWriteArrayList` of a program: three words and more, which a question may write small. */
const NAME_OF_WORDS = /^\p{Lu}?\p{Ll}+(?:\p{Lu}\p{Ll}*){2,}$/u;

function addProse(words: WordCounts, token: string): void {
  words.add(token, 1);
  if (NAME_OF_WORDS.test(token)) words.add(token.toLowerCase(), 1);
}

function learn(words: WordCounts, token: string, count: number): void {
  const split = words.knows(token) ? undefined : splitToken(token, words);
  if (split === undefined && !mayHideWords(token)) words.add(token, count);
  if (split !== undefined && isProof(split)) for (const piece of split.pieces) words.add(piece, count);
}

export function withoutBlanks(text: string): string {
  // Joined, it is one text in memory; replaced, it would be held as a tree of its pieces.
  return text.split(/\s+/).join("");
}

/** True where a word that terms are glued to stands at an edge: `ensurereproducibility`, `centroidof`. */
function mayHideWords(token: string): boolean {
  const key = token.toLowerCase();
  for (let length = 2; length < key.length - 1; length++) {
    if (isGlue(key.slice(0, length)) || isGlue(key.slice(-length))) return true;
  }
  return false;
}

function isGlue(word: string): boolean {
  return FUNCTION_WORDS.has(word) || TRANSITIVE_VERBS.has(word);
}

/** Letter runs without those that belong to a neighbour: not `oft` of "oft-SNE" and not `sdata` of "Spark'sdata". */
function separateTokensOf(text: string): string[] {
  return (text.match(/['’]?[\p{L}\p{M}\p{N}]+-?/gu) ?? []).filter((run) => !/^['’]|-$/.test(run));
}

/** Shorter tokens first, so that the words inside a glued token are known before it is looked at. */
function shortestFirst(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const token of separateTokensOf(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts].toSorted(([left], [right]) => left.length - right.length);
}

function twinsOf(texts: readonly string[]): Map<string, string> {
  const twins = new Map<string, string>();
  for (const text of texts) {
    const letters = withoutBlanks(text);
    const twin = twins.get(letters);
    if (twin === undefined || twin.length < text.length) twins.set(letters, text);
  }
  return twins;
}
