import type { BankFile, Question } from "../bank/question.ts";
import type { Place, QuestionIndex } from "./question-index.ts";
import { distinctWords } from "./words.ts";

/** The question most like one that is gone. `similarity` is Dice's coefficient of their words, 0 to 1. */
export interface Nearest extends Place {
  readonly similarity: number;
}

interface WordIndex {
  readonly wordsOf: ReadonlyMap<Question, ReadonlySet<string>>;
  readonly questionsWith: ReadonlyMap<string, readonly Question[]>;
}

const LEAST_SIMILARITY = 0.5;
// A text's rarest words find the candidates; the caps keep the search linear in a bank that says one thing over and over.
const SEARCH_WORDS = 12;
const CANDIDATES_PER_WORD = 50;

/**
 * Looks in one file for the question that a text has become. Questions whose own text is `known` are still themselves
 * and are not offered.
 */
export function nearestFinder(
  index: QuestionIndex,
  known: ReadonlySet<string>,
): (path: string, text: string) => Nearest | undefined {
  const wordIndexes = new Map<string, WordIndex>();
  return (path, text) => {
    const file = index.files.get(path);
    if (file === undefined) return undefined;
    const words = wordIndexes.get(path) ?? indexWords(file, known);
    wordIndexes.set(path, words);
    return nearestIn(file, words, distinctWords(text));
  };
}

function indexWords(file: BankFile, known: ReadonlySet<string>): WordIndex {
  const wordsOf = new Map<Question, ReadonlySet<string>>();
  const questionsWith = new Map<string, Question[]>();
  for (const question of file.questions) {
    if (known.has(question.textHash)) continue;
    const words = distinctWords(question.text);
    wordsOf.set(question, words);
    for (const word of words) {
      const questions = questionsWith.get(word);
      if (questions === undefined) questionsWith.set(word, [question]);
      else questions.push(question);
    }
  }
  return { wordsOf, questionsWith };
}

function nearestIn(file: BankFile, index: WordIndex, sought: ReadonlySet<string>): Nearest | undefined {
  let nearest: Nearest | undefined;
  for (const question of candidates(index, sought)) {
    const similarity = dice(sought, index.wordsOf.get(question) ?? new Set());
    if (similarity >= (nearest?.similarity ?? LEAST_SIMILARITY)) nearest = { file, question, similarity };
  }
  return nearest;
}

function candidates(index: WordIndex, sought: ReadonlySet<string>): ReadonlySet<Question> {
  const lists = [...sought].flatMap((word) => [index.questionsWith.get(word) ?? []]);
  const rarest = lists.toSorted((left, right) => left.length - right.length).slice(0, SEARCH_WORDS);
  return new Set(rarest.flatMap((questions) => questions.slice(0, CANDIDATES_PER_WORD)));
}

/** Dice's coefficient: twice the shared words over the words of both. */
function dice(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
