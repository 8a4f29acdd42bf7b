import type { Asked } from "./asked.ts";
import { blocksOf, type Block } from "./blocks.ts";
import { termsOf, wordsOf } from "./terms.ts";
import type { DraftInput } from "./task-input.ts";

/** A block as it goes into the answer: the parts that say something new. */
export interface Chosen {
  readonly passage: string;
  readonly kind: Block["kind"];
  readonly parts: readonly string[];
}

interface Candidate extends Chosen {
  readonly rank: number;
  readonly place: number;
  /** A sentence that announces what follows, such as the one before a list. */
  readonly isLeadIn: boolean;
  readonly score: number;
}

/** A part sharing more than this of its terms with what is already said is a repetition. */
const REPETITION = 0.65;
/** A block with less than this share of the question's weight is about something else. */
const RELEVANCE_FLOOR = 0.34;

/** The least fit between a question and the heading of a passage from elsewhere. */
const HEADING_FLOOR = 0.65;

/**
 * Chooses blocks for an answer: all of the passage that fits the question best, as its author ordered it, then the most
 * relevant new blocks of its neighbours until the length is that of the house. Lists bring the sentence that announces them.
 */
export function selectBlocks(input: DraftInput, asked: Asked): readonly Chosen[] {
  const order = passageOrder(input, asked);
  const candidates = order.flatMap((ranked, rank) => candidatesOf(ranked, rank, asked));
  const { words_typical: target, words_high: high } = input.style;
  const answer = new Growing(Math.max(target, Math.round((target + high) / 2)));
  for (const candidate of candidates.filter(({ rank }) => rank === 0)) answer.add(candidate);
  const others = candidates.filter(({ rank, isLeadIn, score }) => rank > 0 && !isLeadIn && score >= RELEVANCE_FLOOR);
  for (const candidate of others.toSorted(byScore)) {
    if (answer.words >= target) break;
    const leadIn = candidates.find(
      ({ rank, place, isLeadIn }) => isLeadIn && rank === candidate.rank && place === candidate.place - 1,
    );
    if (answer.newParts(candidate).length < LEAST_PARTS[candidate.kind]) continue;
    if (leadIn !== undefined) answer.add(leadIn);
    answer.add(candidate);
  }
  return answer.chosen;
}

/** Fewer new parts than this are not worth a paragraph of their own. */
const LEAST_PARTS: Readonly<Record<Block["kind"], number>> = {
  paragraph: 2,
  list: 3,
  table: 1,
  code: 1,
  formula: 1,
  heading: 1,
};

/** An answer while it grows: knows what it has said and how much room is left. */
class Growing {
  readonly chosen: Chosen[] = [];
  words = 0;
  readonly #said: ReadonlySet<string>[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(candidate: Candidate): void {
    const parts = this.newParts(candidate);
    if (parts.length === 0) return;
    this.chosen.push({ passage: candidate.passage, kind: candidate.kind, parts });
    this.words += countWords(parts);
    for (const part of parts) this.#said.push(new Set(termsOf(part)));
  }

  /** The parts that are not yet said; of a passage other than the first only those that there is room for. */
  newParts(candidate: Candidate): readonly string[] {
    const parts: string[] = [];
    let room = candidate.rank === 0 ? Infinity : this.#limit - this.words;
    for (const part of candidate.parts.filter((each) => !this.#isSaid(each))) {
      room -= countWords([part]);
      if (room < 0) break;
      parts.push(part);
    }
    return parts;
  }

  #isSaid(part: string): boolean {
    const terms = termsOf(part);
    return this.#said.some((known) => terms.filter((term) => known.has(term)).length > terms.length * REPETITION);
  }
}

interface Ordered {
  readonly passage: DraftInput["passages"][number];
  /** 0 to 1: how well the heading fits the question. */
  readonly fit: number;
}

// The passage whose heading fits best comes first; after it its neighbours in the same note, and others only where their
// own heading fits, since a stray match elsewhere reads as a change of subject.
function passageOrder(input: DraftInput, asked: Asked): readonly Ordered[] {
  const fits = input.passages.map((passage) => ({ passage, fit: headingFit(passage.heading, asked) }));
  const [first, ...rest] = fits
    .map((each, rank) => ({ ...each, key: each.fit - 0.08 * rank }))
    .toSorted((left, right) => right.key - left.key);
  if (first === undefined) return [];
  const near = rest.filter(
    ({ passage, fit }) => rootOf(passage.heading) === rootOf(first.passage.heading) || fit >= HEADING_FLOOR,
  );
  return [first, ...near];
}

function rootOf(heading: string): string {
  return heading.split(" > ")[0] ?? "";
}

function headingFit(heading: string, asked: Asked): number {
  const terms = new Set(termsOf(heading.split(" > ").at(-1) ?? ""));
  const shared = asked.subject.filter((term) => terms.has(term)).length;
  return shared === 0 ? 0 : (2 * shared) / (asked.subject.length + terms.size);
}

function candidatesOf({ passage }: Ordered, rank: number, asked: Asked): readonly Candidate[] {
  const blocks = blocksOf(passage.text).filter((block) => block.kind !== "heading" || rank === 0);
  const heading = new Set(termsOf(passage.heading));
  return blocks.map((block, place) => {
    const own = new Set(block.parts.flatMap(termsOf));
    const held = asked.subject.filter((term) => own.has(term)).length;
    const headed = asked.subject.filter((term) => !own.has(term) && heading.has(term)).length;
    const coverage = (held + headed * HEADED_WEIGHT) / Math.max(1, asked.subject.length);
    const next = blocks[place + 1]?.kind;
    const isLeadIn = block.kind === "paragraph" && (next === "list" || next === "table") && block.parts.length <= 2;
    const score = coverage + formBonus(block, asked) - 0.06 * rank;
    return { passage: passage.id, kind: block.kind, parts: block.parts, rank, place, isLeadIn, score };
  });
}

/** A term in the heading says what the text below is about, though the text need not repeat it. */
const HEADED_WEIGHT = 0.7;

function formBonus(block: Block, asked: Asked): number {
  if (block.kind === "table") return asked.form === "comparison" ? 0.5 : 0.1;
  if (block.kind === "list") return asked.form === "enumeration" ? 0.3 : 0.2;
  if (block.kind === "code") return -0.2;
  return 0;
}

function byScore(left: Candidate, right: Candidate): number {
  return right.score - left.score || left.rank - right.rank || left.place - right.place;
}

function countWords(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + wordsOf(part).length, 0);
}
