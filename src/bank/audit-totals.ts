import type { Diagnostic } from "../core/diagnostics.ts";
import { mapLines } from "./line-map.ts";
import type { Bank, BankFile } from "./question.ts";

interface Stated {
  readonly total: number;
  /** The heading whose questions are meant; undefined where it is the file or the folder. */
  readonly section: string | undefined;
}

const NOUN = String.raw`(?:questions|exercises|q&as?)`;
const COUNT = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,7})`;
/** How files say how much they hold: `Total Questions: 50`, `There are currently **90** questions`, `# 50 CNN questions`. */
const TOTALS = [
  new RegExp(String.raw`\btotal(?: number of)? ${NOUN}\W{1,6}${COUNT}(?![\d.,%+])`, "i"),
  new RegExp(
    String.raw`\b(?:there are|contains|includes|holds)(?: \p{L}+){0,2} \W{0,3}${COUNT}\W{0,3} (?:\p{L}+ ){0,2}${NOUN}\b`,
    "iu",
  ),
  new RegExp(String.raw`^#{1,2} ${COUNT} (?:[^\s+]{1,30} ){0,5}${NOUN}\s*$`, "i"),
];
/** A line of a table of contents: `1. [Basics](#basics) (10 questions)`. */
const SECTION = new RegExp(String.raw`\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\) {1,3}\(${COUNT} ${NOUN}\)`, "i");
const INDEX = /(?:^|\/)(?:readme|index)\.[a-z]+$/i;

/** Totals stated outside the questions that are not what is there. */
export function auditTotals(bank: Bank): Diagnostic[] {
  const inBank = bank.files.reduce((sum, file) => sum + file.questions.length, 0);
  const inFolder = countsByFolder(bank);
  return bank.files.flatMap((file) => {
    const folder = inFolder.get(folderOf(file.path)) ?? 0;
    return auditFile(file, { inBank, inFolder: folder });
  });
}

function auditFile(file: BankFile, { inBank, inFolder }: { inBank: number; inFolder: number }): Diagnostic[] {
  const inFile = file.questions.length;
  const meant = INDEX.test(file.path) ? inFolder : inFile;
  const inSection = countsByHeading(file);
  return linesOutsideQuestions(file).flatMap(({ text, line }): Diagnostic[] => {
    const stated = statedIn(text);
    if (stated === undefined) return [];
    const right =
      stated.section === undefined ? [meant, inFile, inFolder, inBank] : [inSection.get(stated.section) ?? 0];
    const [counted = 0] = right;
    if (counted === 0 || right.includes(stated.total)) return [];
    return [
      { code: "wrong-total", severity: "warning", path: file.path, line, arguments: { stated: stated.total, counted } },
    ];
  });
}

function statedIn(text: string): Stated | undefined {
  const [, section, count] = SECTION.exec(text) ?? [];
  if (section !== undefined && count !== undefined) return { total: numberOf(count), section };
  const total = TOTALS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  return total === undefined ? undefined : { total: numberOf(total), section: undefined };
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(",", ""));
}

/** Searchable lines that belong to no question, with 1-based numbers. */
function linesOutsideQuestions({ source, questions }: BankFile): { text: string; line: number }[] {
  const map = mapLines(source);
  const spans = questions.map((question) => question.span).toSorted((left, right) => left.start - right.start);
  let next = 0;
  return map.lines.flatMap((text, index) => {
    const start = map.startOf(index);
    while ((spans[next]?.end ?? Infinity) <= start) next += 1;
    const isOutside = start < (spans[next]?.start ?? Infinity);
    return isOutside && map.isSearchable(index) ? [{ text, line: index + 1 }] : [];
  });
}

function countsByHeading({ questions }: BankFile): Map<string, number> {
  const counts = new Map<string, number>();
  for (const heading of questions.flatMap((question) => [...new Set(question.headings)])) {
    counts.set(heading, (counts.get(heading) ?? 0) + 1);
  }
  return counts;
}

/** Questions in each folder and all folders below it. */
function countsByFolder(bank: Bank): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path, questions } of bank.files) {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      counts.set(folder, (counts.get(folder) ?? 0) + questions.length);
      if (folder === "") break;
    }
  }
  return counts;
}

/** Without a slash at its end; "" for the top. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
