import { z } from "zod";
import { hashValue as hash } from "../core/hash-schema.ts";
import { isSafeName } from "../core/ids.ts";
import { chainEnd, chainStart, type NewEntry } from "./chained-log.ts";

const count = z.int().nonnegative();

const common = {
  ...chainStart,
  /** Who decided. */
  actor: z.string(),
  /** By which door: `terminal`, `web`, `script`, `apply`. */
  via: z.string(),
  id: z.string().refine(isSafeName, "not a valid question id"),
  /** The bank file. */
  path: z.string(),
  question_hash: hash,
  draft_hash: hash,
  reason: z.string().optional(),
  /** True where a person had changed the draft. */
  edited: z.boolean(),
  model: z.string(),
  prompt: z.string(),
  run: z.string(),
};

const statusDecision = z.strictObject({
  action: z.enum(["accept", "reject", "redo", "edit", "undo"]),
  ...common,
  ...chainEnd,
});

/** A write into a bank, with all that it takes to find the place again and to undo it. */
const slotDecision = z.strictObject({
  action: z.enum(["apply", "revert"]),
  ...common,
  /** Where the question stood, as in a proposal's `source`. */
  place: z.strictObject({ headings: z.array(z.string()), number: z.string().optional(), ordinal: count }),
  /** Exact texts of the slot. */
  before_slot: z.string(),
  after_slot: z.string(),
  after_slot_hash: hash,
  /** The edit itself: `removed` stood at UTF-16 offset `start` of the text, as the kinds written before left it, and gave way to `inserted`. */
  edit: z.strictObject({ start: count, removed: z.string(), inserted: z.string() }),
  before_file_hash: hash,
  after_file_hash: hash,
  ...chainEnd,
});

/** One line of the decision log. */
export const decision = z.discriminatedUnion("action", [statusDecision, slotDecision]);

export type Decision = z.infer<typeof decision>;

export type NewDecision = NewEntry<Decision>;
