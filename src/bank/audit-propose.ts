import { canonicalJson } from "../core/canonical-json.ts";
import { hashOf } from "../core/hash.ts";
import type { Fix, FixName } from "./audit-fix.ts";
import { newProposal } from "./new-proposal.ts";
import type { Proposal, ProposalHeader } from "./proposal.ts";
import { wordingHash } from "./wording.ts";

/** Why a fix is not proposed: it was before, and waits, is decided, or was refused by a person. */
export type KnownFix = "pending" | "accepted" | "rejected";

export interface FixProposals {
  /** To be written, with the proposals that they replace moved aside. */
  readonly proposals: readonly Proposal[];
  readonly known: ReadonlyMap<KnownFix, number>;
  /** Links to questions whose wording is still to be repaired: their anchors and words would change with it. */
  readonly waiting: number;
}

/**
 * The proposals for fixes beside those there are. A person's decision and a person's words stay; a fix that has become another
 * one replaces what waits; an answer that was drafted for a question stands before a link. A link waits for the repair of what
 * it leads to.
 */
export function proposeFixes(fixes: readonly Fix[], present: readonly Proposal[], runId: string): FixProposals {
  const byPlace = new Map(present.map((proposal) => [placeOf(proposal.header.source), proposal]));
  const known = new Map<KnownFix, number>();
  const made = fixes.flatMap((fix): Made[] => {
    const proposal = proposalFor(fix, 1, runId);
    const before = byPlace.get(placeOf(proposal.header.source));
    const reason = before === undefined ? undefined : knownAs(before, proposal);
    if (reason === undefined) {
      const revised = before === undefined ? proposal : proposalFor(fix, before.header.revision + 1, runId);
      return [{ fix, proposal: revised }];
    }
    known.set(reason, (known.get(reason) ?? 0) + 1);
    return [];
  });
  const repairs = openRepairs([...present, ...made.map(({ proposal }) => proposal)]);
  const ready = made.filter(({ fix }) => !leadsTo(fix, repairs));
  return { proposals: ready.map(({ proposal }) => proposal), known, waiting: made.length - ready.length };
}

interface Made {
  readonly fix: Fix;
  readonly proposal: Proposal;
}

/** Wordings that may yet change, each as its hash and file. */
function openRepairs(proposals: readonly Proposal[]): ReadonlySet<string> {
  const open = proposals.filter(
    ({ header: { kind, status } }) => kind === "wording" && (status === "pending" || status === "accepted"),
  );
  return new Set(open.map(({ header: { source } }) => `${source.question_hash} ${source.path}`));
}

/** Both ends of a link ask the same, so the hash of the one is that of the other. */
function leadsTo({ name, question, from }: Fix, repairs: ReadonlySet<string>): boolean {
  return name === "links" && from !== undefined && repairs.has(`${wordingHash(question.textHash)} ${from.path}`);
}

const LINK_PROMPT = promptOf("links");

function knownAs({ header, body }: Proposal, now: Proposal): KnownFix | undefined {
  if (header.status === "applied") return undefined;
  const isSame = body === now.body && header.source.base_slot_hash === now.header.source.base_slot_hash;
  const isOfPerson = hashOf(body) !== header.content_hash || header.status === "accepted";
  const isReplaceable = header.kind !== "answer" || (header.status === "pending" && header.run.prompt === LINK_PROMPT);
  return isSame || isOfPerson || !isReplaceable ? header.status : undefined;
}

/** What stands for the prompt of a draft in the proposal for a fix. */
function promptOf(name: FixName): string {
  return `fix:${name}`;
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
      prompt: promptOf(name),
      prompt_hash: hashOf(""),
      request_key: hashOf(canonicalJson(["audit", name, file.path, body])).slice("sha256:".length),
      tokens_in: 0,
      tokens_out: 0,
      cost_usd: 0,
    },
  );
}
