import type { LineMap } from "./line-map.ts";

/** A heading, `12. ### text` in a list too. */
const HEADING = /^\s{0,3}(?:\d{1,9}[.)]\s{1,4})?#{1,6}\s+(\S.*)$/;
const LINK = /!?\[([^[\]]*)\]\([^()]*\)/g;
const TAG = /<[^<>]*>/g;

/**
 * What links to the headings of a file end in, by their 0-based lines, as the sites that show such files make them: small
 * letters, digits, hyphens for blanks, and a number behind what comes again.
 */
export function headingAnchors(map: LineMap): ReadonlyMap<number, string> {
  const anchors = new Map<number, string>();
  const taken = new Map<string, number>();
  for (const line of map.matching(HEADING)) {
    const slug = slugOf(HEADING.exec(map.lineAt(line))?.[1] ?? "");
    const count = taken.get(slug) ?? 0;
    taken.set(slug, count + 1);
    anchors.set(line, count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replace(LINK, "$1")
    .replace(TAG, "")
    .replace(/(?<!#)#+\s*$/, "")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}
