import { z } from "zod";
import { hashValue } from "../../core/hash-schema.ts";
import { EVIDENCE_FAULTS, EVIDENCE_TIERS } from "../judge/verdict.ts";

// What `records.jsonl` holds. Four things stay apart: what the judge said (`samples`), what the rules made of it
// (`criteria`, `mark`), what calibration changed (`calibrated`, its own record) and what a person set (override records).

/** Only `graded` and `overridden` carry a mark that counts; `needs-review` has a provisional one, kept out of every mean. */
export const GRADE_STATES = ["graded", "needs-review", "refused", "error", "blank", "stale", "overridden"] as const;
export type GradeState = (typeof GRADE_STATES)[number];

/**
 * Why a grade waits for a person, or what one should know of it. What begins with `injection` or ends in `copied` was found
 * by code before any model saw the answer.
 */
export const GRADE_FLAGS = [
  "degenerate",
  "question-copied",
  "rubric-copied",
  "reference-copied",
  "answer-copied",
  "over-long",
  "hidden-characters",
  "encoding",
  "injection-suspected",
  "injection-reported",
  "canary-credited",
  "masked-lower",
  "evidence-missing",
  "evidence-aligned",
  "evidence-unrelated",
  "evidence-shared",
  "negation-near-evidence",
  "samples-disagree",
  "sample-failed",
  "off-topic",
  "unreadable",
  "rubric-gap",
  "near-pass-mark",
  "cross-check-differs",
  "cross-check-far-below",
  "review-budget",
  "override-outdated",
] as const;
export type GradeFlag = (typeof GRADE_FLAGS)[number];

const thousandthsValue = z.int();

const evidence = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("located"),
    tier: z.enum(EVIDENCE_TIERS),
    text: z.string(),
    span: z.strictObject({ start: z.int(), end: z.int(), byteStart: z.int(), byteEnd: z.int() }),
    negated: z.boolean(),
  }),
  z.strictObject({ status: z.literal("invalid"), fault: z.enum(EVIDENCE_FAULTS) }),
]);

const sample = z.strictObject({
  verdicts: z.array(
    z.strictObject({
      criterion: z.string(),
      findings: z.string(),
      evidence: z.array(evidence),
      judged: z.string(),
      supported: z.string(),
    }),
  ),
  notes: z.strictObject({
    offTopic: z.boolean(),
    injectionAttempt: z.boolean(),
    unreadable: z.boolean(),
    rubricGap: z.string(),
  }),
  void: z.boolean(),
  /** True for a second look with what looks like orders to the judge left out; absent otherwise. */
  masked: z.literal(true).optional(),
});

/** One criterion after aggregation over samples and after the rules. */
const criterionResult = z.strictObject({
  criterion: z.string(),
  level: z.string(),
  /** Of the level. */
  points: thousandthsValue,
  /** What of them entered the total: 0 for the lesser criteria of a one-of group. */
  counted: thousandthsValue,
  evidence: z.array(evidence),
  findings: z.string(),
});
export type CriterionResult = z.infer<typeof criterionResult>;

/** A rule that changed the plain sum, so that a person can follow the total. */
const ruleEvent = z.strictObject({
  rule: z.enum(["one-of", "group-cap", "penalty-limit", "required", "max", "floor", "rounding"]),
  /** Criterion or group; "" for the total. */
  subject: z.string(),
  before: thousandthsValue,
  after: thousandthsValue,
});
export type RuleEvent = z.infer<typeof ruleEvent>;

export const gradeRecord = z.strictObject({
  type: z.literal("grade"),
  candidate: z.string(),
  question: z.string(),
  attempt: z.int().positive(),
  state: z.enum(GRADE_STATES),
  /** In thousandths. For `graded` the mark; for `needs-review` a provisional one or null; null in every other state. */
  mark: thousandthsValue.nullable(),
  max: thousandthsValue,
  criteria: z.array(criterionResult),
  events: z.array(ruleEvent),
  flags: z.array(z.enum(GRADE_FLAGS)),
  samples: z.array(sample),
  /** 0 (sure) to 1 (doubtful): how much a person should look at it first. */
  doubt: z.number().min(0).max(1),
  /** What the offline cross-check would give, as a share of full marks; null where it was not run. */
  crossCheck: z.number().min(0).max(1).nullable(),
  /** In plain words of ours why there is no mark; "" otherwise. */
  reason: z.string(),
  source: z.strictObject({ path: z.string(), line: z.int() }),
  answer: z.strictObject({
    /** Of what was handed in. */
    raw_hash: hashValue,
    /** Of what was graded. */
    hash: hashValue,
    characters: z.int(),
    words: z.int(),
  }),
  rubric: z.strictObject({ id: z.string(), content: hashValue, wording: hashValue, structure: hashValue }),
  run: z.strictObject({
    id: z.string(),
    provider: z.string(),
    model: z.string(),
    model_answered: z.string().nullable(),
    prompt: z.string(),
    prompt_hash: hashValue,
    samples_asked: z.int(),
    /** 0 at first, one more for each redo. */
    sample: z.int().nonnegative(),
    request_keys: z.array(z.string()),
    input_tokens: z.int(),
    output_tokens: z.int(),
    /** US dollars; null where the price is unknown. */
    cost: z.number().nullable(),
  }),
});
export type GradeRecord = z.infer<typeof gradeRecord>;

/** A person's word: it wins over every grade of the same answer, earlier or later, until it is withdrawn. */
export const overrideRecord = z.strictObject({
  type: z.literal("override"),
  candidate: z.string(),
  question: z.string(),
  attempt: z.int().positive(),
  by: z.string().min(1),
  reason: z.string().min(1),
  /** Levels that were changed, the mark set outright, or neither: the judge was right, or an earlier override is taken back. */
  levels: z.array(z.strictObject({ criterion: z.string(), from: z.string().nullable(), to: z.string() })),
  mark: z.strictObject({ from: thousandthsValue.nullable(), to: thousandthsValue }).nullable(),
  /** What it comes to, so that a reader of the log needs no rubric. For a withdrawal: what it was before. */
  result: z.strictObject({
    mark: thousandthsValue.nullable(),
    criteria: z.array(criterionResult),
    events: z.array(ruleEvent),
    /** The rubric it was counted by. */
    rubric: z.strictObject({ content: hashValue, wording: hashValue, structure: hashValue }),
  }),
  withdraws: z.boolean(),
});
export type OverrideRecord = z.infer<typeof overrideRecord>;

/** What a person saw in an answer, given without changing its grade: a label to compare the judge with. */
export const markRecord = z.strictObject({
  type: z.literal("mark"),
  candidate: z.string(),
  question: z.string(),
  attempt: z.int().positive(),
  by: z.string().min(1),
  /** True where it was given before anything of the judge was seen. */
  blind: z.boolean(),
  levels: z.array(z.strictObject({ criterion: z.string(), level: z.string() })),
  /** What the levels come to under the rubric of that time. */
  mark: thousandthsValue,
  /** The label with these levels is taken back: it counts no more. */
  withdraws: z.literal(true).optional(),
});
export type MarkRecord = z.infer<typeof markRecord>;

/** A rubric changed: what it did to the grades that were made with an earlier version. No model was called. */
export const rubricChangeRecord = z.strictObject({
  type: z.literal("rubric-change"),
  rubric: z.strictObject({ id: z.string(), content: hashValue, wording: hashValue, structure: hashValue }),
  before: z.strictObject({ content: hashValue, wording: hashValue, structure: hashValue }),
  effect: z.enum(["recomputed", "stale", "not-comparable"]),
  changes: z.array(
    z.strictObject({
      candidate: z.string(),
      question: z.string(),
      attempt: z.int().positive(),
      before: thousandthsValue.nullable(),
      after: thousandthsValue.nullable(),
      /** Counted anew; null where it became stale. */
      result: z.strictObject({ criteria: z.array(criterionResult), events: z.array(ruleEvent) }).nullable(),
    }),
  ),
});
export type RubricChangeRecord = z.infer<typeof rubricChangeRecord>;

/** The rubric of a grade in full, once for each content hash, so that a record can be read without the file. */
const rubricSnapshotRecord = z.strictObject({
  type: z.literal("rubric"),
  content: hashValue,
  /** The canonical rubric as JSON. */
  rubric: z.unknown(),
});

export const gradeLogEntry = z.discriminatedUnion("type", [
  gradeRecord,
  overrideRecord,
  markRecord,
  rubricChangeRecord,
  rubricSnapshotRecord,
]);
export type GradeLogEntry = z.infer<typeof gradeLogEntry>;
