import type { QuestionId } from "../core/ids.ts";
import { agreesOnBlock } from "./cross-check.ts";
import { readDraftStructure } from "./draft-structure.ts";
import type { BankFile, Question } from "./question.ts";

/**
 * Compares a file with what it became by edits of some slots, both parsed. Returns why the change may not be written,
 * or undefined where it may: the same questions in the same order, nothing but the edited slots changed, and nothing in
 * an answer that acts outside it.
 */
export function guardStructure(before: BankFile, after: BankFile, edited: ReadonlySet<QuestionId>): string | undefined {
  if (after.readOnly !== before.readOnly) return `the file would get an ${after.readOnly ?? "other state"}`;
  if (after.questions.length !== before.questions.length) {
    return `the file would have ${after.questions.length} questions instead of ${before.questions.length}`;
  }
  const pairs = before.questions.map((question, index) => ({ old: question, new: after.questions[index] ?? question }));
  const fault =
    pairs.map((pair) => (edited.has(pair.old.id) ? faultInEdited(pair) : faultInOther(pair))).find(isFault) ??
    faultBetween(
      before,
      after,
      pairs.filter((pair) => edited.has(pair.old.id)),
    );
  return (
    fault ??
    pairs
      .filter((pair) => edited.has(pair.old.id))
      .map((pair) => faultInAnswer(before, after, pair))
      .find(isFault)
  );
}

/**
 * Compares a file with what it became by edits outside of answers, both parsed. Returns why the change may not be written, or
 * undefined where every question and every answer is what it was. Headings may change: a total may stand in one.
 */
export function guardAnswers(before: BankFile, after: BankFile): string | undefined {
  if (after.readOnly !== before.readOnly) return `the file would get an ${after.readOnly ?? "other state"}`;
  if (after.questions.length !== before.questions.length) {
    return `the file would have ${after.questions.length} questions instead of ${before.questions.length}`;
  }
  const headings = { headings: [] };
  return before.questions
    .map((old, index) => ({ old: { ...old, ...headings }, new: { ...(after.questions[index] ?? old), ...headings } }))
    .map(faultInOther)
    .find(isFault);
}

interface Pair {
  readonly old: Question;
  readonly new: Question;
}

function isFault(fault: string | undefined): fault is string {
  return fault !== undefined;
}

function faultInQuestion(pair: Pair): string | undefined {
  const isSame =
    pair.old.textHash === pair.new.textHash &&
    pair.old.number === pair.new.number &&
    pair.old.dialect === pair.new.dialect &&
    pair.old.headings.join("\n") === pair.new.headings.join("\n");
  return isSame ? undefined : `the question at line ${pair.old.line} would change`;
}

function faultInOther(pair: Pair): string | undefined {
  const isSame = pair.old.state === pair.new.state && pair.old.slot.text === pair.new.slot.text;
  return faultInQuestion(pair) ?? (isSame ? undefined : `the answer at line ${pair.old.line} would change`);
}

const ANSWERED: ReadonlySet<string> = new Set(["filled", "partial"]);

function faultInEdited(pair: Pair): string | undefined {
  const changed = faultInQuestion(pair);
  if (changed !== undefined) return changed;
  // Taking an answer back may leave the question unfilled; putting one in may not.
  const isFine = ANSWERED.has(pair.old.state) || pair.new.state === "filled";
  return isFine ? undefined : `the answer at line ${pair.old.line} would still count as ${pair.new.state}`;
}

/** Everything between the edited slots has to be where it was, so that each slot holds what was put in and no less. */
function faultBetween(before: BankFile, after: BankFile, edited: readonly Pair[]): string | undefined {
  let old = 0;
  let now = 0;
  for (const pair of [...edited, undefined]) {
    const oldText = before.source.text.slice(old, pair?.old.slot.span.start);
    const newText = after.source.text.slice(now, pair?.new.slot.span.start);
    if (!isSameGap(oldText, newText, pair)) return reasonFor(pair ?? edited.at(-1));
    old = pair?.old.slot.span.end ?? 0;
    now = pair?.new.slot.span.end ?? 0;
  }
  return undefined;
}

function reasonFor(pair: Pair | undefined): string {
  return `the answer near line ${pair?.old.line ?? 1} would not be read back as it was put in`;
}

/** Equal but for blank lines after a slot, and for a marker that comes or goes with the answer. */
function isSameGap(oldText: string, newText: string, pair: Pair | undefined): boolean {
  const [old, now] = [oldText.trim(), newText.trim()];
  if (pair === undefined || pair.old.slot.hasMarker === pair.new.slot.hasMarker) return old === now;
  const bare = pair.old.slot.hasMarker ? pair.new : pair.old;
  const [short, long] = pair.old.slot.hasMarker ? [now, old] : [old, now];
  return long.startsWith(short) && long.slice(short.length).trim() === bare.slot.insertMarker.trim();
}

/** By file as it was: what was found in each answer put into it. A file is tried with many sets of the same answers. */
const FOUND = new WeakMap<BankFile, Map<string, string | undefined>>();

/** Reads an answer once: what is wrong inside it depends on its own block, not on what its neighbours get. */
function faultInAnswer(before: BankFile, after: BankFile, pair: Pair): string | undefined {
  const { span, slot } = pair.new;
  const block = after.source.text.slice(span.start, Math.max(span.end, slot.span.end));
  const key = JSON.stringify([pair.old.line, slot.span.start - span.start, slot.answer, block]);
  const found = FOUND.get(before) ?? new Map<string, string | undefined>();
  FOUND.set(before, found);
  if (!found.has(key)) found.set(key, findFault(after, pair, block));
  return found.get(key);
}

function findFault(after: BankFile, pair: Pair, block: string): string | undefined {
  const old = readDraftStructure(pair.old.slot.answer);
  const now = readDraftStructure(pair.new.slot.answer);
  const place = `in the answer to the question at line ${pair.old.line}`;
  if (now.unclosed !== undefined) return `a ${now.unclosed} is not closed ${place}`;
  if (now.unpairedTag !== undefined && now.unpairedTag !== old.unpairedTag) {
    return `<${now.unpairedTag}> has no other half ${place}`;
  }
  if (now.linkDefinitions.some((label) => !old.linkDefinitions.includes(label))) {
    return `a link is defined for the whole file ${place}`;
  }
  if (now.topHeading <= questionLevel(after, pair.new) && now.topHeading < old.topHeading) {
    return `a heading is as high as the question ${place}`;
  }
  return agreesOnBlock(block, pair.new.slot.span.start - pair.new.span.start)
    ? undefined
    : `two parsers disagree ${place}`;
}

/** Level of the question's own heading; 0 where it is none. */
function questionLevel(file: BankFile, question: Question): number {
  const line = file.source.text.slice(question.span.start, question.span.start + 80);
  return /^\s*(?:\d+[.)]\s+)?(#{1,6})\s/.exec(line)?.[1]?.length ?? 0;
}
