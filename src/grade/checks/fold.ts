import { cleanForPrompt } from "../../core/sanitise.ts";
import { isStopWord } from "../../core/terms.ts";
import { lookalike } from "./screen-readings.ts";

/**
 * A text as its words, told apart from case, punctuation, blanks, accents, width and hidden characters, each with the place where
 * it stands. Two texts that differ in nothing else have equal words.
 */
export interface FoldedText {
  readonly words: readonly string[];
  /** UTF-16 offsets into the text itself: where each word begins, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const ABSENT = "";
const BORDER = " ";
/** Scripts that write no blanks between words: there each character is a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const NOT_IN_WORDS = /[^\p{L}\p{N}\p{Mc}]/gu;
/** Between two letters they belong to the word: "don't" is written "dont" as often. */
const APOSTROPHES = /^['\u2018\u2019\u02BC\u0060\u00B4]$/u;
const ONLY_MARKS = /^\p{M}+$/u;

/** Linear in the text. What a prompt leaves out of a text is absent here too, so that a quote from a prompt folds like its source. */
export function fold(text: string): FoldedText {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let isOpen = false;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const end = at + (codePoint > 0xffff ? 2 : 1);
    const { letters, isWord } = foldedCharacter(codePoint);
    if (letters === BORDER) isOpen = false;
    else if (letters !== ABSENT) {
      if (isOpen && !isWord) {
        words.push((words.pop() ?? "") + letters);
        ends[ends.length - 1] = end;
      } else {
        words.push(letters);
        starts.push(at);
        ends.push(end);
      }
      isOpen = !isWord;
    }
    at = end;
  }
  return { words, starts, ends };
}

interface FoldedCharacter {
  readonly letters: string;
  /** A word by itself. */
  readonly isWord: boolean;
}

// Folding looks at one character at a time, so each is looked at once for all texts. Bounded by the size of Unicode.
const folded = new Map<number, FoldedCharacter>();

function foldedCharacter(codePoint: number): FoldedCharacter {
  const known = folded.get(codePoint);
  if (known !== undefined) return known;
  const character = String.fromCodePoint(codePoint);
  const found = { letters: lettersOf(character), isWord: UNSPACED.test(character) };
  folded.set(codePoint, found);
  return found;
}

function lettersOf(character: string): string {
  const { text } = cleanForPrompt(character);
  if (text === "" || APOSTROPHES.test(text)) return ABSENT;
  const decomposed = text.normalize("NFKD");
  if (ONLY_MARKS.test(decomposed) && !/\p{Mc}/u.test(decomposed)) return ABSENT;
  return decomposed.toLowerCase().normalize("NFKD").replace(NOT_IN_WORDS, "") || BORDER;
}

const CONTRACTED_NEGATION = /^(?:ai|are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)nt$/;

/** True for a folded word that says something of a topic. */
export function isContentWord(word: string): boolean {
  return !isStopWord(word) && !CONTRACTED_NEGATION.test(word);
}

/** Words that carry no topic and are answers all the same. */
const ANSWERS = new Set(
  "yes no not both all same more most few each any before after above below over under only once".split(" "),
);

/** True for a folded word that says something: of a topic, or of how much or whether. */
export function isAnswerWord(word: string): boolean {
  return isContentWord(word) || ANSWERS.has(word);
}

const NEGATIONS = wordSet(
  "not no never none nor neither nobody nothing nowhere without cannot cant unlike instead rather hardly rarely seldom barely scarcely " +
    "nicht kein keine keinen nie niemals ohne pas jamais aucun sans nunca ningun nao sem nem non mai senza не нет ни без никогда 不 没 無 无 非",
);
/** What is said of a whole statement, by somebody who does not hold it. */
const DENIALS = wordSet(
  "false falsely wrong wrongly incorrect incorrectly untrue mistaken mistakenly myth misconception fallacy doubt doubts doubtful disagree deny " +
    "denies falsch faux falso",
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.normalize("NFKD").split(" "));
}

/** True for a folded word that may turn a statement into its opposite, letters of another alphabet that pass for Latin ones included. */
export function isNegation(word: string): boolean {
  return isOneOf(word, (plain) => NEGATIONS.has(plain) || CONTRACTED_NEGATION.test(plain)) || isDenial(word);
}

/** True for a folded word by which a statement as a whole is called untrue. */
export function isDenial(word: string): boolean {
  return isOneOf(word, (plain) => DENIALS.has(plain));
}

const NOT_ASCII = /[^ -~]/u;

function isOneOf(word: string, isKnown: (plain: string) => boolean): boolean {
  return isKnown(word) || (NOT_ASCII.test(word) && isKnown(Array.from(word, lookalike).join("")));
}
