import { canonicalJson } from "../core/canonical-json.ts";
import { hashOf } from "../core/hash.ts";
import type { Fix } from "./audit-fix.ts";
import { newProposal } from "./new-proposal.ts";
import type { Proposal, ProposalHeader } from "./proposal.ts";

/** Why a fix is not proposed: it was before, and waits, is decided, or was refused by a person. */
export type KnownFix = "pending" | "accepted" | "rejected";

export interface FixProposals {
  /** To be written, with the proposals that they replace moved aside. */
  readonly proposals: readonly Proposal[];
  readonly known: ReadonlyMap<KnownFix, number>;
}

/**
 * The proposals for fixes beside those there are. A person's decision and a person's words stay; a fix that has become another
 * one replaces what waits; an answer that was drafted for a question stands before a link.
 */
export function proposeFixes(fixes: readonly Fix[], present: readonly Proposal[], runId: string): FixProposals {
  const byPlace = new Map(present.map((proposal) => [placeOf(proposal.header.source), proposal]));
  const known = new Map<KnownFix, number>();
  const proposals = fixes.flatMap((fix): Proposal[] => {
    const proposal = proposalFor(fix, 1, runId);
    const before = byPlace.get(placeOf(proposal.header.source));
    const reason = before === undefined ? undefined : knownAs(before, proposal);
    if (reason === undefined)
      return [before === undefined ? proposal : proposalFor(fix, before.header.revision + 1, runId)];
    known.set(reason, (known.get(reason) ?? 0) + 1);
    return [];
  });
  return { proposals, known };
}

function knownAs({ header, body }: Proposal, now: Proposal): KnownFix | undefined {
  if (header.status === "applied") return undefined;
  const isSame = body === now.body && header.source.base_slot_hash === now.header.source.base_slot_hash;
  const isOfPerson = hashOf(body) !== header.content_hash || header.status === "accepted";
  return isSame || isOfPerson || header.kind === "answer" ? header.status : undefined;
}

function placeOf({ question_hash, path, ordinal }: ProposalHeader["source"]): string {
  return `${question_hash} ${ordinal} ${path}`;
}

function proposalFor(
  { name, file, question, body, flags, doubts, from }: Fix,
  revision: number,
  runId: string,
): Proposal {
  return newProposal(
    { question, path: file.path, fileHash: hashOf(file.source.bytes), revision },
    {
      body,
      signals: {
        verdict: "not-run",
        findings: [],
        flags: [...flags],
        citations: from === undefined ? [] : [{ path: from.path, heading: from.text }],
        key_points: [],
        assumptions: [],
        doubts: [...doubts],
      },
    },
    {
      id: runId,
      provider: "audit",
      model: "audit",
      prompt: `fix:${name}`,
      prompt_hash: hashOf(""),
      request_key: hashOf(canonicalJson(["audit", name, file.path, body])).slice("sha256:".length),
      tokens_in: 0,
      tokens_out: 0,
      cost_usd: 0,
    },
  );
}
