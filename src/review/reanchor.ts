import type { Proposal } from "../bank/proposal.ts";
import { hashOf } from "../core/hash.ts";
import type { Place } from "./question-index.ts";

/**
 * The proposal as if it had been drafted for this place as it is now: a person's answer to a conflict (overwrite what
 * is there, or with `body` the merged text) and to a stale or ambiguous question (this is the one). Pending again, so
 * that it passes through a decision like any other. With another question it becomes that question's proposal, id and all.
 */
export function reanchored(proposal: Proposal, { file, question }: Place, body: string = proposal.body): Proposal {
  const { bank } = proposal.header.source;
  const source = {
    path: file.path,
    ...(bank === undefined ? {} : { bank }),
    headings: [...question.headings],
    ...(question.number === undefined ? {} : { number: question.number }),
    ordinal: question.ordinal,
    question_hash: question.textHash,
    base_slot_hash: question.slot.hash,
    base_file_hash: hashOf(file.source.bytes),
  };
  return { header: { ...proposal.header, id: question.id, status: "pending", question: question.text, source }, body };
}
