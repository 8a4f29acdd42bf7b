import { BUILT_IN_DIALECTS } from "./built-in-dialects.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import { type Evidence, gatherEvidence } from "./dialect-evidence.ts";
import { findStarts, markerBetween } from "./find-starts.ts";
import type { LineMap } from "./line-map.ts";
import { mergeStarts } from "./merge-starts.ts";
import { asks } from "./question-like.ts";
import { NO_HEADING, type QuestionStart } from "./question-start.ts";
import { askedBy } from "./whole-file.ts";

/** What detection thought of one dialect for a file. Those with no start at all are left out. */
export interface Guess {
  readonly dialect: string;
  readonly questions: number;
  /** 1-based line of the first one. */
  readonly firstLine: number;
  readonly verdict: "chosen" | "too little evidence" | "part of another" | "less fitting";
}

export interface Detection {
  readonly dialects: readonly CompiledDialect[];
  /** Best first: what was chosen, then the near misses. */
  readonly guesses: readonly Guess[];
}

/** How telling a start is: a word such as Question; a number or ticked choices; nothing but how the text reads. */
const STRENGTH: Readonly<Record<string, number>> = {
  headed: 4,
  "q-heading": 4,
  "heading-in-list": 4,
  "details-summary": 4,
  callout: 4,
  admonition: 4,
  "graded-list": 4,
  "numbered-heading": 2,
  listed: 2,
  "listed-bold": 1.5,
  "qa-lines": 2,
  "bold-numbered": 2,
  choices: 1.5,
  "obsidian-lines": 2,
};

interface Candidate {
  readonly dialect: CompiledDialect;
  readonly starts: readonly QuestionStart[];
  readonly evidence: Evidence;
  readonly strength: number;
}

/**
 * What a repository says of itself; its headings may ask, and answer for good. Names that a bank may have as well, such as
 * security, count only in capitals.
 */
export const ABOUT_PROJECT =
  /(?:^|\/)(?:SECURITY|SUPPORT|GOVERNANCE|MAINTAINERS|LICENSE|CONTRIBUTING|contributing|CODE_OF_CONDUCT|code[-_]of[-_]conduct|CHANGELOG|changelog|PULL_REQUEST_TEMPLATE|pull_request_template)\.mdx?$/;

/**
 * Chooses built-in dialects for a file that nothing is configured for. Conservative: a file that is no bank gets none,
 * and the guesses say what came near.
 */
export function detectDialects(path: string, map: LineMap): Detection {
  if (ABOUT_PROJECT.test(path)) return { dialects: [], guesses: [] };
  const asked = frontMatterAsks(path, map);
  if (asked !== undefined) return wholeFile(asked);
  const candidates = gatherCandidates(path, map);
  const fitting = candidates.filter(({ evidence }) => evidence.isEnough);
  const free = fitting.filter((candidate) => !fitting.some((other) => isPartOf(candidate, other)));
  const best = free.toSorted((left, right) => scoreOf(right) - scoreOf(left))[0];
  if (best === undefined) return nameAsks(path, map) ?? { dialects: [], guesses: candidates.map(nearMiss) };
  const chosen = addIndependent(map, best, fitting);
  const verdictOf = (candidate: Candidate): Guess["verdict"] => {
    if (chosen.includes(candidate.dialect)) return "chosen";
    if (!candidate.evidence.isEnough) return "too little evidence";
    return free.includes(candidate) ? "less fitting" : "part of another";
  };
  const ordered = candidates.toSorted(
    (left, right) =>
      Number(chosen.includes(right.dialect)) - Number(chosen.includes(left.dialect)) || scoreOf(right) - scoreOf(left),
  );
  return { dialects: chosen, guesses: ordered.map((candidate) => guessOf(candidate, verdictOf(candidate))) };
}

/**
 * From the strongest starts to the weakest. A dialect whose matching lines cannot outdo what is found is left out, but
 * one that proves its questions by answer markers may still stand beside the best.
 */
function gatherCandidates(path: string, map: LineMap): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const { dialect, strength } of BY_STRENGTH) {
    const stronger = candidates.filter((other) => other.strength > strength && other.evidence.isEnough);
    const best = Math.max(0, ...stronger.map(scoreOf));
    if (dialect.start === undefined) continue;
    if (!dialect.rules.question.requireAnswer && map.matching(dialect.start).length * strength < best) continue;
    const starts = findStarts(map, dialect);
    if (starts.length === 0) continue;
    candidates.push({ dialect, starts, strength, evidence: gatherEvidence(path, map, dialect, starts) });
  }
  return candidates;
}

const BY_STRENGTH = [...BUILT_IN_DIALECTS.values()]
  .map((dialect) => ({ dialect, strength: STRENGTH[dialect.name] ?? 1 }))
  .toSorted((left, right) => right.strength - left.strength);

function scoreOf({ starts, strength }: Candidate): number {
  return starts.length * strength;
}

/** True for starts that are headings of deeper level, or no headings, below the first heading that starts a question. */
function isPartOf(inner: Candidate, outer: Candidate): boolean {
  const first = outer.starts[0];
  if (inner === outer || first === undefined || first.level === NO_HEADING) return false;
  const isStronger = outer.strength > inner.strength || outer.starts.length > inner.starts.length;
  if (outer.strength < inner.strength || !isStronger || outer.starts.length < 2) return false;
  const inside = inner.starts.filter((start) => start.line > first.line && start.level > first.level);
  return inside.length >= 0.9 * inner.starts.length;
}

/** Adds dialects whose starts all have answer markers of their own, none of them taken from the best dialect. */
function addIndependent(map: LineMap, best: Candidate, fitting: readonly Candidate[]): readonly CompiledDialect[] {
  const chosen = [best.dialect];
  for (const candidate of fitting) {
    if (candidate === best || candidate.dialect.answerStart === undefined) continue;
    const alone = markedStarts(map, chosen);
    const together = markedStarts(map, [...chosen, candidate.dialect]);
    const added = together.filter(({ start }) => start.dialect === candidate.dialect);
    const kept = together.filter(({ start, isMarked }) => start.dialect !== candidate.dialect && isMarked);
    const isIndependent =
      added.length > 1 &&
      added.every(({ isMarked }) => isMarked) &&
      kept.length === alone.filter(({ isMarked }) => isMarked).length;
    if (isIndependent) chosen.push(candidate.dialect);
  }
  return chosen;
}

function markedStarts(
  map: LineMap,
  dialects: readonly CompiledDialect[],
): readonly { readonly start: QuestionStart; readonly isMarked: boolean }[] {
  const starts = mergeStarts(map, dialects);
  return starts.map((start, index) => {
    const next = starts[index + 1]?.line ?? map.lines.length;
    return { start, isMarked: markerBetween(map, start.dialect, start.textLine + 1, next) !== undefined };
  });
}

function frontMatterAsks(path: string, map: LineMap): CompiledDialect | undefined {
  const dialect = BUILT_IN_DIALECTS.get("front-matter-file");
  if (dialect === undefined || !/(?:^|\/)[^/]*(?:question|quiz|faq|card|interview)[^/]*\//i.test(path))
    return undefined;
  return asks(askedBy(path, map, dialect)) ? dialect : undefined;
}

const ASKING_NAME = /^(?:what|why|how|when|where|which|who|explain|describe|difference)\b(?! to\b)/i;

/** A file name of several words that asks: `What is a fragment.md`. */
function nameAsks(path: string, map: LineMap): Detection | undefined {
  const dialect = BUILT_IN_DIALECTS.get("file");
  if (dialect === undefined || !/ [^/]* [^/]*\.mdx?$/i.test(path)) return undefined;
  return ASKING_NAME.test(askedBy(path, map, dialect)) ? wholeFile(dialect) : undefined;
}

function wholeFile(dialect: CompiledDialect): Detection {
  return { dialects: [dialect], guesses: [{ dialect: dialect.name, questions: 1, firstLine: 1, verdict: "chosen" }] };
}

function nearMiss(candidate: Candidate): Guess {
  return guessOf(candidate, "too little evidence");
}

function guessOf({ dialect, starts }: Candidate, verdict: Guess["verdict"]): Guess {
  return { dialect: dialect.name, questions: starts.length, firstLine: (starts[0]?.line ?? 0) + 1, verdict };
}
