import { z } from "zod";
import { hashValue as hash } from "../core/hash-schema.ts";
import { isSafeName, questionId, type QuestionId } from "../core/ids.ts";
import { rubricPlace } from "./rubric-file.ts";

const count = z.int().nonnegative();

export const PROPOSAL_STATUSES = ["pending", "accepted", "rejected", "applied"] as const;

/**
 * What a proposal changes: the slot of an answer · a rubric file · how a question is worded · what a file says of itself, a
 * total or a table of contents.
 */
export const PROPOSAL_KINDS = ["answer", "rubric", "wording", "overview"] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/**
 * The id of a proposal that is not for an answer: the kind is its ending, so that proposals of several kinds for one question
 * never meet. Undefined where it would be too long.
 */
export function derivedId(name: string, kind: Exclude<ProposalKind, "answer">): QuestionId | undefined {
  const id = `${name}.${kind}`;
  return isSafeName(id) ? questionId(id) : undefined;
}

/** The kind of the proposal with this id; an answer's has the id of its question. */
export function kindOfId(id: string): ProposalKind {
  return PROPOSAL_KINDS.find((kind) => kind !== "answer" && id.endsWith(`.${kind}`)) ?? "answer";
}

/** Where the question stood when the draft was made; enough to find it again after the file has moved or changed. */
const source = z.strictObject({
  /** The file that the draft goes into. */
  path: z.string().min(1),
  /** Of a rubric: the bank file that asks its question. */
  bank: z.string().min(1).optional(),
  headings: z.array(z.string()),
  number: z.string().optional(),
  /** Position among questions with equal text in the file. */
  ordinal: count,
  question_hash: hash,
  base_slot_hash: hash,
  base_file_hash: hash,
});

const run = z.strictObject({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  model_answered: z.string().optional(),
  prompt: z.string(),
  prompt_hash: hash,
  request_key: z.string(),
  tokens_in: count,
  tokens_out: count,
  /** US dollars, or "unknown" for a model without a price. */
  cost_usd: z.union([z.number().nonnegative(), z.literal("unknown")]),
});

const citation = z.strictObject({
  path: z.string(),
  heading: z.string(),
  quote: z.string().optional(),
});

const signals = z.strictObject({
  /** The model's own estimate, 0 to 1, where it gave one. Shown, never used to accept anything. */
  confidence: z.number().min(0).max(1).optional(),
  verdict: z.enum(["pass", "revise", "reject", "not-run"]),
  findings: z.array(z.string()),
  flags: z.array(z.string()),
  citations: z.array(citation),
  key_points: z.array(z.string()),
  assumptions: z.array(z.string()),
  doubts: z.array(z.string()),
  /** The question with lost blanks restored, where that differs from the file. */
  question_restored: z.string().optional(),
});

const header = z.strictObject({
  schema: z.literal(1),
  kind: z.enum(PROPOSAL_KINDS),
  id: z.string().refine(isSafeName, "not a valid question id"),
  status: z.enum(PROPOSAL_STATUSES),
  question: z.string(),
  source,
  run,
  signals,
  /** Hash of the body as generated; a body with another hash was edited by hand. */
  content_hash: hash,
  revision: z.int().positive(),
});

/** The front matter of a proposal file. The body of the file is the draft and nothing else. */
export const proposalHeader = header.superRefine(({ kind, id, source: { path, bank } }, context) => {
  if (kind !== kindOfId(id)) context.addIssue({ code: "custom", path: ["id"], message: `not the id of a ${kind}` });
  else if (kind !== "rubric" && bank !== undefined) {
    context.addIssue({ code: "custom", path: ["source", "bank"], message: "only a rubric has a bank" });
  } else if (kind === "rubric" && (bank === undefined || !isRubricOf(bank, id, path))) {
    const message = "not where the rubric of that question belongs";
    context.addIssue({ code: "custom", path: ["source", "path"], message });
  }
});

function isRubricOf(bank: string, id: string, path: string): boolean {
  const place = rubricPlace(bank, id.replace(/\.rubric$/, ""));
  return place?.id === id && place.path === path;
}

export type ProposalHeader = z.infer<typeof proposalHeader>;

export interface Proposal {
  readonly header: ProposalHeader;
  /** Markdown, or of a rubric YAML, with LF line ends. */
  readonly body: string;
}
