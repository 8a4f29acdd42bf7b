import type { Proposal, ProposalHeader } from "../../src/bank/proposal.ts";
import type { BankFile, Question } from "../../src/bank/question.ts";
import { hashOf, type Hash } from "../../src/core/hash.ts";

const RUN: ProposalHeader["run"] = {
  id: "2030-01-02t03-04-05z-a1b2",
  provider: "offline",
  model: "offline",
  prompt: "draft@1",
  prompt_hash: hashOf("prompt"),
  request_key: "0".repeat(64),
  tokens_in: 10,
  tokens_out: 20,
  cost_usd: 0,
};

const SIGNALS: ProposalHeader["signals"] = {
  confidence: 0.5,
  verdict: "pass",
  findings: [],
  flags: [],
  citations: [],
  key_points: [],
  assumptions: [],
  doubts: [],
};

export interface ProposalTraits {
  readonly status?: ProposalHeader["status"];
  readonly flags?: string[];
}

/** A proposal as drafted for a question that stands in a file now. */
export function proposalOf(file: BankFile, question: Question, body: string, traits: ProposalTraits = {}): Proposal {
  const { status = "accepted", flags = [] } = traits;
  return {
    header: {
      schema: 1,
      kind: "answer",
      id: question.id,
      status,
      question: question.text,
      source: {
        path: file.path,
        headings: [...question.headings],
        ...(question.number === undefined ? {} : { number: question.number }),
        ordinal: question.ordinal,
        question_hash: question.textHash,
        base_slot_hash: question.slot.hash,
        base_file_hash: fileHash(file),
      },
      run: RUN,
      signals: { ...SIGNALS, flags },
      content_hash: hashOf(body),
      revision: 1,
    },
    body,
  };
}

const HASHES = new WeakMap<BankFile, Hash>();

/** Once a file: a test may propose for thousands of its questions. */
function fileHash(file: BankFile): Hash {
  const hash = HASHES.get(file) ?? hashOf(file.source.bytes);
  HASHES.set(file, hash);
  return hash;
}
