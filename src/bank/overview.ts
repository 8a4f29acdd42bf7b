import { type Hash, hashOf } from "../core/hash.ts";
import { contentsRegions } from "./contents-regions.ts";
import { type LineMap, mapLines } from "./line-map.ts";
import { derivedId } from "./proposal.ts";
import type { BankFile, Question } from "./question.ts";
import type { Span } from "./source-text.ts";
import { statedTotals } from "./stated-totals.ts";
import { stretchSlot } from "./stretch-slot.ts";

const DIALECT = "overview";

/** A stretch in which a file says something of itself, before it is known how many others say the same. */
interface Stretch {
  /** What the stretch is, without what changes when it is brought up to date. */
  readonly name: string;
  /** For a reader. */
  readonly title: string;
  /** 0-based. */
  readonly line: number;
  readonly span: Span;
}

/**
 * A bank file in which the questions are the places where the file says something of itself, totals and tables of contents,
 * and the slots are what it says: to the review, bringing one up to date is filling such a slot.
 */
export function overviewView(file: BankFile): BankFile {
  const map = mapLines(file.source);
  const seen = new Map<Hash, number>();
  const stretches = [...totalsIn(file, map), ...contentsIn(map)].toSorted((left, right) => left.line - right.line);
  const questions = stretches.map((stretch): Question => {
    const textHash = hashOf(`overview ${stretch.name}`);
    const ordinal = seen.get(textHash) ?? 0;
    seen.set(textHash, ordinal + 1);
    return asQuestion(file, stretch, textHash, ordinal);
  });
  return { ...file, questions };
}

function totalsIn(file: BankFile, map: LineMap): readonly Stretch[] {
  return statedTotals(file, map).map(({ line, digits }) => {
    const text = map.lineAt(line);
    const at = digits.start - map.startOf(line);
    const name = `total ${text.slice(0, at)} ${text.slice(at + digits.end - digits.start)}`;
    return { name, title: `Total: ${text.trim()}`, line, span: { start: map.startOf(line), end: map.endOf(line) } };
  });
}

function contentsIn(map: LineMap): readonly Stretch[] {
  return contentsRegions(map).map(({ opening, first, last }) => ({
    name: `contents ${map.lineAt(opening).trim()}`,
    title: `Table of contents below ${map.lineAt(opening).trim()}`,
    line: opening,
    span: { start: map.startOf(first), end: last < first ? map.startOf(first) : map.endOf(last) },
  }));
}

function asQuestion({ source }: BankFile, { title, line, span }: Stretch, textHash: Hash, ordinal: number): Question {
  const name = `${textHash.slice("sha256:".length, "sha256:".length + 12)}${ordinal === 0 ? "" : `-${ordinal + 1}`}`;
  const id = derivedId(name, "overview");
  if (id === undefined) throw new Error("a hash makes a short name");
  return {
    id,
    textHash,
    ordinal,
    text: title,
    number: undefined,
    line: line + 1,
    headings: [],
    tags: [],
    span,
    state: span.start === span.end ? "empty" : "filled",
    slot: stretchSlot(source, span),
    dialect: DIALECT,
  };
}
