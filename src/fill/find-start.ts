import { isShaping, type Asked } from "./asked.ts";
import { blocksOf, type Block } from "./blocks.ts";
import { termsOf, wordsOf } from "../core/terms.ts";
import type { DraftInput } from "./task-input.ts";

type InputPassage = DraftInput["passages"][number];

/** Where in the passages the answer begins, and how sure the words make it. */
export interface Start {
  readonly passage: InputPassage;
  /** Place of the first block of the answer in the passage. */
  readonly block: number;
  /** 0 to 1. */
  readonly strength: number;
}

/** The heading asks or names what the question asks; an answer's heading must not be about more than that. */
const HEADED = { least: 0.7, leastOfAnswer: 0.75, strength: 0.8 } as const;
/** The heading and the first sentence together do. */
const OPENED = { least: 0.85, strength: 0.65 } as const;
/** A sentence further down does, and speaks of the subject from its first words on. */
const INSIDE = { least: 0.85, leastAlone: 0.6, leastInFront: 0.5, frontWords: 8, strength: 0.5 } as const;

/** A later passage must fit this much better for every place further down. */
const RANK_PENALTY = 0.03;

const LEANS_BACK = new Set(
  "it this that these those they he she such also however therefore thus then so but and or".split(" "),
);

/**
 * The place where an answer to the question begins, or undefined where no passage is about it. Strict on purpose: a passage
 * that shares words with a question is not yet an answer to it, and a wrong answer costs more than none.
 */
export function findStart(input: DraftInput, asked: Asked): Start | undefined {
  if (lacksSubject(input, asked)) return undefined;
  const weights = weightsOf(input, asked);
  const starts = input.passages.flatMap((passage, rank) => {
    const start = startIn(passage, asked, weights);
    return start === undefined ? [] : [{ ...start, key: start.strength - rank * RANK_PENALTY }];
  });
  return starts.toSorted((left, right) => right.key - left.key)[0];
}

/** The setting of a question may go without saying in a note about its subject. */
const SETTING_WEIGHT = 0.25;

/** A larger share of the subject than this may not be missing from all passages together. */
const MISSING = 0.2;

function lacksSubject(input: DraftInput, asked: Asked): boolean {
  const held = new Set(input.passages.flatMap((passage) => termsOf(`${passage.heading}\n${passage.text}`)));
  const subject = asked.subject.filter((term) => !asked.setting.has(term));
  return subject.length === 0 || subject.filter((term) => !held.has(term)).length > subject.length * MISSING;
}

type Weights = ReadonlyMap<string, number>;

// A term that all passages hold does not tell them apart; one that few hold does.
function weightsOf(input: DraftInput, asked: Asked): Weights {
  const held = input.passages.map((passage) => new Set(termsOf(`${passage.heading}\n${passage.text}`)));
  return new Map(
    asked.subject.map((term) => {
      const count = held.filter((terms) => terms.has(term)).length;
      const rarity = 1 + Math.log(Math.max(1, held.length) / Math.max(1, count));
      return [term, asked.setting.has(term) ? rarity * SETTING_WEIGHT : rarity];
    }),
  );
}

function startIn(passage: InputPassage, asked: Asked, weights: Weights): Start | undefined {
  const heading = new Set(termsOf(passage.heading));
  const own = ownHeadingTerms(passage.heading);
  const share = shareOf(weights, own);
  const isHeaded = passage.kind === "answer" ? fit(asked, own) >= HEADED.leastOfAnswer : share >= HEADED.least;
  if (isHeaded) return { passage, block: 0, strength: HEADED.strength * Math.min(1, 0.8 + 0.2 * share) };
  if (passage.kind === "answer" && fit(asked, own) < HEADED.leastOfAnswer / 2) return undefined;
  const blocks = blocksOf(passage.text);
  const first = blocks.findIndex((block) => block.kind === "paragraph");
  const opening = blocks[first]?.parts[0] ?? "";
  const hasOpening = shareOf(weights, new Set([...heading, ...termsOf(opening)])) >= OPENED.least;
  if (hasOpening && shareOf(weights, new Set(termsOf(opening))) >= INSIDE.leastAlone && standsAlone(opening)) {
    return { passage, block: first, strength: OPENED.strength };
  }
  const block = blocks.findIndex((each) => holdsSubject(each, heading, asked, weights));
  return block < 0 ? undefined : { passage, block, strength: INSIDE.strength };
}

function ownHeadingTerms(heading: string): ReadonlySet<string> {
  return new Set(termsOf(heading.split(" > ").at(-1) ?? ""));
}

function fit(asked: Asked, heading: ReadonlySet<string>): number {
  const subject = new Set(asked.subject);
  const about = [...heading].filter((term) => !isShaping(term));
  const shared = about.filter((term) => subject.has(term)).length;
  return shared === 0 ? 0 : (2 * shared) / (subject.size + about.length);
}

function holdsSubject(block: Block, heading: ReadonlySet<string>, asked: Asked, weights: Weights): boolean {
  if (block.kind !== "paragraph") return false;
  const [sentence = ""] = block.parts;
  const terms = new Set(termsOf(sentence));
  const front = new Set(termsOf(wordsOf(sentence).slice(0, INSIDE.frontWords).join(" ")));
  return (
    standsAlone(sentence) &&
    shareOf(weights, new Set([...heading, ...terms])) >= INSIDE.least &&
    shareOf(weights, terms) >= INSIDE.leastAlone &&
    asked.subject.filter((term) => front.has(term)).length >= asked.subject.length * INSIDE.leastInFront
  );
}

// A sentence that leans on one before it cannot open an answer.
function standsAlone(sentence: string): boolean {
  return !LEANS_BACK.has(wordsOf(sentence)[0] ?? "it");
}

function shareOf(weights: Weights, held: ReadonlySet<string>): number {
  let total = 0;
  let found = 0;
  for (const [term, weight] of weights) {
    total += weight;
    if (held.has(term)) found += weight;
  }
  return total === 0 ? 0 : found / total;
}
