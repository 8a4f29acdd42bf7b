/** A pair of positions at which two sequences hold the same item. */
export interface Anchor {
  readonly before: number;
  readonly after: number;
}

/** Items that occur exactly once on each side, as many as stand in the same order on both (patience diff). */
export function findAnchors(before: readonly string[], after: readonly string[]): readonly Anchor[] {
  const afterPositions = uniquePositions(after);
  const pairs: Anchor[] = [];
  for (const [item, position] of uniquePositions(before)) {
    const afterPosition = afterPositions.get(item);
    if (afterPosition !== undefined) pairs.push({ before: position, after: afterPosition });
  }
  return longestRising(pairs);
}

function uniquePositions(items: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [position, item] of items.entries()) {
    if (positions.has(item)) repeated.add(item);
    else positions.set(item, position);
  }
  for (const item of repeated) positions.delete(item);
  return positions;
}

interface Link {
  readonly anchor: Anchor;
  readonly previous: Link | undefined;
}

/** The longest part of anchors given in order of `before` in which `after` rises too, by patience sorting. */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  const tops: Link[] = [];
  for (const anchor of anchors) {
    const pile = firstPileAbove(tops, anchor);
    tops[pile] = { anchor, previous: tops[pile - 1] };
  }
  const rising: Anchor[] = [];
  for (let link = tops.at(-1); link !== undefined; link = link.previous) rising.push(link.anchor);
  return rising.toReversed();
}

function firstPileAbove(tops: readonly Link[], anchor: Anchor): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const top = tops[middle];
    if (top !== undefined && top.anchor.after < anchor.after) low = middle + 1;
    else high = middle;
  }
  return low;
}
