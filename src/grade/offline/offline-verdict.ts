import type { Match } from "./offline-match.ts";
import type { Quote } from "./offline-quote.ts";
import type { ReadSegment, Spelling } from "./offline-segments.ts";
import { type Wording, wordsFor } from "./offline-wording.ts";

/** An answer to look in. */
export interface ReadAnswer {
  readonly segments: readonly ReadSegment[];
  readonly spelling: Spelling;
}

/** What word matching makes of one criterion. */
export interface OfflineVerdict {
  /** Place in the criterion's levels. */
  readonly level: number;
  /** In plain words, such as "holds 5 of 7 words of the criterion: …; lacks …". Literally true of the answer. */
  readonly findings: string;
  readonly evidence: readonly Quote[];
  /** Not one word of what was looked for is there. */
  readonly isAbsent: boolean;
}

/** Nothing of it is there. */
export function absence(findings: string, level = 0): OfflineVerdict {
  return { level, findings, evidence: [], isAbsent: true };
}

const MOST_WORDS = 12;

/** What the whole answer holds and lacks of the wording, and what of it stands apart from the match. */
export function describeMatch({ wording, held, isDenied }: Match, answer: readonly ReadSegment[]): string {
  const { present, told } = describeWording(wording, answer);
  const apart = present.filter((term) => !held.has(term));
  const elsewhere = apart.length === 0 ? "" : `; elsewhere in the answer ${list(wordsFor(wording, apart))}`;
  return told + elsewhere + (isDenied ? "; a negation stands next to them" : "");
}

/** What an answer holds and lacks of a wording. Words of the question count for nothing, so nothing is said of them. */
export function describeWording(
  wording: Wording,
  answer: readonly ReadSegment[],
): { readonly present: readonly string[]; readonly told: string } {
  const counting = [...wording.terms].flatMap(([term, { isAsked }]) => (isAsked ? [] : [term]));
  const present = counting.filter((term) => answer.some(({ terms }) => terms.has(term)));
  const lacking = counting.filter((term) => !present.includes(term));
  const words = (terms: readonly string[]): string => list(wordsFor(wording, terms));
  const whose = wording.name + (counting.length < wording.terms.size ? " beyond the question's" : "");
  if (counting.length === 0) return { present, told: `${wording.name} has only words of the question` };
  if (present.length === 0) return { present, told: `holds none of the words of ${whose}: ${words(lacking)}` };
  const lacks = lacking.length === 0 ? "" : `; lacks ${words(lacking)}`;
  return {
    present,
    told: `holds ${present.length} of ${counting.length} words of ${whose}: ${words(present)}${lacks}`,
  };
}

export function list(words: readonly string[]): string {
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(", ")}, …` : words.join(", ");
}
