import { hashOf, type Hash } from "../core/hash.ts";
import type { Receipt } from "../core/outcome.ts";
import { kindOfId, type Proposal, type ProposalHeader } from "./proposal.ts";
import type { Question } from "./question.ts";

/** What a proposal is made for: a question where it stands now. */
export interface ProposalTarget {
  readonly question: Question;
  readonly path: string;
  readonly fileHash: Hash;
  /** 1 for a first proposal, one more than the proposal it replaces for a redo. */
  readonly revision: number;
  /** Of a rubric: the bank file that asks its question. */
  readonly bank?: string | undefined;
}

/** Where a draft came from. */
export interface Provenance {
  readonly runId: string;
  readonly provider: string;
  readonly model: string;
  readonly prompt: string;
  readonly promptHash: Hash;
}

/** A proposal that waits for a decision. Its body is the draft. */
export function newProposal(
  { question, path, fileHash, revision, bank }: ProposalTarget,
  draft: { readonly body: string; readonly signals: ProposalHeader["signals"] },
  run: ProposalHeader["run"],
): Proposal {
  return {
    header: {
      schema: 1,
      kind: kindOfId(question.id),
      id: question.id,
      status: "pending",
      question: question.text,
      source: {
        path,
        ...(bank === undefined ? {} : { bank }),
        headings: [...question.headings],
        ...(question.number === undefined ? {} : { number: question.number }),
        ordinal: question.ordinal,
        question_hash: question.textHash,
        base_slot_hash: question.slot.hash,
        base_file_hash: fileHash,
      },
      run,
      signals: draft.signals,
      content_hash: hashOf(draft.body),
      revision,
    },
    body: draft.body,
  };
}

/** A draft's origin with what it cost, for its proposal. */
export function runOf(from: Provenance, { usage, cost, key, modelAnswered }: Receipt): ProposalHeader["run"] {
  return {
    id: from.runId,
    provider: from.provider,
    model: from.model,
    ...(modelAnswered === undefined ? {} : { model_answered: modelAnswered }),
    prompt: from.prompt,
    prompt_hash: from.promptHash,
    request_key: key,
    tokens_in: usage.inputTokens,
    tokens_out: usage.outputTokens,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
  };
}
