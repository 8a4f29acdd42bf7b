import type { ReadCriterion } from "./offline-criteria.ts";
import { type Match, matchWording } from "./offline-match.ts";
import { type Quote, quoteOf, type Stretches, stretchesOf } from "./offline-quote.ts";
import type { ReadSegment } from "./offline-segments.ts";
import { absence, describeMatch, list, type OfflineVerdict, type ReadAnswer } from "./offline-verdict.ts";
import { type Wording, wordsFor } from "./offline-wording.ts";

/** Share of a wrong claim that must stand in one segment. */
const CLAIMED = 0.75;
const NO_CLAIM = "found no sentence that claims it in such words";
/** Strength of an item. */
const ITEM_FOUND = 0.75;

/**
 * A penalty is given only where one segment says nearly all of what the mistake says: words alone cannot tell a claim from its
 * refutation, so the doubt is the candidate's.
 */
export function judgePenalty(read: ReadCriterion, { segments }: ReadAnswer): OfflineVerdict {
  const said = findClaim(read.credited, segments);
  if (said === undefined) return absence(NO_CLAIM);
  return { level: read.criterion.levels.length - 1, ...shown(said, segments) };
}

/** The point is that something is not said: credit unless it is, but none for an answer without a word to compare. */
export function judgeAbsence(
  { criterion, credited, rejected }: ReadCriterion,
  { segments }: ReadAnswer,
): OfflineVerdict {
  if (segments.every((segment) => segment.terms.size === 0)) return absence("holds no words to compare");
  const said = findClaim([...rejected, ...credited], segments);
  if (said === undefined) return absence(NO_CLAIM, criterion.levels.length - 1);
  return { level: 0, ...shown(said, segments) };
}

function findClaim(wordings: readonly Wording[], segments: readonly ReadSegment[]): Match | undefined {
  for (const wording of wordings) {
    for (const segment of segments) {
      const match = matchWording(wording, [segment]);
      if (match.share >= CLAIMED && !match.isDenied) return match;
    }
  }
  return undefined;
}

function shown(match: Match, answer: readonly ReadSegment[]): Omit<OfflineVerdict, "level"> {
  return { findings: describeMatch(match, answer), evidence: match.segments.map(quoteOf), isAbsent: false };
}

/** One level for each item found, each with words of its own to show for it. */
export function judgeCount({ criterion, items }: ReadCriterion, { segments, spelling }: ReadAnswer): OfflineVerdict {
  if (items.length === 0)
    return { ...absence("cannot judge this, for it has no list of items to look for"), isAbsent: false };
  const places = segments.map((segment) => ({ segment, stretches: stretchesOf(segment, spelling) }));
  const found: FoundItem[] = [];
  const counted = new Set<string>();
  for (const wordings of items) {
    if (found.length === criterion.levels.length - 1) break;
    const item = findItem(wordings, places, counted);
    if (item === undefined) continue;
    found.push(item);
    for (const term of item.match.held) counted.add(term);
  }
  if (found.length === 0) return absence(`found none of the ${items.length} items`);
  const names = found.map(({ match }) => `"${wordsFor(match.wording, match.held).join(" ")}"`);
  const findings = `found ${found.length} of the items: ${list(names)}`;
  return { level: found.length, findings, evidence: found.map(({ quote }) => quote), isAbsent: false };
}

interface FoundItem {
  readonly match: Match;
  readonly quote: Quote;
}

interface Place {
  readonly segment: ReadSegment;
  readonly stretches: Stretches;
}

/** What only repeats words of an item counted before is not another one. */
function findItem(
  wordings: readonly Wording[],
  places: readonly Place[],
  counted: ReadonlySet<string>,
): FoundItem | undefined {
  for (const wording of wordings) {
    for (const { segment, stretches } of places) {
      const match = matchWording(wording, [segment]);
      const isFound = match.strength >= ITEM_FOUND || (match.strength > 0 && match.held.size === wording.terms.size);
      if (!isFound || match.isDenied || [...match.held].every((term) => counted.has(term))) continue;
      const quote = stretches.take(match.held);
      if (quote !== undefined) return { match, quote };
    }
  }
  return undefined;
}
