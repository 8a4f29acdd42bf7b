import type { Proposal, ProposalHeader } from "../bank/proposal.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import type { Receipt } from "../core/outcome.ts";
import type { Draft } from "./conclude-draft.ts";
import type { PlannedQuestion, ReusedAnswer } from "./fill-plan.ts";

/** Where a draft came from. */
export interface Provenance {
  readonly runId: string;
  readonly provider: string;
  readonly model: string;
  readonly prompt: string;
  readonly promptHash: Hash;
}

/** Makes the proposal for one question out of a draft. Every member of a group gets its own, with the same receipt. */
export function buildProposal(planned: PlannedQuestion, draft: Draft, from: Provenance, receipt: Receipt): Proposal {
  const { usage, cost, key, modelAnswered } = receipt;
  return assemble(planned, draft, {
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
  });
}

/** Makes the proposal for an answer copied from elsewhere in the bank: no model, no prompt, no cost. */
export function buildReusedProposal(reused: ReusedAnswer, runId: string): Proposal {
  const { planned, answer, from, isConflicting } = reused;
  const signals: ProposalHeader["signals"] = {
    confidence: 1,
    verdict: "not-run",
    findings: [],
    flags: isConflicting ? ["reused-conflict"] : [],
    citations: [{ path: from.path, heading: planned.question.text }],
    key_points: [],
    assumptions: [],
    doubts: isConflicting ? ["The bank answers this question in more than one way; this is one of them."] : [],
  };
  return assemble(
    planned,
    { answer, signals },
    {
      id: runId,
      provider: "reuse",
      model: "none",
      prompt: "none",
      prompt_hash: hashOf(""),
      request_key: hashOf(canonicalJson(["reuse", from, answer])).slice("sha256:".length),
      tokens_in: 0,
      tokens_out: 0,
      cost_usd: 0,
    },
  );
}

function assemble(planned: PlannedQuestion, draft: Draft, run: ProposalHeader["run"]): Proposal {
  const { question, path, fileHash, revision } = planned;
  return {
    header: {
      schema: 1,
      kind: "answer",
      id: question.id,
      status: "pending",
      question: question.text,
      source: {
        path,
        headings: [...question.headings],
        ...(question.number === undefined ? {} : { number: question.number }),
        ordinal: question.ordinal,
        question_hash: question.textHash,
        base_slot_hash: question.slot.hash,
        base_file_hash: fileHash,
      },
      run,
      signals: draft.signals,
      content_hash: hashOf(draft.answer),
      revision,
    },
    body: draft.answer,
  };
}
