import type { LineMap } from "./line-map.ts";
import type { BankFile } from "./question.ts";
import type { Span } from "./source-text.ts";

/** A line outside the questions that says how many there are. */
export interface StatedTotal {
  readonly total: number;
  /** The heading whose questions are meant; undefined where it is the file or the folder. */
  readonly section: string | undefined;
  /** 0-based. */
  readonly line: number;
  /** Where the number stands in the file's text. */
  readonly digits: Span;
}

const NOUN = String.raw`(?:questions|exercises|q&as?)`;
const COUNT = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,7})`;
/** A line of a table of contents: `1. [Basics](#basics) (10 questions)`. */
const SECTION = new RegExp(String.raw`\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\) {1,3}\(${COUNT} ${NOUN}\)`, "di");
/** How files say how much they hold: `Total Questions: 50`, `There are currently **90** questions`, `# 50 CNN questions`. */
const TOTALS = [
  new RegExp(String.raw`\btotal(?: number of)? ${NOUN}\W{1,6}${COUNT}(?![\d.,%+])`, "di"),
  new RegExp(
    String.raw`\b(?:there are|contains|includes|holds)(?: \p{L}+){0,2} \W{0,3}${COUNT}\W{0,3} (?:\p{L}+ ){0,2}${NOUN}\b`,
    "diu",
  ),
  new RegExp(String.raw`^#{1,2} ${COUNT} (?:[^\s+]{1,30} ){0,5}${NOUN}\s*$`, "di"),
];

/** All totals that a file states, right or wrong, in its order. */
export function statedTotals(file: BankFile, map: LineMap): readonly StatedTotal[] {
  return linesOutsideQuestions(file, map).flatMap((line) => {
    const stated = statedIn(map.lineAt(line));
    if (stated === undefined) return [];
    const { section, at, digits } = stated;
    const start = map.startOf(line) + at;
    return [
      { total: Number(digits.replaceAll(",", "")), section, line, digits: { start, end: start + digits.length } },
    ];
  });
}

interface Stated {
  readonly section: string | undefined;
  readonly at: number;
  readonly digits: string;
}

function statedIn(text: string): Stated | undefined {
  const section = SECTION.exec(text);
  if (section !== null) return statedBy(section, 2, section[1]);
  const total = TOTALS.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  return total === undefined || total === null ? undefined : statedBy(total, 1, undefined);
}

function statedBy(match: RegExpExecArray, group: number, section: string | undefined): Stated | undefined {
  const digits = match[group];
  const [at] = match.indices?.[group] ?? [];
  return digits === undefined || at === undefined ? undefined : { section, at, digits };
}

/** Searchable lines that belong to no question. */
function linesOutsideQuestions({ questions }: BankFile, map: LineMap): readonly number[] {
  const spans = questions.map((question) => question.span).toSorted((left, right) => left.start - right.start);
  let next = 0;
  return map.lines.flatMap((_text, line) => {
    const start = map.startOf(line);
    while ((spans[next]?.end ?? Infinity) <= start) next += 1;
    const isOutside = start < (spans[next]?.start ?? Infinity);
    return isOutside && map.isSearchable(line) ? [line] : [];
  });
}
