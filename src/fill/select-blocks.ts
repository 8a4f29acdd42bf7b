import { isShaping, type Asked } from "./asked.ts";
import { blocksOf, type Block } from "./blocks.ts";
import type { Start } from "./find-start.ts";
import { termsOf, wordsOf } from "./terms.ts";
import type { DraftInput } from "./task-input.ts";

/** A block as it goes into the answer: the parts that say something new. */
export interface Chosen {
  readonly passage: string;
  readonly place: number;
  readonly kind: Block["kind"];
  readonly parts: readonly string[];
  /** A heading, a label or a sentence that announces what follows, such as the one before a list. */
  readonly isLeadIn: boolean;
}

interface Candidate extends Chosen {
  readonly isMain: boolean;
  readonly score: number;
}

/** A part sharing more than this of its terms with what is already said is a repetition. */
const REPETITION = 0.65;
/** A block with less than this share of the question's weight is about something else. */
const RELEVANCE_FLOOR = 0.28;
/** The least fit between a question and the heading of a passage from another note. */
const HEADING_FLOOR = 0.65;
/** A term in the heading says what the text below is about, though the text need not repeat it. */
const HEADED_WEIGHT = 0.6;
/** Fewer new parts than this are not worth a paragraph of their own. */
const LEAST_PARTS: Readonly<Record<Block["kind"], number>> = {
  paragraph: 2,
  list: 3,
  table: 1,
  code: 1,
  formula: 1,
  heading: 1,
};

/**
 * Chooses blocks for an answer: the passage it begins in, as its author ordered it, then the most relevant new blocks of its
 * neighbours until the length is that of the house. Lists bring the sentence that announces them.
 */
export function selectBlocks(input: DraftInput, asked: Asked, start: Start): readonly Chosen[] {
  const { words_typical: target, words_high: high } = input.style;
  const answer = new Growing(Math.max(target, Math.round((target + high) / 2)));
  for (const candidate of candidatesOf(start.passage, 0, asked, start)) answer.add(candidate);
  const near = neighbours(input, asked, start).filter((passage) => !goesIntoDetail(passage, asked, answer.chosen));
  const others = near.flatMap((passage, rank) => candidatesOf(passage, rank, asked, start));
  const worthy = others.filter(
    ({ isLeadIn, kind, score }) => !isLeadIn && kind !== "heading" && score >= RELEVANCE_FLOOR,
  );
  for (const candidate of worthy.toSorted((left, right) => right.score - left.score)) {
    if (answer.words >= target) break;
    if (answer.newParts(candidate).length < LEAST_PARTS[candidate.kind]) continue;
    const leadIn = others.find((each) => each.isLeadIn && leadsTo(each, candidate));
    if (leadIn !== undefined) answer.add(leadIn);
    else if (candidate.kind !== "paragraph") continue;
    answer.add(candidate);
  }
  return answer.chosen.filter((block, index, all) => !block.isLeadIn || leadsTo(block, all[index + 1]));
}

function leadsTo(leadIn: Chosen, next: Chosen | undefined): boolean {
  return next !== undefined && leadIn.passage === next.passage && leadIn.place + 1 === next.place;
}

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
    const { passage, place, kind, isLeadIn } = candidate;
    this.chosen.push({ passage, place, kind, parts, isLeadIn });
    this.words += countWords(parts);
    for (const part of parts) this.#said.push(new Set(termsOf(part)));
  }

  /** The parts that are not yet said; of a neighbour only those that there is room for. */
  newParts(candidate: Candidate): readonly string[] {
    const parts: string[] = [];
    let room = candidate.isMain ? Infinity : this.#limit - this.words;
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

// Neighbours stand in the same note; others only where their own heading fits, since a stray match elsewhere reads as a
// change of subject.
function neighbours(input: DraftInput, asked: Asked, start: Start): DraftInput["passages"] {
  const isNote = start.passage.kind === "source" && start.passage.heading.includes(" > ");
  return input.passages.filter((passage) => {
    if (passage.id === start.passage.id) return false;
    const isNear = isNote && rootOf(passage.heading) === rootOf(start.passage.heading);
    return isNear || headingFit(passage.heading, asked) >= HEADING_FLOOR;
  });
}

/** A section most of whose heading is found in the labels of a list is about items of that list. */
const DETAIL_SHARE = 0.6;

// Two paragraphs on one of seven listed points would give it a weight it does not have.
function goesIntoDetail({ heading }: DraftInput["passages"][number], asked: Asked, chosen: readonly Chosen[]): boolean {
  const items = chosen.filter(({ kind }) => kind === "list").flatMap(({ parts }) => parts);
  const labels = new Set(items.flatMap((item) => termsOf(item.slice(0, Math.max(0, item.indexOf(":"))))));
  const own = [...ownHeading(heading)].filter((term) => !asked.subject.includes(term) && !isShaping(term));
  return own.length > 0 && own.filter((term) => labels.has(term)).length >= own.length * DETAIL_SHARE;
}

function rootOf(heading: string): string {
  return heading.split(" > ")[0] ?? "";
}

function ownHeading(heading: string): ReadonlySet<string> {
  return new Set(termsOf(heading.split(" > ").at(-1) ?? ""));
}

/** A section headed by a part of the question that the main one leaves open counts this much more. */
const GAP_BONUS = 0.4;

function shareOfGap(gap: readonly string[], heading: ReadonlySet<string>): number {
  return gap.length === 0 ? 0 : gap.filter((term) => heading.has(term)).length / gap.length;
}

/** The share of the subject that is found, each term to the degree given; its setting counts little. */
function shareOf(asked: Asked, degreeOf: (term: string) => number): number {
  let total = 0;
  let found = 0;
  for (const term of asked.subject) {
    const weight = asked.setting.has(term) ? 0.25 : 1;
    total += weight;
    found += weight * degreeOf(term);
  }
  return total === 0 ? 0 : found / total;
}

function headingFit(heading: string, asked: Asked): number {
  const terms = ownHeading(heading);
  const shared = asked.subject.filter((term) => terms.has(term)).length;
  return shared === 0 ? 0 : (2 * shared) / (asked.subject.length + terms.size);
}

function candidatesOf(
  passage: DraftInput["passages"][number],
  rank: number,
  asked: Asked,
  start: Start,
): readonly Candidate[] {
  const isMain = passage.id === start.passage.id;
  const heading = ownHeading(passage.heading);
  const whole = new Set(termsOf(passage.heading));
  const covered = ownHeading(start.passage.heading);
  const gap = asked.subject.filter((term) => !covered.has(term) && !asked.setting.has(term));
  const blocks = blocksOf(passage.text);
  const candidates = blocks.map((block, place) => {
    const own = new Set(block.parts.flatMap(termsOf));
    const inBlock = shareOf(asked, (term) => Math.max(own.has(term) ? 1 : 0, whole.has(term) ? HEADED_WEIGHT : 0));
    const inHeading = shareOf(asked, (term) => (heading.has(term) ? 1 : 0));
    return {
      passage: passage.id,
      place,
      kind: block.kind,
      parts: block.parts.filter((part) => !HAS_HTML.test(part) || block.kind === "code"),
      isLeadIn: announces(block, blocks[place + 1]),
      isMain,
      score: (inBlock + inHeading) / 2 + GAP_BONUS * shareOfGap(gap, heading) + formBonus(block, asked) - 0.04 * rank,
    };
  });
  return isMain ? candidates.slice(start.block) : candidates;
}

const HAS_HTML = /<[a-z/!][^<>\n]{0,400}>|!\[/i;
const LABEL = /^(?:\*\*[^*\n]{1,80}\*\*:?|[^.!?\n]{1,80}:)$/;

function announces(block: Block, next: Block | undefined): boolean {
  if (block.kind === "heading") return true;
  if (block.kind !== "paragraph") return false;
  const isAnnouncement = block.parts.length <= 2 && (next?.kind === "list" || next?.kind === "table");
  return isAnnouncement || (block.parts.length === 1 && LABEL.test(block.parts[0] ?? ""));
}

function formBonus(block: Block, asked: Asked): number {
  if (block.kind === "table") return asked.form === "comparison" ? 0.5 : 0.1;
  if (block.kind === "list") return asked.form === "enumeration" ? 0.3 : 0.2;
  if (block.kind === "code") return -0.2;
  return 0;
}

function countWords(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + wordsOf(part).length, 0);
}
