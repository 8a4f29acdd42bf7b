import { isShaping, type Asked } from "./asked.ts";
import type { Block } from "./blocks.ts";
import type { Start } from "./find-start.ts";
import { GrowingAnswer, type Chosen } from "./growing-answer.ts";
import { candidatesOf, ownHeading } from "./score-blocks.ts";
import { termsOf } from "../core/terms.ts";
import type { DraftInput } from "./task-input.ts";

/** A block with less than this share of the question's weight is about something else. */
const RELEVANCE_FLOOR = 0.28;
/** The least fit between a question and the heading of a passage from another note. */
const HEADING_FLOOR = 0.65;
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
  const answer = new GrowingAnswer(Math.max(target, Math.round((target + high) / 2)));
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

function headingFit(heading: string, asked: Asked): number {
  const terms = ownHeading(heading);
  const shared = asked.subject.filter((term) => terms.has(term)).length;
  return shared === 0 ? 0 : (2 * shared) / (asked.subject.length + terms.size);
}
