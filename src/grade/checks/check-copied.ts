import type { CheckContext } from "./answer-checks.ts";
import { fold } from "./fold.ts";
import { shareAdded, shareWithin, shinglesOf } from "./fold-shingles.ts";

/** What of an answer is somebody else's text. */
export interface Copying {
  readonly isOfQuestion: boolean;
  readonly isOfRubric: boolean;
  readonly isOfReference: boolean;
  /** Nothing but the question, or nothing but the rubric, again. */
  readonly isNothingElse: boolean;
}

/** From this share of its runs of three words on, a text is a copy; a changed word takes three runs away. */
const COPIED_SHARE = 0.6;
/** From this share on, a text stands whole in another. */
const WHOLE_SHARE = 0.8;
/** Which share of its words a copy may add, such as numbers and points before criteria … */
const ADDED_SHARE = 0.25;
/** … and which a question that is asked again: "the base case of merge sort is one" is an answer. */
const ADDED_TO_QUESTION = 0.1;
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
  const added = shareAdded(answer, new Set([...asked, ...demanded]));
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
      (standsWhole(question) && added <= ADDED_TO_QUESTION) ||
      (wholeCriteria >= FEWEST_CRITERIA && added <= ADDED_SHARE),
  };
}
