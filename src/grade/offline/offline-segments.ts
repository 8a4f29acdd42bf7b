import { wordsOf } from "../../core/terms.ts";
import type { JudgeInput } from "../judge/judge-input.ts";
import { isMisspelling } from "../lexical/lexical-spelling.ts";
import { contentTermOf } from "../lexical/lexical-terms.ts";

/** A segment of the answer as word matching sees it. */
export interface ReadSegment {
  readonly id: string;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** Those of its terms that stand right after a negation. */
  readonly negated: ReadonlySet<string>;
}

/** Brings a term of the answer to the term of the rubric that it is, or is a misspelling of. */
export type Spelling = (term: string) => string;

export function readSegments(segments: JudgeInput["segments"], spelling: Spelling): readonly ReadSegment[] {
  return segments.map(({ id, text }) => ({ id, text, ...readTerms(text, spelling) }));
}

// "don't" comes as "don" and "t". "Instead of" and "rather than" set aside what follows them.
const NEGATIONS = new Set("not no never none neither nor without cannot t instead rather".split(" "));
const NEGATION_REACH = 4;

/** The terms of a text, and those that stand within a few words after a negation in the same clause. */
export function readTerms(text: string, spelling: Spelling): Pick<ReadSegment, "terms" | "negated"> {
  const terms = new Set<string>();
  const negated = new Set<string>();
  for (const clause of text.split(/[.,;:!?()\n]/)) {
    let reach = 0;
    for (const word of wordsOf(clause)) {
      if (NEGATIONS.has(word)) reach = NEGATION_REACH;
      else reach -= 1;
      const term = contentTermOf(word);
      if (term === undefined) continue;
      const spelt = spelling(term);
      terms.add(spelt);
      if (reach > 0) negated.add(spelt);
    }
  }
  return { terms, negated };
}

/** Knows the terms of a rubric. What it worked out for one term of the answer it does not work out again. */
export function spellingOf(rubricTerms: Iterable<string>): Spelling {
  const known = new Map<string, string>();
  const byInitial = new Map<string, string[]>();
  for (const term of rubricTerms) {
    known.set(term, term);
    const initial = term.slice(0, 1);
    byInitial.set(initial, [...(byInitial.get(initial) ?? []), term]);
  }
  return (term) => {
    const found = known.get(term);
    if (found !== undefined) return found;
    const meant = (byInitial.get(term.slice(0, 1)) ?? []).find((each) => isMisspelling(term, each)) ?? term;
    known.set(term, meant);
    return meant;
  };
}
