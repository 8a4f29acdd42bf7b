import { z } from "zod";
import { isSafeName } from "../core/ids.ts";

const hash = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)]);
const count = z.int().nonnegative();

const common = {
  v: z.literal(1),
  /** 1 for the first line of the log, 2 for the second, … */
  seq: z.int().positive(),
  /** ISO 8601. */
  at: z.iso.datetime(),
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

/** Hash of the line before, without its line feed: a line that is changed, moved or taken out breaks the chain. */
const chained = { prev: hash };

const statusDecision = z.strictObject({
  action: z.enum(["accept", "reject", "redo", "edit", "undo"]),
  ...common,
  ...chained,
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
  /** The edit itself: `removed` stood at UTF-16 offset `start` of the file's text and gave way to `inserted`. */
  edit: z.strictObject({ start: count, removed: z.string(), inserted: z.string() }),
  before_file_hash: hash,
  after_file_hash: hash,
  ...chained,
});

/** One line of the decision log. */
export const decision = z.discriminatedUnion("action", [statusDecision, slotDecision]);

export type Decision = z.infer<typeof decision>;

type WithoutChain<Each> = Each extends unknown ? Omit<Each, "v" | "seq" | "at" | "prev"> : never;

/** A decision before the log has given it its time and its place in the chain. */
export type NewDecision = WithoutChain<Decision>;
