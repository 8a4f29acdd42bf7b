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

/** Tells what of an answer, given by its words, is copied; the texts around are read once for all answers. */
export function copyingFrom(texts: Omit<CheckContext, "isCopied">): (answer: readonly string[]) => Copying {
  const question = shinglesOf(fold(texts.question).words);
  const criteria = texts.rubricTexts
    .map((text) => fold(text).words)
    .filter((words) => words.length >= SHORTEST_CRITERION)
    .map(shinglesOf);
  const asked = new Set(question);
  const demanded = new Set(criteria.flat());
  const given = new Set([...asked, ...demanded]);
  const reference = new Set(shinglesOf(fold(texts.reference).words));
  return (answer) => {
    const runs = shinglesOf(answer);
    const own = new Set(runs);
    const standsWhole = (shingles: readonly string[]): boolean => shareWithin(shingles, own) >= WHOLE_SHARE;
    const copies = (shingles: ReadonlySet<string>): boolean => shareWithin(runs, shingles) >= COPIED_SHARE;
    const added = shareAdded(answer, given);
    return {
      isOfQuestion:
        copies(asked) &&
        (answer.length >= SHORTEST_COPY || standsWhole(question)) &&
        shareAdded(answer, asked) <= ADDED_SHARE,
      isOfRubric: copies(demanded) && answer.length >= SHORTEST_COPY,
      isOfReference: answer.length >= SHORTEST_REFERENCE_COPY && shareWithin(runs, reference) >= WHOLE_SHARE,
      isNothingElse:
        (standsWhole(question) && added <= ADDED_TO_QUESTION) ||
        (criteria.filter(standsWhole).length >= FEWEST_CRITERIA && added <= ADDED_SHARE),
    };
  };
}
