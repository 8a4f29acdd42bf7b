import { newProposal, runOf, type Provenance } from "../bank/new-proposal.ts";
import type { Proposal, ProposalHeader } from "../bank/proposal.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { hashOf } from "../core/hash.ts";
import type { Receipt } from "../core/outcome.ts";
import type { Draft } from "./conclude-draft.ts";
import type { PlannedQuestion, ReusedAnswer } from "./fill-plan.ts";

/** Makes the proposal for one question out of a draft. Every member of a group gets its own, with the same receipt. */
export function buildProposal(planned: PlannedQuestion, draft: Draft, from: Provenance, receipt: Receipt): Proposal {
  return newProposal(planned, { body: draft.answer, signals: draft.signals }, runOf(from, receipt));
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
  return newProposal(
    planned,
    { body: answer, signals },
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
