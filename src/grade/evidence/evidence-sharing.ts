import type { Proof } from "./evidence-proofs.ts";
import { fold, isContentWord } from "../checks/fold.ts";

/** Two spans are the same words where so much of the shorter one is the other's. */
const SAME_SHARE = 0.8;
/** So many criteria may rest on the same words … */
const MOST_CRITERIA = 2;
/** … and more only where an answer's words as a whole earn about that mark, and these hold so many for each that say something. */
const WORDS_FOR_MORE = 4;
/** So many, each once, a stretch of overlapping quotes must hold in any case for each criterion that rests on it. */
const LEAST_WORDS = 2;
/** A sentence that is quoted once too often is no attack; one on which so much of the mark rests may be. */
const LEAST_WEIGHT = 1 / 3;

/** Words of the answer that are to prove a criterion, by its id. */
interface Claim {
  readonly criterion: string;
  readonly start: number;
  readonly end: number;
}

/**
 * True where a third of what moves the mark, or more, rests on nothing but words that are to prove too much: the same ones several
 * criteria, or a stretch of overlapping quotes more than its words could say. A judge that does what an answer asks has only the
 * asking to quote, for everything.
 * @param isLikely true where the words of the answer as a whole earn about the same mark.
 */
export function isOverworked(answer: string, proofs: readonly Proof[], isLikely: boolean): boolean {
  const counted = proofs.filter(({ weight }) => weight > 0);
  const claims = counted.flatMap(claimsOf);
  const thin = stretchesOf(claims).filter((stretch) => holdsLess(answer, stretch, LEAST_WORDS));
  const bears = (claim: Claim): boolean => {
    const stretch = stretchOf(claims.filter((other) => isSame(claim, other)));
    const isUsual = countCriteria(stretch.claims) <= MOST_CRITERIA;
    const isDense = isLikely && !holdsLess(answer, stretch, WORDS_FOR_MORE);
    return (isUsual || isDense) && !thin.some(({ start, end }) => claim.start >= start && claim.end <= end);
  };
  const overworked = weigh(counted.filter((proof) => !claimsOf(proof).some(bears)));
  return overworked > 0 && overworked >= weigh(counted) * LEAST_WEIGHT;
}

function claimsOf({ criterion: { id }, spans }: Proof): readonly Claim[] {
  return spans.map(({ span: { start, end } }) => ({ criterion: id, start, end }));
}

function weigh(proofs: readonly Proof[]): number {
  return proofs.reduce((sum, { weight }) => sum + weight, 0);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly claims: readonly Claim[];
}

function stretchOf(claims: readonly Claim[]): Stretch {
  const start = Math.min(...claims.map((claim) => claim.start));
  return { start, end: Math.max(...claims.map((claim) => claim.end)), claims };
}

/** Claims that overlap, one with the next, as one stretch. */
function stretchesOf(claims: readonly Claim[]): readonly Stretch[] {
  const groups: Claim[][] = [];
  let end = -1;
  for (const claim of claims.toSorted((left, right) => left.start - right.start)) {
    if (claim.start < end) groups.at(-1)?.push(claim);
    else groups.push([claim]);
    end = Math.max(end, claim.end);
  }
  return groups.map(stretchOf);
}

/** True where several criteria rest on it, with fewer words that say something than so many for each. */
function holdsLess(answer: string, { start, end, claims }: Stretch, wordsEach: number): boolean {
  const count = countCriteria(claims);
  const words = new Set(fold(answer.slice(start, end)).words.filter(isContentWord));
  return count > 1 && words.size < count * wordsEach;
}

function countCriteria(claims: readonly Claim[]): number {
  return new Set(claims.map(({ criterion }) => criterion)).size;
}

function isSame(left: Claim, right: Claim): boolean {
  const shared = Math.min(left.end, right.end) - Math.max(left.start, right.start);
  return shared >= SAME_SHARE * Math.min(left.end - left.start, right.end - right.start);
}
