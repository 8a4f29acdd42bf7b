import type { BankConfig } from "../../bank/bank-config.ts";
import { ABOUT_PROJECT, detectDialects, type Guess } from "../../bank/detect.ts";
import { LINE } from "../../bank/line-kind.ts";
import { mapLines } from "../../bank/line-map.ts";
import { FILLABLE_STATES, type BankFile, type Question } from "../../bank/question.ts";
import { asks } from "../../bank/question-like.ts";
import { readBankFile } from "../../bank/read-bank-file.ts";
import { readBankFiles, type SkippedFile } from "../../files/bank-files.ts";

/** What looked like questions and was not taken for them, and what to write in order to have it taken. */
export interface NearMiss {
  readonly path: string;
  /** 1-based line of the first of them. */
  readonly line: number;
  /** The built-in layout that would take them; undefined where none would. */
  readonly dialect: string | undefined;
  /** The first of them, as it stands in the file. */
  readonly text: string;
  readonly questions: number;
  /** Of those, how many ask something. */
  readonly asking: number;
  /** Dialects that the file is read with already. */
  readonly besides: readonly string[];
}

export interface Survey {
  /** Every markdown file, in path order. */
  readonly files: readonly BankFile[];
  readonly nearMisses: readonly NearMiss[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads every markdown file of a folder as a bank, and looks a second time at what detection passed over.
 * @throws UserError where the folder cannot be read.
 */
export function surveyFolder(root: string, config: BankConfig): Survey {
  const read = (path: string, bytes: Uint8Array): BankFile => readBankFile(path, bytes, config);
  const { files, skipped } = readBankFiles(root, [root], read);
  return { files, nearMisses: nearMissesIn(files, config), skipped };
}

/** The same for files that are not on disk yet. */
export function surveyFiles(files: ReadonlyMap<string, Uint8Array>, config: BankConfig): Survey {
  const read = [...files].map(([path, bytes]) => readBankFile(path, bytes, config));
  return { files: read, nearMisses: nearMissesIn(read, config), skipped: [] };
}

export function isBank(file: BankFile): boolean {
  return file.questions.length > 0;
}

export function unfilledOf(file: BankFile): number {
  return file.questions.filter(({ state }) => FILLABLE_STATES.has(state)).length;
}

/** What detection passed over in files that were read, the most promising first. */
export function nearMissesIn(files: readonly BankFile[], config: BankConfig): readonly NearMiss[] {
  return files.flatMap((file) => nearMissOf(file, config) ?? []).toSorted((left, right) => right.asking - left.asking);
}

/** An entry of a table of contents. */
const LINK_WITHIN = /\]\(#/;
const FEWEST = 2;
const LEAST_SHARE = 0.4;

/** Two are worth a look only where both ask. */
function isWorthALook(asking: number, questions: number): boolean {
  return asking >= FEWEST && asking >= questions * (questions > FEWEST ? LEAST_SHARE : 1);
}

/** The best of the guesses that were not believed; undefined where none of them is worth a person's look. */
function nearMissOf(file: BankFile, config: BankConfig): NearMiss | undefined {
  // Somebody has said already what this file is.
  if (file.chosenBy === "config" || file.chosenBy === "front-matter" || file.readOnly === "generated-file")
    return undefined;
  const { guesses } = detectDialects(file.path, mapLines(file.source));
  const isFree = ({ text, span }: Question): boolean =>
    !LINK_WITHIN.test(text) &&
    !file.questions.some((known) => known.span.start < span.end && span.start < known.span.end);
  const misses = guesses.filter(wasDoubted).flatMap(({ dialect }) => {
    const entry = { files: [file.path], exclude: [], dialect };
    const read = readBankFile(file.path, file.source.bytes, { ...config, banks: [entry] });
    return missOf(file, dialect, read.questions.filter(isFree));
  });
  return misses.toSorted((left, right) => right.asking - left.asking)[0] ?? unknownLayout(file);
}

/** The end of a line, a cell of a table or an element of HTML that asks, whatever begins it. */
const ENDS_ASKING = /([^|<>]{3,300}[?？؟])[\s"'’”*_`)\]]*(?:\||<\/|$)/u;
const FEWEST_IN_UNKNOWN = 3;
const LEAST_SHARE_OF_UNKNOWN = 0.15;

/** Questions in a layout that no dialect knows: so many of the lines ask that the file hardly is something else. */
function unknownLayout(file: BankFile): NearMiss | undefined {
  if (isBank(file) || file.readOnly !== undefined || ABOUT_PROJECT.test(file.path)) return undefined;
  const map = mapLines(file.source);
  const asking = map.matching(ENDS_ASKING);
  const visible = map.kinds.reduce((count, kind) => count + Number(kind === LINE.text), 0);
  const [first] = asking;
  if (first === undefined || asking.length < FEWEST_IN_UNKNOWN || asking.length < visible * LEAST_SHARE_OF_UNKNOWN)
    return undefined;
  const text = (ENDS_ASKING.exec(map.lineAt(first))?.[1] ?? "").replace(/^[\s\d#>*_+.:)-]+/, "");
  const { path, dialects: besides } = file;
  return { path, line: first + 1, dialect: undefined, text, questions: asking.length, asking: asking.length, besides };
}

function wasDoubted({ verdict, questions }: Guess): boolean {
  return (verdict === "too little evidence" || verdict === "less fitting") && questions >= FEWEST;
}

function missOf(file: BankFile, dialect: string, questions: readonly Question[]): readonly NearMiss[] {
  const asking = questions.filter(({ text }) => asks(text)).length;
  const [first] = questions;
  if (first === undefined || !isWorthALook(asking, questions.length)) return [];
  const { path, dialects: besides } = file;
  const { line, text } = first;
  return [{ path, line, dialect, text, questions: questions.length, asking, besides }];
}
