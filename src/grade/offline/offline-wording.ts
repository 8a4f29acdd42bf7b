import { sentencesOf } from "../../core/sentences.ts";
import { wordsOf } from "../../core/terms.ts";
import { contentTermOf, contentTermsOf, type Rarity } from "../lexical/lexical-terms.ts";
import { readTerms } from "./offline-segments.ts";

/** One way to say what a criterion asks for, as weighted terms. */
export interface Wording {
  /** What it is, in the findings: "the criterion", "an accepted wording", … */
  readonly name: string;
  /** Place in the criterion's levels of the level that it earns when all of it is there. */
  readonly level: number;
  /** In the order of the text. */
  readonly terms: ReadonlyMap<string, WeightedWord>;
  /** Those that stand right after a negation. */
  readonly negated: ReadonlySet<string>;
}

export interface WeightedWord {
  readonly weight: number;
  /** As written, in lower case, for people. */
  readonly word: string;
  /** It stands in the question, so that saying it shows nothing. */
  readonly isAsked: boolean;
  /** A name, an abbreviation or a figure: it cannot be said in other words. */
  readonly isName: boolean;
}

/** What the words of a rubric are worth: how rare they are in it, and which of them the question gives away. */
export interface Worth {
  readonly rarity: Rarity;
  readonly asked: ReadonlySet<string>;
}

// How rubrics speak of answers; nothing an answer itself would say.
const FRAME_WORDS =
  "answer answers candidate says say saying claims claim recommends recommend proposes propose states state stating names naming " +
  "mentions mention mentioned explains explanation describes description gives lists shows identifies recognises recognizes " +
  "distinguishes defines definition statement point points credit level word words example examples " +
  "correct correctly clear clearly vague absent missing only least part partly full fully one two three several something nothing " +
  "much many";
const FRAME = new Set(contentTermsOf(FRAME_WORDS));

const NAME_FACTOR = 2;

export function readWording(name: string, level: number, text: string, { rarity, asked }: Worth): Wording {
  const terms = new Map<string, WeightedWord>();
  const names = namesIn(text);
  for (const word of wordsOf(text)) {
    const term = contentTermOf(word);
    if (term === undefined || FRAME.has(term) || terms.has(term)) continue;
    const isName = names.has(word);
    terms.set(term, { weight: rarity(term) * (isName ? NAME_FACTOR : 1), word, isAsked: asked.has(term), isName });
  }
  return { name, level, terms, negated: readTerms(text, (term) => term).negated };
}

/** Words with a capital that begin no sentence, and all with a digit or two capitals; in lower case. */
function namesIn(text: string): ReadonlySet<string> {
  const names = sentencesOf(text).flatMap((sentence) =>
    sentence.split(/\s+/).filter((word, place) => /\d|\p{Lu}\p{Lu}/u.test(word) || (place > 0 && /\p{Lu}/u.test(word))),
  );
  return new Set(names.flatMap(wordsOf));
}

/** The weight of some of its terms. */
export function weightOf({ terms }: Wording, chosen: Iterable<string>): number {
  let sum = 0;
  for (const term of chosen) sum += terms.get(term)?.weight ?? 0;
  return sum;
}

/** The words of some of its terms, as written. */
export function wordsFor({ terms }: Wording, chosen: Iterable<string>): readonly string[] {
  return [...chosen].map((term) => terms.get(term)?.word ?? term);
}
