import type { CheckContext } from "./answer-checks.ts";
import { isAnswerWord } from "./check-content.ts";
import { fold } from "./fold.ts";
import { coveredWords, shareWithin, shinglesOf } from "./fold-shingles.ts";

/** What of an answer is somebody else's text. */
export interface Copying {
  readonly isOfQuestion: boolean;
  readonly isOfRubric: boolean;
  readonly isOfReference: boolean;
  /** Nothing but the question, or nothing but the rubric, again. */
  readonly isNothingElse: boolean;
}

/** From this share of its runs of three words on, a text is a copy: the measure by which published overlap checks tell copies. */
const COPIED_SHARE = 0.6;
/** From this share on, a text stands whole in another. */
const WHOLE_SHARE = 0.8;
/** The share of its words that a copy may add, such as a phrase before it; and that nothing but a copy may, such as its numbers. */
const ADDED_SHARE = 0.2;
const LEAST_ADDED_SHARE = 0.1;
/** Too few words to tell a copy from an answer that names the same thing. */
const SHORTEST_CRITERION = 5;
const SHORTEST_COPY = 8;
const SHORTEST_REFERENCE_COPY = 12;
/** A rubric has more than one text; an answer may well be worded as one of them is. */
const FEWEST_CRITERIA = 2;

export function copyingOf(answer: readonly string[], context: CheckContext): Copying {
  const runs = shinglesOf(answer);
  const own = new Set(runs);
  const standsWhole = (words: readonly string[]): boolean => shareWithin(shinglesOf(words), own) >= WHOLE_SHARE;
  const copies = (shingles: ReadonlySet<string>): boolean => shareWithin(runs, shingles) >= COPIED_SHARE;
  const question = fold(context.question).words;
  const criteria = context.rubricTexts
    .map((text) => fold(text).words)
    .filter((words) => words.length >= SHORTEST_CRITERION);
  const asked = new Set(shinglesOf(question));
  const demanded = new Set(criteria.flatMap(shinglesOf));
  const wholeCriteria = criteria.filter(standsWhole).length;
  return {
    isOfQuestion:
      copies(asked) &&
      (answer.length >= SHORTEST_COPY || standsWhole(question)) &&
      shareAdded(answer, asked) <= ADDED_SHARE,
    isOfRubric: copies(demanded) && answer.length >= SHORTEST_COPY,
    isOfReference:
      answer.length >= SHORTEST_REFERENCE_COPY &&
      shareWithin(runs, new Set(shinglesOf(fold(context.reference).words))) >= WHOLE_SHARE,
    isNothingElse:
      shareAdded(answer, new Set([...asked, ...demanded])) <= LEAST_ADDED_SHARE &&
      (standsWhole(question) || wholeCriteria >= FEWEST_CRITERIA),
  };
}

/** Which share of what the answer says is said in other runs of words than these. */
function shareAdded(answer: readonly string[], runs: ReadonlySet<string>): number {
  const covered = coveredWords(answer, runs);
  const said = answer.flatMap((word, at) => (isAnswerWord(word) ? [covered[at] === true] : []));
  return said.length === 0 ? 0 : said.filter((isCovered) => !isCovered).length / said.length;
}
