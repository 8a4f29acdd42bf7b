import type { ReadCriterion } from "./offline-criteria.ts";
import { type Match, matchWording } from "./offline-match.ts";
import { quoteOf } from "./offline-quote.ts";
import type { ReadSegment } from "./offline-segments.ts";
import {
  absence,
  describeMatch,
  describeWording,
  list,
  type OfflineVerdict,
  type ReadAnswer,
} from "./offline-verdict.ts";
import { type Wording, wordsFor } from "./offline-wording.ts";

// Strengths, see `matchWording`: chosen where answers that people had marked came out best.

/** For the lowest level with credit and for the highest; those between lie evenly between. A single one needs as much as a highest. */
const LOWEST_LEVEL = 0.4;
const HIGHEST_LEVEL = 0.75;
/** For a known mistake. */
const MISTAKEN = 1;

/** The level of an answer decided before that says the same, else the highest that some wording of the criterion bears out. */
export function judgeDegree(read: ReadCriterion, { segments }: ReadAnswer): OfflineVerdict {
  const settled = read.decided.map((wording) => matchWording(wording, segments)).find(isSame);
  if (settled !== undefined) return verdictBy(settled, settled.wording.level, segments);
  const mistake = strongest(read.rejected, segments);
  if (mistake === undefined || mistake.strength < MISTAKEN || mistake.isDenied) {
    const best = strongest(read.credited, segments);
    return best === undefined ? nothingFor(read, segments) : verdictBy(best, reachedBy(best), segments);
  }
  const sound = segments.filter((segment) => !mistake.segments.includes(segment));
  const best = strongest(read.credited, sound);
  const said = `holds the words of a rejected wording: ${list(wordsFor(mistake.wording, mistake.held))}`;
  if (best === undefined) return { ...absence(said), isAbsent: false };
  const verdict = verdictBy(best, Math.max(0, reachedBy(best) - 1), segments);
  return { ...verdict, findings: `${verdict.findings}; ${said}` };
}

function verdictBy(match: Match, level: number, answer: readonly ReadSegment[]): OfflineVerdict {
  const evidence = level === 0 ? [] : match.segments.map(quoteOf);
  return { level, findings: describeMatch(match, answer), evidence, isAbsent: false };
}

/** No wording was found; of the first a word may be there, too little to be a part of it. */
function nothingFor({ credited: [first] }: ReadCriterion, answer: readonly ReadSegment[]): OfflineVerdict {
  if (first === undefined) return absence("the criterion has no words to look for");
  const { present, told } = describeWording(first, answer);
  return { ...absence(told), isAbsent: present.length === 0 };
}

const SAME = 0.8;

/** Each holds nearly all of the other. */
function isSame({ share, segments, held, isDenied }: Match): boolean {
  const terms = new Set(segments.flatMap((segment) => [...segment.terms]));
  return share >= SAME && !isDenied && held.size >= terms.size * SAME;
}

/** The match that reaches the highest level; of equals the one with most of its wording; undefined where not a word is there. */
function strongest(wordings: readonly Wording[], segments: readonly ReadSegment[]): Match | undefined {
  let best: Match | undefined;
  for (const wording of wordings) {
    const match = matchWording(wording, segments);
    if (match.held.size === 0) continue;
    const higher = best === undefined ? 1 : reachedBy(match) - reachedBy(best);
    if (higher > 0 || (higher === 0 && match.strength > (best?.strength ?? 0))) best = match;
  }
  return best;
}

/** What is denied earns a level less. */
function reachedBy({ wording: { level }, strength, isDenied }: Match): number {
  let reached = 0;
  while (reached < level && strength >= neededFor(reached + 1, level)) reached += 1;
  return Math.max(0, reached - (isDenied ? 1 : 0));
}

function neededFor(level: number, highest: number): number {
  return HIGHEST_LEVEL - ((HIGHEST_LEVEL - LOWEST_LEVEL) * (highest - level)) / Math.max(1, highest - 1);
}
