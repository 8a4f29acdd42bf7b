import type { JudgeCriterion } from "./judge-input.ts";
import type { Match } from "./offline-match.ts";
import { matchWording } from "./offline-match.ts";
import { type Quote, quoteOf, stretchesOf } from "./offline-quote.ts";
import type { ReadSegment, Spelling } from "./offline-segments.ts";
import type { Wording, Wordings } from "./offline-wordings.ts";

/** What word matching makes of one criterion. */
export interface OfflineVerdict {
  /** Place in the criterion's levels. */
  readonly level: number;
  /** In plain words, without the warning that this is word matching. */
  readonly findings: string;
  readonly evidence: readonly Quote[];
}

/** What a criterion is looked for in. */
export interface ReadAnswer {
  readonly segments: readonly ReadSegment[];
  readonly spelling: Spelling;
}

/** Share of a wording that must be there for a criterion that is met or not met. */
const MET = 0.65;
/** For described degrees: the share for the lowest with credit, and for the highest; those between lie evenly between. */
const LOWEST_DEGREE = 0.4;
const HIGHEST_DEGREE = 0.75;
/** A known mistake must stand there this far. */
const MISTAKEN = 1;
/** Share of a wrong claim that must stand in one segment. */
const CLAIMED = 0.75;
/** An item of a count must be there this far. */
const ITEM_FOUND = 0.75;

/** The highest level that some wording of the criterion bears out. */
export function judgeDegree(wordings: Wordings, { segments }: ReadAnswer): OfflineVerdict {
  const mistake = bestOf(wordings.rejected.map((wording) => matchWording(wording, segments)));
  const isMistaken = mistake !== undefined && mistake.strength >= MISTAKEN && !mistake.isDenied;
  const sound = isMistaken ? segments.filter((segment) => !mistake.segments.includes(segment)) : segments;
  const best = bestOf(wordings.credited.map((wording) => matchWording(wording, sound)));
  if (best === undefined || best.held.size === 0) return { level: 0, findings: nothingHeld(wordings), evidence: [] };
  const level = Math.max(0, reachedBy(best) - (isMistaken ? 1 : 0));
  const findings = `${holding(best)}${isMistaken ? `; holds what a rejected wording says: ${list(mistake.held, mistake.wording)}` : ""}`;
  return { level, findings, evidence: level === 0 ? [] : best.segments.map(quoteOf) };
}

/** The match that reaches the highest level; of equals the one with most of its wording. */
function bestOf(matches: readonly Match[]): Match | undefined {
  return matches.reduce<Match | undefined>((best, match) => {
    if (best === undefined) return match;
    const higher = reachedBy(match) - reachedBy(best);
    return higher > 0 || (higher === 0 && match.strength > best.strength) ? match : best;
  }, undefined);
}

/** Coverage to level, ascending: what is denied earns a level less. */
function reachedBy({ wording: { level }, strength, isDenied }: Match): number {
  let reached = 0;
  while (reached < level && strength >= neededFor(reached + 1, level)) reached += 1;
  return Math.max(0, reached - (isDenied ? 1 : 0));
}

function neededFor(level: number, highest: number): number {
  if (highest === 1) return MET;
  return LOWEST_DEGREE + ((HIGHEST_DEGREE - LOWEST_DEGREE) * (level - 1)) / (highest - 1);
}

/**
 * Points are taken away only where one segment says nearly all of what the mistake says: words alone cannot tell a claim from
 * its refutation, so the doubt is the candidate's.
 */
export function judgePenalty(criterion: JudgeCriterion, wordings: Wordings, { segments }: ReadAnswer): OfflineVerdict {
  const said = wordings.credited
    .flatMap((wording) => segments.map((segment) => matchWording(wording, [segment])))
    .find(({ share, isDenied }) => share >= CLAIMED && !isDenied);
  if (said === undefined) return { level: 0, findings: "holds no such claim", evidence: [] };
  return { level: criterion.levels.length - 1, findings: holding(said), evidence: said.segments.map(quoteOf) };
}

/** One level for each item found, each with words of its own to show for it. */
export function judgeCount(criterion: JudgeCriterion, wordings: Wordings, answer: ReadAnswer): OfflineVerdict {
  const most = criterion.levels.length - 1;
  const stretches = new Map(answer.segments.map((segment) => [segment, stretchesOf(segment, answer.spelling)]));
  const found: { readonly wording: Wording; readonly quote: Quote }[] = [];
  for (const wording of wordings.items) {
    if (found.length === most) break;
    for (const segment of answer.segments) {
      const match = matchWording(wording, [segment]);
      if (match.strength < ITEM_FOUND || match.isDenied) continue;
      const quote = stretches.get(segment)?.take(match.held);
      if (quote === undefined) continue;
      found.push({ wording, quote });
      break;
    }
  }
  const names = found.map(({ wording }) => `"${nameOf(wording)}"`).join(", ");
  return {
    level: found.length,
    findings: found.length === 0 ? "holds none of the items" : `holds ${found.length} of the items: ${names}`,
    evidence: found.map(({ quote }) => quote),
  };
}

/** The point is that something is not said: credit unless it is, but not for an answer without any word to compare. */
export function judgeAbsence(criterion: JudgeCriterion, wordings: Wordings, { segments }: ReadAnswer): OfflineVerdict {
  const looked = [...wordings.rejected, ...wordings.credited];
  const said = bestOf(looked.map((wording) => ({ ...matchWording(wording, segments), isDenied: false })));
  if (segments.every((segment) => segment.terms.size === 0)) {
    return { level: 0, findings: "holds no words to compare", evidence: [] };
  }
  if (said !== undefined && said.strength >= MISTAKEN) {
    return { level: 0, findings: holding(said), evidence: said.segments.map(quoteOf) };
  }
  return { level: criterion.levels.length - 1, findings: "holds no statement that should be absent", evidence: [] };
}

const MOST_WORDS = 12;

/** "holds 5 of 7 words of the criterion: …; lacks …". */
function holding({ wording, held, isDenied }: Match): string {
  const lacking = [...wording.terms.keys()].filter((term) => !held.has(term));
  const lacks = lacking.length === 0 ? "" : `; lacks ${list(lacking, wording)}`;
  const denied = isDenied ? "; a negation stands next to them" : "";
  return `holds ${held.size} of ${wording.terms.size} words of ${wording.name}: ${list(held, wording)}${lacks}${denied}`;
}

function nothingHeld({ credited }: Wordings): string {
  const [first] = credited;
  return first === undefined ? "the criterion has no words to look for" : `lacks ${list(first.terms.keys(), first)}`;
}

function list(terms: Iterable<string>, wording: Wording): string {
  const words = [...terms].map((term) => wording.terms.get(term)?.word ?? term);
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(", ")}, …` : words.join(", ");
}

function nameOf(wording: Wording): string {
  return [...wording.terms.values()].map(({ word }) => word).join(" ");
}
