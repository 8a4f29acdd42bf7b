import { applyEdits, type Edit } from "../bank/apply-edits.ts";
import { readDraftStructure } from "../bank/draft-structure.ts";
import type { BankFile, Question } from "../bank/question.ts";
import { guardStructure } from "../bank/structure-guard.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import type { QuestionId } from "../core/ids.ts";
import { halves, separate, type Attempt } from "./separate.ts";
import { slotPlace, type SlotRecord } from "./slot-record.ts";

/** Reads a file as the bank that it belongs to was read. */
export type ReadBankFile = (path: string, bytes: Uint8Array) => BankFile;

/** Compares a file with what it became by edits: why they may not be written, or undefined where they may. */
export type GuardChange = (before: BankFile, after: BankFile, edited: ReadonlySet<QuestionId>) => string | undefined;

/** How files of one kind are read again after a change, and what a change to them must not do. */
export interface FileKeeper {
  readonly read: ReadBankFile;
  /** By default what keeps a bank whole. */
  readonly guard?: GuardChange | undefined;
}

/** A file as it is and as it is to be. It is written only while it still has the base hash. */
export interface FilePlan {
  readonly path: string;
  readonly baseHash: Hash;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** New text for one slot. */
export interface SlotChange {
  /** The proposal's id. */
  readonly id: string;
  readonly file: BankFile;
  readonly question: Question;
  readonly edit: Edit;
}

/** Why a slot is not written, whatever for. `no-change`: it would hold what it holds, a placeholder for one. */
export type WriteRefusal =
  | { readonly code: "slot-taken" | "no-change" }
  | { readonly code: "read-only" | "breaks-file"; readonly detail: string };

export type ChangeResult<Change> =
  | { readonly kind: "made"; readonly change: Change; readonly record: SlotRecord }
  | { readonly kind: "refused"; readonly change: Change; readonly refusal: WriteRefusal };

export interface WritePlan<Change> {
  readonly files: readonly FilePlan[];
  /** One for each change. */
  readonly results: readonly ChangeResult<Change>[];
}

/**
 * Makes the changes to each file together and reads the result again. Those that would change more than their slots are
 * left out, so that a file keeps its questions, in order, and every byte outside the edits.
 */
export function planWrites<Change extends SlotChange>(
  changes: readonly Change[],
  keeper: FileKeeper,
): WritePlan<Change> {
  const files: FilePlan[] = [];
  const { groups, results } = admit(changes);
  for (const [file, candidates] of groups) {
    const attempt = (together: readonly Change[]): Attempt<BankFile, string> => changeFile(file, together, keeper);
    const { sound, whole, broken } = separate(candidates, attempt, (items) => suspectsApart(items, keeper));
    for (const { item, fault } of broken) results.push(refused(item, { code: "breaks-file", detail: fault }));
    if (whole === undefined) continue;
    const before = file.source.bytes;
    files.push({ path: file.path, baseHash: hashOf(before), before, after: whole.source.bytes });
    const record = recorder(file, whole);
    for (const change of sound) results.push({ kind: "made", change, record: record(change) });
  }
  return { files, results };
}

/** One change a slot, and none in a file that is not to be written. */
function admit<Change extends SlotChange>(
  changes: readonly Change[],
): { readonly groups: ReadonlyMap<BankFile, readonly Change[]>; readonly results: ChangeResult<Change>[] } {
  const taken = new Set<Question>();
  const groups = new Map<BankFile, Change[]>();
  const results: ChangeResult<Change>[] = [];
  for (const change of changes) {
    const { file, question } = change;
    const group = groups.get(file);
    if (file.readOnly !== undefined) results.push(refused(change, { code: "read-only", detail: file.readOnly }));
    else if (isNoChange(change)) results.push(refused(change, { code: "no-change" }));
    else if (taken.has(question)) results.push(refused(change, { code: "slot-taken" }));
    else if (group === undefined) groups.set(file, [change]);
    else group.push(change);
    taken.add(question);
  }
  return { groups, results };
}

/** Those that look harmful by themselves stand together, which spares many attempts; whether they are, the attempts tell. */
function suspectsApart<Change extends SlotChange>(
  changes: readonly Change[],
  keeper: FileKeeper,
): readonly (readonly Change[])[] {
  const suspects = new Set(changes.filter((change) => isSuspect(change, keeper)));
  const calm = changes.filter((change) => !suspects.has(change));
  return [calm, [...suspects]].flatMap((part) => (part.length < changes.length ? [part] : halves(part)));
}

/** Tried on its own block, as if that were the file: all blocks together cost what the file does. */
function isSuspect({ file, question, edit }: SlotChange, keeper: FileKeeper): boolean {
  const { unclosed, unpairedTag, linkDefinitions } = readDraftStructure(edit.text);
  if (unclosed !== undefined || unpairedTag !== undefined || linkDefinitions.length > 0) return true;
  const start = Math.min(question.span.start, edit.start);
  const text = file.source.text.slice(start, Math.max(question.span.end, edit.end));
  const block = keeper.read(file.path, new TextEncoder().encode(text));
  const [alone, ...others] = block.questions;
  // What is no question without the rest of its file cannot be judged without it.
  if (alone === undefined || others.length > 0 || alone.textHash !== question.textHash) return false;
  const moved = { ...edit, start: edit.start - start, end: edit.end - start };
  return changeFile(block, [{ id: alone.id, file: block, question: alone, edit: moved }], keeper).kind === "broken";
}

function isNoChange({ file, edit }: SlotChange): boolean {
  return file.source.text.slice(edit.start, edit.end) === edit.text;
}

function changeFile(
  file: BankFile,
  changes: readonly SlotChange[],
  { read, guard = guardStructure }: FileKeeper,
): Attempt<BankFile, string> {
  try {
    const edits = changes.map(({ edit }) => edit);
    const changed = read(file.path, applyEdits(file.source, edits));
    const fault = guard(file, changed, new Set(changes.map(({ question }) => question.id)));
    return fault === undefined ? { kind: "whole", whole: changed } : { kind: "broken", fault };
  } catch (error) {
    // Bytes inside a slot that are not UTF-8: applyEdits does not touch them.
    if (error instanceof RangeError) return { kind: "broken", fault: error.message };
    throw error;
  }
}

function recorder(file: BankFile, changed: BankFile): (change: SlotChange) => SlotRecord {
  const positions = new Map(file.questions.map((question, at) => [question, at]));
  const hashes = { before_file_hash: hashOf(file.source.bytes), after_file_hash: hashOf(changed.source.bytes) };
  return ({ id, question, edit }) => {
    // The guard has seen that the questions are the same ones in the same order.
    const after = changed.questions[positions.get(question) ?? -1] ?? question;
    return {
      id,
      path: file.path,
      question_hash: question.textHash,
      place: slotPlace(after),
      before_slot: question.slot.text,
      after_slot: after.slot.text,
      after_slot_hash: after.slot.hash,
      edit: { start: edit.start, removed: file.source.text.slice(edit.start, edit.end), inserted: edit.text },
      ...hashes,
    };
  };
}

function refused<Change>(change: Change, refusal: WriteRefusal): ChangeResult<Change> {
  return { kind: "refused", change, refusal };
}
