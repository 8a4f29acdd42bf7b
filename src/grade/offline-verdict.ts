import type { Match } from "./offline-match.ts";
import type { Quote } from "./offline-quote.ts";
import type { ReadSegment, Spelling } from "./offline-segments.ts";
import { wordsFor } from "./offline-wording.ts";

/** An answer to look in. */
export interface ReadAnswer {
  readonly segments: readonly ReadSegment[];
  readonly spelling: Spelling;
}

/** What word matching makes of one criterion. */
export interface OfflineVerdict {
  /** Place in the criterion's levels. */
  readonly level: number;
  /** In plain words, such as "holds 5 of 7 words of the criterion: …; lacks …". */
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

/** What a match holds and lacks. */
export function describeMatch({ wording, held, isDenied }: Match): string {
  const lacking = [...wording.terms.keys()].filter((term) => !held.has(term));
  const count = `holds ${held.size} of ${wording.terms.size} words of ${wording.name}: ${list(wordsFor(wording, held))}`;
  const lacks = lacking.length === 0 ? "" : `; lacks ${list(wordsFor(wording, lacking))}`;
  return count + lacks + (isDenied ? "; a negation stands next to them" : "");
}

export function list(words: readonly string[]): string {
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(", ")}, …` : words.join(", ");
}
