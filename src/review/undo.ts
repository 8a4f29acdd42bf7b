import type { Edit } from "../bank/apply-edits.ts";
import type { Bank } from "../bank/question.ts";
import { indexQuestions, type Place, type QuestionIndex } from "./question-index.ts";
import type { SlotRecord } from "./slot-record.ts";
import type { ChangeResult, FileKeeper, FilePlan, SlotChange, WriteRefusal } from "./write-plan.ts";
import { planWritesInTurn } from "./write-in-turn.ts";

export interface UndoRequest extends FileKeeper {
  readonly bank: Bank;
  /** Writes to take back. */
  readonly records: readonly SlotRecord[];
}

/** `changed`: the slot no longer holds what was written · `missing`: no question has its text any more. */
export type UndoRefusal = { readonly code: "changed" | "missing" | "ambiguous" } | WriteRefusal;

export type UndoResult =
  | { readonly kind: "undone"; readonly undone: SlotRecord; readonly record: SlotRecord }
  | { readonly kind: "refused"; readonly undone: SlotRecord; readonly refusal: UndoRefusal };

/** What undoing would write. Making it writes nothing. */
export interface UndoPlan {
  readonly files: readonly FilePlan[];
  /** One for each record. */
  readonly results: readonly UndoResult[];
}

interface UndoChange extends SlotChange {
  readonly undone: SlotRecord;
}

/**
 * Plans to put back what writes replaced, wherever their questions are now, while the slots still hold what was written.
 */
export function planUndo(request: UndoRequest): UndoPlan {
  return planUndoInTurn([request]);
}

/** As {@link planUndo} for files of several kinds. They may be views of the same files: each is changed as the one before left it. */
export function planUndoInTurn(requests: readonly UndoRequest[]): UndoPlan {
  const settled: UndoResult[] = [];
  const turns = requests.map(({ bank, records, ...keeper }) => {
    const index = indexQuestions(bank);
    const changes = records.flatMap((record): UndoChange[] => {
      const found = findWritten(index, record);
      if (found.kind === "found") return [{ id: record.id, undone: record, ...found.place, edit: found.edit }];
      settled.push({ kind: "refused", undone: record, refusal: found.refusal });
      return [];
    });
    return { changes, keeper };
  });
  const { files, results } = planWritesInTurn(turns);
  return { files, results: [...settled, ...results.map(undoResult)] };
}

type Written =
  | { readonly kind: "found"; readonly place: Place; readonly edit: Edit }
  | { readonly kind: "refused"; readonly refusal: UndoRefusal };

/** What a slot holds tells twins apart here, and where it does not, it makes no difference which of them it is. */
function findWritten(index: QuestionIndex, record: SlotRecord): Written {
  const places = index.byTextHash.get(record.question_hash) ?? [];
  if (places.length === 0) return { kind: "refused", refusal: { code: "missing" } };
  const written = places.flatMap((place) => {
    const edit = reverseEdit(place, record);
    return edit === undefined ? [] : [{ kind: "found" as const, place, edit }];
  });
  const [first] = written;
  if (first === undefined) return { kind: "refused", refusal: { code: "changed" } };
  const near = written.filter(({ place }) => place.file.path === record.path);
  const there = near.filter(({ place }) => place.question.ordinal === record.place.ordinal);
  const chosen = [there, near, written].find((candidates) => candidates.length === 1)?.[0];
  return chosen ?? { kind: "refused", refusal: { code: "ambiguous" } };
}

/** Undefined unless the slot, and what was written around it, are exactly as the write left them. */
function reverseEdit({ file, question }: Place, { after_slot, after_slot_hash, edit }: SlotRecord): Edit | undefined {
  const { slot } = question;
  if (slot.hash !== after_slot_hash || after_slot === "") return undefined;
  for (let lead = edit.inserted.indexOf(after_slot); lead !== -1; lead = edit.inserted.indexOf(after_slot, lead + 1)) {
    const start = slot.span.start - lead;
    if (start >= 0 && file.source.text.startsWith(edit.inserted, start)) {
      return { start, end: start + edit.inserted.length, text: edit.removed };
    }
  }
  return undefined;
}

function undoResult(result: ChangeResult<UndoChange>): UndoResult {
  const { undone } = result.change;
  if (result.kind === "made") return { kind: "undone", undone, record: result.record };
  return { kind: "refused", undone, refusal: result.refusal };
}
