import { splitBlocks, type TextBlock } from "./diff-blocks.ts";
import { anchoredEdits } from "./sequence-diff.ts";

/** A stretch of two texts to compare with each other; either side may be empty. */
export interface TextPair {
  readonly kind: TextBlock["kind"];
  readonly before: string;
  readonly after: string;
}

interface Region {
  readonly before: readonly TextBlock[];
  readonly after: readonly TextBlock[];
}

/** Cuts two texts into pairs: equal blocks with each other, and between them prose with prose and code with code. */
export function pairTexts(before: string, after: string): readonly TextPair[] {
  return regionsOf(splitBlocks(before), splitBlocks(after)).flatMap(pairUp);
}

/** One region for each block that is the same on both sides, and one for all that changed between two such. */
function regionsOf(before: readonly TextBlock[], after: readonly TextBlock[]): readonly Region[] {
  const regions: Region[] = [];
  let changed: Region | undefined;
  for (const run of anchoredEdits(before.map(keyOf), after.map(keyOf))) {
    const removed = before.slice(run.before.start, run.before.end);
    const added = after.slice(run.after.start, run.after.end);
    if (run.kind === "same") {
      changed = undefined;
      regions.push(...removed.map((block, at) => ({ before: [block], after: added.slice(at, at + 1) })));
      continue;
    }
    if (changed !== undefined) regions.pop();
    changed = { before: [...(changed?.before ?? []), ...removed], after: [...(changed?.after ?? []), ...added] };
    regions.push(changed);
  }
  return regions;
}

/** Blocks of prose that differ in line breaks only are the same block. */
function keyOf({ kind, text }: TextBlock): string {
  return kind + (kind === "prose" ? text.replace(/\s+/g, " ").trim() : text.trimEnd());
}

/** Neighbours of one kind are compared as one text, so that kinds alternate on both sides and pair off in order. */
function pairUp(region: Region): readonly TextPair[] {
  const before = joinKinds(region.before);
  const after = joinKinds(region.after);
  const isOutOfStep = before.length > 0 && after.length > 0 && before[0]?.kind !== after[0]?.kind;
  const left = isOutOfStep && before.length < after.length ? [undefined, ...before] : before;
  const right = isOutOfStep && before.length >= after.length ? [undefined, ...after] : after;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({
    kind: (left[at] ?? right[at])?.kind ?? "prose",
    before: left[at]?.text ?? "",
    after: right[at]?.text ?? "",
  }));
}

function joinKinds(blocks: readonly TextBlock[]): readonly TextBlock[] {
  const joined: TextBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last?.kind === block.kind) joined[joined.length - 1] = { kind: block.kind, text: last.text + block.text };
    else joined.push(block);
  }
  return joined;
}
