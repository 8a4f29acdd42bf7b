import type { Question } from "../bank/question.ts";
import { claimOf, isSamePlace, type Claim, type Origin, type Sought } from "./claim.ts";
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
  const claims = sought.map((each) => ({ each, claim: claimOf(index, each) }));
  const contests = contestsOver(claims.map(({ claim }) => claim));
  const findNearest = nearestFinder(index, new Set(sought.map(({ origin }) => origin.question_hash)));
  return claims.map(({ each, claim }) => {
    const settled = settle(claim, contests);
    if (settled !== undefined) return settled;
    const nearest = findNearest(each);
    return nearest === undefined ? { kind: "missing" } : { kind: "stale", nearest };
  });
}

function settle(claim: Claim, contests: ReadonlyMap<Question, Contest>): Location | undefined {
  const places = claim.places.filter(({ question }) => !isHeldByStronger(contests.get(question), claim));
  const [place] = places;
  if (place === undefined) return undefined;
  const contest = contests.get(place.question);
  const isWinner = contest !== undefined && contest.rank === claim.rank && !contest.isTied;
  if (!claim.isDecided || !isWinner) return { kind: "ambiguous", places };
  return { kind: "found", place, hasMoved: !isSamePlace(place, claim.origin) };
}

function isHeldByStronger(contest: Contest | undefined, claim: Claim): boolean {
  return contest !== undefined && contest.isDecided && contest.rank < claim.rank;
}

function contestsOver(claims: readonly Claim[]): ReadonlyMap<Question, Contest> {
  const contests = new Map<Question, Contest>();
  for (const claim of claims) {
    for (const { question } of claim.places) contests.set(question, afterClaim(contests.get(question), claim));
  }
  return contests;
}

function afterClaim(contest: Contest | undefined, claim: Claim): Contest {
  const { rank, origin, isDecided } = claim;
  if (contest === undefined || rank < contest.rank) return { rank, origin, isDecided, isTied: false };
  if (rank > contest.rank) return contest;
  const isTied = contest.isTied || !isSameOrigin(contest.origin, origin);
  return { ...contest, isTied, isDecided: contest.isDecided && isDecided };
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
