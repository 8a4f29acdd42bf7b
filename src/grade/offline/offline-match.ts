import type { ReadSegment } from "./offline-segments.ts";
import { weightOf, type Wording } from "./offline-wording.ts";

/** How far a wording is found in an answer. */
export interface Match {
  readonly wording: Wording;
  /** Share of the weight of the wording that is there, 0 to 1; what stands scattered counts less. */
  readonly share: number;
  /**
   * The same against a power of the whole weight: of a short wording nearly all must be there, of a long one a part is as
   * telling. 0 where only words of the question are there, and where it is about names and none is there.
   */
  readonly strength: number;
  /** Where, the segment that holds most first. */
  readonly segments: readonly ReadSegment[];
  readonly held: ReadonlySet<string>;
  /** What is there is denied where the wording affirms it, or the other way round. */
  readonly isDenied: boolean;
}

/** A statement may run over this many segments, none farther from the main one than `REACH`. */
const MOST_SEGMENTS = 3;
const REACH = 2;
/** What each further segment adds counts this much of what it would count in the one before. */
const SCATTERED = 0.6;
/** A further segment must add this share of the whole weight. */
const LEAST_ADDED = 0.1;
/** Of the powers 0 to 1, one of those that go best with human marks of short answers and of single criteria. */
const POWER = 0.6;
/** A wording of next to no weight is not met by next to nothing. */
const LEAST_WHOLE = 0.6;
/** About names, where they are this share of its weight. */
const NAMED_SHARE = 0.4;
/** Denied, where this share of what was found has the other sign. */
const DENIED_SHARE = 0.4;

/** Looks for a wording: the segment that holds most of it, and near ones that add to it. */
export function matchWording(wording: Wording, segments: readonly ReadSegment[]): Match {
  const whole = Math.max(LEAST_WHOLE, weightOf(wording, wording.terms.keys()));
  const held = new Set<string>();
  const chosen: ReadSegment[] = [];
  let found = 0;
  let near = segments;
  for (let factor = 1; chosen.length < MOST_SEGMENTS; factor *= SCATTERED) {
    const best = fullest(wording, near, held);
    if (best === undefined || best.weight < whole * LEAST_ADDED) break;
    if (chosen.length === 0) near = segments.slice(Math.max(0, best.place - REACH), best.place + REACH + 1);
    chosen.push(best.segment);
    found += best.weight * factor;
    for (const term of wording.terms.keys()) if (best.segment.terms.has(term)) held.add(term);
  }
  const isHollow = isEcho(wording, held) || isNameless(wording, held);
  return {
    wording,
    share: isHollow ? 0 : found / whole,
    strength: isHollow ? 0 : found / whole ** POWER,
    segments: chosen,
    held,
    isDenied: isDenied(wording, chosen, held),
  };
}

/** Only words of the question are there. */
function isEcho({ terms }: Wording, held: ReadonlySet<string>): boolean {
  return [...held].every((term) => terms.get(term)?.isAsked === true);
}

/** It speaks of names above all, and none of them is there. */
function isNameless(wording: Wording, held: ReadonlySet<string>): boolean {
  const names = [...wording.terms.keys()].filter((term) => wording.terms.get(term)?.isName === true);
  if (names.length === 0 || names.some((term) => held.has(term))) return false;
  return weightOf(wording, names) >= weightOf(wording, wording.terms.keys()) * NAMED_SHARE;
}

interface Fullest {
  readonly segment: ReadSegment;
  readonly place: number;
  /** Of what it holds and was not held before. */
  readonly weight: number;
}

function fullest(wording: Wording, segments: readonly ReadSegment[], held: ReadonlySet<string>): Fullest | undefined {
  let best: Fullest | undefined;
  for (const [place, segment] of segments.entries()) {
    let weight = 0;
    for (const [term, word] of wording.terms) if (!held.has(term) && segment.terms.has(term)) weight += word.weight;
    if (weight > (best?.weight ?? 0)) best = { segment, place, weight };
  }
  return best;
}

function isDenied(wording: Wording, chosen: readonly ReadSegment[], held: ReadonlySet<string>): boolean {
  const turned = [...held].filter((term) => {
    const holding = chosen.filter((segment) => segment.terms.has(term));
    return holding.every((segment) => segment.negated.has(term) !== wording.negated.has(term));
  });
  const found = weightOf(wording, held);
  return found > 0 && weightOf(wording, turned) >= found * DENIED_SHARE;
}
