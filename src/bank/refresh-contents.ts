import type { ContentsRegion } from "./contents-regions.ts";
import { headingAnchors } from "./heading-anchors.ts";
import type { LineMap } from "./line-map.ts";
import type { BankFile, Question } from "./question.ts";

interface Entry {
  /** `- `, `12. ` or `| 12 | `. */
  readonly lead: string;
  readonly anchor: string;
  readonly tail: string;
}

interface Listed {
  readonly question: Question;
  readonly anchor: string;
}

const ENTRY = /^(\s*(?:[-*+]\s+|\d{1,9}[.)]\s+|\|\s*\d{1,9}\s*\|\s*))\[(.*)\]\(#([^()\s]*)\)(.*)$/;
const LONGEST_ENTRY = 1000;
const DEFAULT: Entry = { lead: "- ", anchor: "", tail: "" };

/**
 * The lines of a table of contents as they should be: entries of questions that are gone left out, those of questions that
 * are not listed put behind that of the question before, each written as its neighbour is. Every other line stays as it is.
 * Undefined where it lists no questions, or they are no headings and cannot be linked to.
 */
export function refreshedContents(file: BankFile, map: LineMap, region: ContentsRegion): string | undefined {
  const anchors = headingAnchors(map);
  const listed = file.questions.flatMap((question): Listed[] => {
    const anchor = anchors.get(question.line - 1);
    return anchor === undefined || anchor === "" ? [] : [{ question, anchor }];
  });
  if (listed.length === 0 || listed.length < file.questions.length) return undefined;
  const live = new Set(anchors.values());
  const lines = Array.from({ length: Math.max(0, region.last - region.first + 1) }, (_, at) =>
    map.lineAt(region.first + at),
  );
  const kept = lines.filter((line) => {
    const entry = entryIn(line);
    return entry === undefined || live.has(entry.anchor);
  });
  const present = new Set(kept.map((line) => entryIn(line)?.anchor));
  if (lines.length > 0 && !listed.some(({ anchor }) => present.has(anchor))) return undefined;
  return withMissing(kept, listed, present).join("\n");
}

function withMissing(
  kept: readonly string[],
  listed: readonly Listed[],
  present: ReadonlySet<string | undefined>,
): readonly string[] {
  const own = new Set(listed.map(({ anchor }) => anchor));
  const firstEntry = kept.findIndex((line) => own.has(entryIn(line)?.anchor ?? ""));
  const model = entryIn(kept[firstEntry] ?? "") ?? DEFAULT;
  const before: string[] = [];
  const behind = new Map<string, string[]>();
  let into = before;
  for (const each of listed) {
    if (present.has(each.anchor)) {
      into = [];
      behind.set(each.anchor, into);
    } else into.push(written(each, model));
  }
  const head = firstEntry === -1 ? kept.length : firstEntry;
  const rest = kept.slice(head).flatMap((line) => [line, ...(behind.get(entryIn(line)?.anchor ?? "") ?? [])]);
  return [...kept.slice(0, head), ...before, ...rest];
}

function written({ question, anchor }: Listed, { lead, tail }: Entry): string {
  const number = question.number ?? "1";
  const text = question.text.replace(/[[\]]/g, String.raw`\$&`);
  return `${lead.replace(/\d+/, number)}[${text}](#${anchor})${tail}`;
}

function entryIn(line: string): Entry | undefined {
  if (line.length > LONGEST_ENTRY) return undefined;
  const [, lead, , anchor, tail] = ENTRY.exec(line) ?? [];
  return lead === undefined || anchor === undefined || tail === undefined
    ? undefined
    : { lead, anchor: anchor.toLowerCase(), tail };
}
