import type { Question } from "../bank/question.ts";
import { claimOf, isSamePlace, ringFinder, type Claim, type Origin, type Sought } from "./claim.ts";
import { nearestFinder, type Nearest } from "./nearest.ts";
import type { Place, QuestionIndex } from "./question-index.ts";

/**
 * found: the question, at its place or moved · ambiguous: questions with its text that cannot be told apart · stale: no
 * question has its text, the nearest in its file is shown · missing: nothing like it is left.
 */
export type Location =
  | { readonly kind: "found"; readonly place: Place; readonly hasMoved: boolean }
  | { readonly kind: "ambiguous"; readonly places: readonly Place[] }
  | { readonly kind: "stale"; readonly nearest: Nearest }
  | { readonly kind: "missing" };

/** The strongest claims on one question. */
interface Contest {
  readonly rank: number;
  readonly origin: Origin;
  readonly isTied: boolean;
  readonly isDecided: boolean;
}

/**
 * Finds questions by the hash of their text, never by line or number. All that are sought are located together, because
 * a place that is surely one question's is not another's, and a place that two may mean is neither's.
 */
export function locateAll(index: QuestionIndex, sought: readonly Sought[]): readonly Location[] {
  const findRing = ringFinder(index);
  const claims = sought.map((each) => ({ each, claim: claimOf(index, findRing, each) }));
  const placesLeft = freePlaces(contestsOver(claims.map(({ claim }) => claim)));
  const findNearest = nearestFinder(index, new Set(sought.map(({ origin }) => origin.question_hash)));
  return claims.map(({ each, claim }) => {
    const settled = settle(claim, placesLeft(claim));
    if (settled !== undefined) return settled;
    const nearest = findNearest(each);
    return nearest === undefined ? { kind: "missing" } : { kind: "stale", nearest };
  });
}

function settle(claim: Claim, { places, contest }: FreePlaces): Location | undefined {
  const [place] = places;
  if (place === undefined) return undefined;
  const isWinner = contest !== undefined && contest.rank === claim.rank && !contest.isTied;
  if (!claim.isDecided || !isWinner) return { kind: "ambiguous", places };
  return { kind: "found", place, hasMoved: !isSamePlace(place, claim.origin) };
}

/** What nobody stronger holds of a claim, and the contest over the first of it. */
interface FreePlaces {
  readonly places: readonly Place[];
  readonly contest: Contest | undefined;
}

/** Found once for all claims of one rank on the same places. */
function freePlaces(contests: ReadonlyMap<Question, Contest>): (claim: Claim) => FreePlaces {
  const known = new Map<readonly Place[], Map<number, FreePlaces>>();
  return (claim) => {
    const ofRank = known.get(claim.places) ?? new Map<number, FreePlaces>();
    known.set(claim.places, ofRank);
    const found = ofRank.get(claim.rank) ?? freeOf(claim, contests);
    ofRank.set(claim.rank, found);
    return found;
  };
}

function freeOf(claim: Claim, contests: ReadonlyMap<Question, Contest>): FreePlaces {
  const places = claim.places.filter(({ question }) => !isHeldByStronger(contests.get(question), claim));
  const [first] = places;
  return { places, contest: first === undefined ? undefined : contests.get(first.question) };
}

function isHeldByStronger(contest: Contest | undefined, claim: Claim): boolean {
  return contest !== undefined && contest.isDecided && contest.rank < claim.rank;
}

function contestsOver(claims: readonly Claim[]): ReadonlyMap<Question, Contest> {
  const contests = new Map<Question, Contest>();
  for (const { places, ...bid } of bidsOf(claims)) {
    for (const { question } of places) contests.set(question, afterBid(contests.get(question), bid));
  }
  return contests;
}

interface Bid extends Contest {
  readonly places: readonly Place[];
}

/** Claims of one rank on the same places, as one. */
function bidsOf(claims: readonly Claim[]): readonly Bid[] {
  const bids = new Map<readonly Place[], Map<number, Bid>>();
  for (const { places, rank, origin, isDecided } of claims) {
    const ofRank = bids.get(places) ?? new Map<number, Bid>();
    bids.set(places, ofRank);
    ofRank.set(rank, { places, ...afterBid(ofRank.get(rank), { rank, origin, isDecided, isTied: false }) });
  }
  return [...bids.values()].flatMap((ofRank) => [...ofRank.values()]);
}

function afterBid(contest: Contest | undefined, bid: Contest): Contest {
  if (contest === undefined || bid.rank < contest.rank) return bid;
  if (bid.rank > contest.rank) return contest;
  const isTied = contest.isTied || bid.isTied || !isSameOrigin(contest.origin, bid.origin);
  return { ...contest, isTied, isDecided: contest.isDecided && bid.isDecided };
}

/** Two revisions of one proposal have the same origin and do not contend. */
function isSameOrigin(left: Origin, right: Origin): boolean {
  return (
    left.path === right.path &&
    left.ordinal === right.ordinal &&
    left.number === right.number &&
    left.question_hash === right.question_hash &&
    left.headings.join("\n") === right.headings.join("\n")
  );
}
