import type { Question } from "../bank/question.ts";
import type { Hash } from "../core/hash.ts";

/**
 * One write into one slot, for the decision log: all it takes to find the answer again and to put back what it
 * replaced. Texts are exact.
 */
export interface SlotRecord {
  readonly id: string;
  readonly path: string;
  readonly question_hash: Hash;
  readonly place: SlotPlace;
  readonly before_slot: string;
  readonly after_slot: string;
  readonly after_slot_hash: Hash;
  /** `removed` stood at UTF-16 offset `start` of the text, as the kinds written before left it, and gave way to `inserted`. */
  readonly edit: { readonly start: number; readonly removed: string; readonly inserted: string };
  readonly before_file_hash: Hash;
  readonly after_file_hash: Hash;
}

/** Where a question stands, as a proposal's source has it. */
export interface SlotPlace {
  headings: string[];
  number?: string | undefined;
  ordinal: number;
}

export function slotPlace({ headings, number, ordinal }: Question): SlotPlace {
  return { headings: [...headings], ...(number === undefined ? {} : { number }), ordinal };
}
