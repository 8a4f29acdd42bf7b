import type { Proposal } from "../../bank/proposal.ts";
import { hashOf } from "../../core/hash.ts";
import type { Decision } from "../../files/decision.ts";

/**
 * The answer that stood in the slot when a draft was made, where the decision log has it because an earlier write put it
 * there or took it out; a proposal itself keeps only its hash.
 *
 * @param indent of the slot's lines.
 */
export function slotBase(decisions: readonly Decision[], { header }: Proposal, indent: string): string | undefined {
  const base = header.source.base_slot_hash;
  for (const decision of decisions.toReversed()) {
    if (decision.action !== "apply" && decision.action !== "revert") continue;
    if (decision.question_hash !== header.source.question_hash) continue;
    const slot = [decision.after_slot, decision.before_slot].find((text) => hashOf(text) === base);
    if (slot !== undefined) return answerIn(slot, indent);
  }
  return undefined;
}

function answerIn(slot: string, indent: string): string {
  const lines = slot.replaceAll("\r\n", "\n").split("\n");
  return lines
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n")
    .trim();
}
