import type { ProposalHeader } from "../bank/proposal.ts";
import type { Place, QuestionIndex } from "./question-index.ts";

/** Where a question stood when a draft was made for it or written into it. */
export type Origin = Omit<ProposalHeader["source"], "base_slot_hash" | "bank">;

/** What is looked for: a question by its id, by where it stood, and, for the case that they have changed, by its words. */
export interface Sought {
  readonly id: string;
  readonly text: string;
  readonly origin: Origin;
}

/**
 * The places that an origin may mean now. A decided claim has exactly one; an undecided one has several, because several
 * questions have its text, or had, and it takes more than the text to know one from the other.
 */
export interface Claim {
  readonly origin: Origin;
  readonly places: readonly Place[];
  readonly isDecided: boolean;
  /** Lower is stronger. Of two claims on one place the stronger holds it. */
  readonly rank: number;
}

type Nearness = (place: Place, origin: Origin) => boolean;

const NEARNESS: readonly Nearness[] = [
  (place, origin) => isSamePath(place, origin) && hasSameHeadings(place, origin),
  isSamePath,
  hasSameHeadings,
  () => true,
];

/** The places with an origin's text that are nearest to it. */
interface Ring {
  /** Position in {@link NEARNESS}. */
  readonly distance: number;
  readonly places: readonly Place[];
  /** The first of each. */
  readonly byOrdinal: ReadonlyMap<number, Place>;
}

export type FindRing = (origin: Origin) => Ring | undefined;

/** Thousands of origins may have one text at one place: their ring is found once, and is one and the same for all of them. */
export function ringFinder(index: QuestionIndex): FindRing {
  const known = new Map<string, Ring | undefined>();
  return (origin) => {
    const key = JSON.stringify([origin.question_hash, origin.path, origin.headings]);
    if (!known.has(key)) known.set(key, nearestRing(index, origin));
    return known.get(key);
  };
}

function nearestRing(index: QuestionIndex, origin: Origin): Ring | undefined {
  const equals = index.byTextHash.get(origin.question_hash) ?? [];
  for (const [distance, isNear] of NEARNESS.entries()) {
    const places = equals.filter((place) => isNear(place, origin));
    const lastFirst = places.toReversed().map((place) => [place.question.ordinal, place] as const);
    if (places.length > 0) return { distance, places, byOrdinal: new Map(lastFirst) };
  }
  return undefined;
}

/**
 * Everything that an origin may claim: the question that the file gives its id to, else the places with its text in the
 * nearest ring that has any.
 */
export function claimOf(index: QuestionIndex, findRing: FindRing, { id, origin }: Sought): Claim {
  const named = index.byExplicitId.get(id);
  if (named?.question.textHash === origin.question_hash) return { origin, places: [named], isDecided: true, rank: -1 };
  const ring = findRing(origin);
  return ring === undefined ? { origin, places: [], isDecided: false, rank: Infinity } : claimIn(index, ring, origin);
}

/** True where the place is exactly where the origin was, as far as an origin records it. */
export function isSamePlace(place: Place, origin: Origin): boolean {
  return isSamePath(place, origin) && hasSameHeadings(place, origin) && place.question.ordinal === origin.ordinal;
}

/**
 * A number finds nothing, because numbers change and repeat; but where it agrees with the ordinal it confirms the
 * choice, and only a confirmed choice is made among twins. A file that nobody but us changed confirms it as well.
 */
function claimIn(index: QuestionIndex, { places, byOrdinal, distance }: Ring, origin: Origin): Claim {
  const nominee = byOrdinal.get(origin.ordinal) ?? loneNamesake(places, origin);
  const isConfirmed =
    nominee !== undefined && (hasSameNumber(nominee, origin) || isInFileOfOurs(index, nominee, origin));
  const rank = distance * 2 + (isConfirmed ? 0 : 1);
  if (nominee === undefined || (!isConfirmed && places.length > 1)) return { origin, places, isDecided: false, rank };
  return { origin, places: [nominee], isDecided: true, rank };
}

/** The only place left, if it has the origin's number: an earlier twin was taken away. */
function loneNamesake(places: readonly Place[], origin: Origin): Place | undefined {
  const [first] = places;
  return places.length === 1 && first !== undefined && hasSameNumber(first, origin) ? first : undefined;
}

function hasSameNumber(place: Place, origin: Origin): boolean {
  return origin.number !== undefined && place.question.number === origin.number;
}

function isSamePath(place: Place, origin: Origin): boolean {
  return place.file.path === origin.path;
}

function hasSameHeadings(place: Place, origin: Origin): boolean {
  const { headings } = place.question;
  return headings.length === origin.headings.length && headings.every((text, at) => text === origin.headings[at]);
}

function isInFileOfOurs(index: QuestionIndex, place: Place, origin: Origin): boolean {
  return isSamePath(place, origin) && index.hasOrderOf(place.file, origin.base_file_hash);
}
