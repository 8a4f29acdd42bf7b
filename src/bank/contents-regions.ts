import type { LineMap } from "./line-map.ts";

/** The lines between the marks of a table of contents, 0-based, blank ones at its ends left out; `last` < `first` for none. */
export interface ContentsRegion {
  /** Line of the opening mark. */
  readonly opening: number;
  readonly first: number;
  readonly last: number;
}

/** `<!-- toc -->`, `<!-- START doctoc … -->`, `<!-- TABLE_OF_CONTENTS:START -->`, `<!-- answerkey:contents -->`. */
const NAMES = /(?<![a-z])(?:toc|doctoc|tocstop|table[ _-]of[ _-]contents|answerkey:contents)(?![a-z])/i;
/** `<!-- tocstop -->`, `<!-- /toc -->`, `<!-- END doctoc … -->`, `<!-- TABLE_OF_CONTENTS:END -->`. */
const CLOSES = /(?<![a-z])(?:end|stop|tocstop)(?![a-z])|<!-- ?\//i;

/** Tables of contents between marks that tools write and people know. A mark without its other half opens nothing. */
export function contentsRegions(map: LineMap): readonly ContentsRegion[] {
  const regions: ContentsRegion[] = [];
  let opening: number | undefined;
  for (const line of map.comments) {
    const comment = map.lineAt(line).slice(0, 300);
    if (!NAMES.test(comment)) continue;
    if (!CLOSES.test(comment)) opening = line;
    else if (opening !== undefined) {
      regions.push(regionBetween(map, opening, line));
      opening = undefined;
    }
  }
  return regions;
}

function regionBetween(map: LineMap, opening: number, closing: number): ContentsRegion {
  const isBlank = (line: number): boolean => map.lineAt(line).trim() === "";
  let first = opening + 1;
  let last = closing - 1;
  // Marks of several lines are comments to their last line.
  while (first < closing && (isBlank(first) || map.comments.includes(first))) first += 1;
  while (last >= first && isBlank(last)) last -= 1;
  return last < first ? { opening, first: closing, last: closing - 1 } : { opening, first, last };
}
