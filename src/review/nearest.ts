import type { BankFile, Question } from "../bank/question.ts";
import type { Sought } from "./claim.ts";
import type { Place, QuestionIndex } from "./question-index.ts";
import { distinctWords } from "./words.ts";

/**
 * The question most like one that is gone. `similarity` is Dice's coefficient of their words, 0 to 1, each word weighing
 * the more the fewer questions of the file have it.
 */
export interface Nearest extends Place {
  readonly similarity: number;
}

interface WordIndex {
  readonly weightOf: (word: string) => number;
  readonly wordsOf: ReadonlyMap<Question, ReadonlySet<string>>;
  readonly questionsWith: ReadonlyMap<string, readonly Question[]>;
}

const LEAST_SIMILARITY = 0.6;
// A text's rarest words find the candidates; the caps keep the search linear in a bank that says one thing over and over.
const SEARCH_WORDS = 12;
const CANDIDATES_PER_WORD = 50;

/**
 * Looks for the question that another has become: the one with its explicit id, else the one in its file whose words are
 * most like its own. Questions whose own text is `known` are still themselves and are not offered.
 */
export function nearestFinder(
  index: QuestionIndex,
  known: ReadonlySet<string>,
): (sought: Sought) => Nearest | undefined {
  const wordIndexes = new Map<string, WordIndex>();
  return ({ id, text, origin }) => {
    const named = index.byExplicitId.get(id);
    const file = named?.file ?? index.files.get(origin.path);
    if (file === undefined) return undefined;
    const wordIndex = wordIndexes.get(file.path) ?? indexWords(file, known);
    wordIndexes.set(file.path, wordIndex);
    const words = distinctWords(text);
    if (named === undefined) return nearestIn(file, wordIndex, words);
    return { ...named, similarity: dice(words, distinctWords(named.question.text), wordIndex.weightOf) };
  };
}

function indexWords(file: BankFile, known: ReadonlySet<string>): WordIndex {
  const counts = new Map<string, number>();
  const wordsOf = new Map<Question, ReadonlySet<string>>();
  const questionsWith = new Map<string, Question[]>();
  for (const question of file.questions) {
    const words = distinctWords(question.text);
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    if (known.has(question.textHash)) continue;
    wordsOf.set(question, words);
    for (const word of words) remember(questionsWith, word, question);
  }
  const weightOf = (word: string): number => Math.log(1 + file.questions.length / (counts.get(word) ?? 1));
  return { weightOf, wordsOf, questionsWith };
}

function remember(questionsWith: Map<string, Question[]>, word: string, question: Question): void {
  const questions = questionsWith.get(word);
  if (questions === undefined) questionsWith.set(word, [question]);
  else if (questions.length < CANDIDATES_PER_WORD) questions.push(question);
}

function nearestIn(file: BankFile, index: WordIndex, sought: ReadonlySet<string>): Nearest | undefined {
  let nearest: Nearest | undefined;
  for (const question of candidates(index, sought)) {
    const similarity = dice(sought, index.wordsOf.get(question) ?? new Set(), index.weightOf);
    if (similarity >= LEAST_SIMILARITY && similarity > (nearest?.similarity ?? 0))
      nearest = { file, question, similarity };
  }
  return nearest;
}

function candidates(index: WordIndex, sought: ReadonlySet<string>): ReadonlySet<Question> {
  const rarest = [...sought].toSorted((left, right) => index.weightOf(right) - index.weightOf(left));
  return new Set(rarest.slice(0, SEARCH_WORDS).flatMap((word) => index.questionsWith.get(word) ?? []));
}

/** Dice's coefficient: twice the weight of the shared words over the weight of both. */
function dice(left: ReadonlySet<string>, right: ReadonlySet<string>, weightOf: (word: string) => number): number {
  let shared = 0;
  let all = 0;
  for (const word of left) {
    all += weightOf(word);
    if (right.has(word)) shared += weightOf(word);
  }
  for (const word of right) all += weightOf(word);
  return all === 0 ? 0 : (2 * shared) / all;
}
