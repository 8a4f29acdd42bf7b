import { repairGlue } from "../bank/glue.ts";
import type { Vocabulary } from "../bank/vocabulary.ts";
import { hashOf } from "../core/hash.ts";
import { searchTerms } from "./asked.ts";
import { buildBm25 } from "./bm25.ts";
import type { Passage, Section } from "./passage.ts";

/** What a search may return. */
export interface SearchLimits {
  /** Characters of all passages together; the best passage is returned even if it alone is longer. */
  readonly characters: number;
  readonly passages: number;
}

export const SEARCH_LIMITS: SearchLimits = { characters: 9_000, passages: 6 };

/** Sections ready for searching. Made once a run. */
export interface RetrievalIndex {
  /** The sections nearest to a question, best first; none where no term of it occurs. Lost blanks are put back first. */
  search(question: string, limits?: SearchLimits): readonly Passage[];
  /** The question with lost blanks put back by rule, as the search read it. */
  readingOf(question: string): string;
}

/** More than are returned, since equal texts are dropped and long ones may not fit. */
const CANDIDATES = 40;
/** Sections of the note that fits best count this much more: together they make one picture. */
const NEIGHBOUR_BONUS = 1.4;
/** A section scoring less than this share of the best one is about something else. */
const RELATIVE_FLOOR = 0.3;

/** Indexes sections. Equal scores are ordered by content, so neither the order of files nor their names ever show. */
export function buildIndex(sections: readonly Section[], vocabulary: Vocabulary): RetrievalIndex {
  const index = buildBm25(sections);
  const readingOf = (question: string): string => repairGlue(question, vocabulary).text;
  return {
    readingOf,
    search(question, limits = SEARCH_LIMITS) {
      if (sections.length === 0) return [];
      const hits = index.best(searchTerms(readingOf(question)), CANDIDATES);
      const candidates = hits.flatMap(({ document, score }) => {
        const section = sections[document];
        return section === undefined ? [] : [{ section, score, tie: tieOf(section) }];
      });
      return choose(favourNeighbours(candidates.toSorted(byScoreThenContent)), limits);
    },
  };
}

interface Candidate {
  readonly section: Section;
  readonly score: number;
  readonly tie: string;
}

function tieOf(section: Section): string {
  return hashOf(`${section.heading}\n${section.text}`);
}

function byScoreThenContent(left: Candidate, right: Candidate): number {
  if (left.score !== right.score) return right.score - left.score;
  if (left.tie === right.tie) return 0;
  return left.tie < right.tie ? -1 : 1;
}

function favourNeighbours(ranked: readonly Candidate[]): readonly Candidate[] {
  const [best, ...rest] = ranked;
  if (best?.section.kind !== "source") return ranked;
  const weighed = rest.map((each) =>
    isNeighbour(each, best) ? { ...each, score: each.score * NEIGHBOUR_BONUS } : each,
  );
  return [best, ...weighed.toSorted(byScoreThenContent)];
}

function isNeighbour({ section }: Candidate, best: Candidate): boolean {
  return section.kind === "source" && section.path === best.section.path;
}

function choose(candidates: readonly Candidate[], limits: SearchLimits): readonly Passage[] {
  const passages: Passage[] = [];
  const seen = new Set<string>();
  let characters = 0;
  const floor = (candidates[0]?.score ?? 0) * RELATIVE_FLOOR;
  for (const { section, score } of candidates) {
    if (passages.length === limits.passages) break;
    const size = section.heading.length + section.text.length;
    const hasRoom = passages.length === 0 || characters + size <= limits.characters;
    if (score < floor || !hasRoom || seen.has(section.text)) continue;
    passages.push({ ...section, id: `P${passages.length + 1}` });
    seen.add(section.text);
    characters += size;
  }
  return passages;
}
