import type { Asked } from "./asked.ts";
import { blocksOf, type Block } from "./blocks.ts";
import type { Start } from "./find-start.ts";
import type { Candidate } from "./growing-answer.ts";
import { termsOf } from "../core/terms.ts";
import type { DraftInput } from "./task-input.ts";

/** A term in the heading says what the text below is about, though the text need not repeat it. */
const HEADED_WEIGHT = 0.6;
/** The setting of a question goes without saying in a note about its subject. */
const SETTING_WEIGHT = 0.25;
/** A passage further down in the ranking needs this much more. */
const RANK_PENALTY = 0.04;

/** The blocks of a passage with how much each would add to an answer that begins at `start`. */
export function candidatesOf(
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
    const relevance = (inBlock + inHeading) / 2 + GAP_BONUS * shareOfGap(gap, heading);
    return {
      passage: passage.id,
      place,
      kind: block.kind,
      parts: block.parts.filter((part) => !HAS_HTML.test(part) || block.kind === "code"),
      isLeadIn: announces(block, blocks[place + 1]),
      isMain,
      score: relevance + formBonus(block, asked) - RANK_PENALTY * rank,
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
    const weight = asked.setting.has(term) ? SETTING_WEIGHT : 1;
    total += weight;
    found += weight * degreeOf(term);
  }
  return total === 0 ? 0 : found / total;
}

/** The terms of a section's own heading, without those of the headings above it. */
export function ownHeading(heading: string): ReadonlySet<string> {
  return new Set(termsOf(heading.split(" > ").at(-1) ?? ""));
}
