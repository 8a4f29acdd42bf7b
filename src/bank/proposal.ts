import { z } from "zod";
import { hashValue as hash } from "../core/hash-schema.ts";
import { isSafeName } from "../core/ids.ts";
import { rubricPlace } from "./rubric-file.ts";

const count = z.int().nonnegative();

export const PROPOSAL_STATUSES = ["pending", "accepted", "rejected", "applied"] as const;

export const PROPOSAL_KINDS = ["answer", "rubric"] as const;

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
  const isInPlace = kind === "answer" ? bank === undefined : bank !== undefined && isRubricOf(bank, id, path);
  if (isInPlace) return;
  const message = kind === "answer" ? "only a rubric has a bank" : "not where the rubric of that question belongs";
  context.addIssue({ code: "custom", path: ["source", kind === "answer" ? "bank" : "path"], message });
});

function isRubricOf(bank: string, id: string, path: string): boolean {
  const place = rubricPlace(bank, id.replace(/\.rubric$/, ""));
  return place?.id === id && place.path === path;
}

export type ProposalHeader = z.infer<typeof proposalHeader>;
export type ProposalKind = ProposalHeader["kind"];

export interface Proposal {
  readonly header: ProposalHeader;
  /** Markdown, or of a rubric YAML, with LF line ends. */
  readonly body: string;
}
