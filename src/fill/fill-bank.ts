import type { Proposal } from "../bank/proposal.ts";
import { FILLABLE_STATES, type Bank } from "../bank/question.ts";
import { stylesOf } from "../bank/style.ts";
import { vocabularyOfBank } from "../bank/vocabulary.ts";
import type { Model } from "../core/model.ts";
import type { OutcomeStatus } from "../core/outcome.ts";
import { buildProposal, buildReusedProposal } from "./build-proposal.ts";
import { itemFor } from "./draft-item.ts";
import { draftQuestion } from "./draft-question.ts";
import type { DraftPrompts } from "./draft-tasks.ts";
import type { FillOptions } from "./fill-plan.ts";
import { planFill } from "./plan-fill.ts";
import { buildIndex } from "./retrieval.ts";
import { sectionsOfBank, sectionsOfNote } from "./sections.ts";

export interface FillBankRequest {
  readonly bank: Bank;
  /** Notes as markdown that drafts may draw on and cite. */
  readonly notes?: readonly { readonly path: string; readonly text: string }[] | undefined;
  /** Proposals that are there already: their questions are left alone. */
  readonly proposals?: readonly Proposal[] | undefined;
  readonly prompts: DraftPrompts;
  readonly model: Model;
  /** What each proposal says of where it comes from. */
  readonly run: { readonly id: string; readonly provider: string; readonly model: string };
  readonly options?: (Partial<FillOptions> & { readonly critique?: boolean | undefined }) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FilledBank {
  /** In bank order, copied answers before drafted ones. */
  readonly proposals: readonly Proposal[];
  /** Questions without one, and how their drafts ended: a fault is never an answer. */
  readonly failed: readonly { readonly id: string; readonly path: string; readonly status: OutcomeStatus }[];
}

const PLAIN: FillOptions = { states: FILLABLE_STATES, redo: false, sentBack: new Map(), lastOutcomes: new Map() };

/**
 * Drafts an answer for every unfilled question of a bank: plan, draft, lint, critique, at most one revision. Questions that
 * the bank answers elsewhere get that answer without a request. Nothing is written.
 */
export async function fillBank(request: FillBankRequest): Promise<FilledBank> {
  const { bank, notes = [], proposals = [], prompts, model, run, options = {} } = request;
  const { signal = new AbortController().signal } = request;
  const { critique = true, ...chosen } = options;
  const known = proposals.map(({ header }) => header);
  const plan = planFill({ bank, proposals: known, options: { ...PLAIN, ...chosen } });
  const vocabulary = vocabularyOfBank(
    bank,
    notes.map(({ text }) => text),
  );
  const index = buildIndex([...notes.flatMap(sectionsOfNote), ...sectionsOfBank(bank)], vocabulary);
  const styleAt = stylesOf(bank);
  const from = { runId: run.id, provider: run.provider, model: run.model, ...provenanceOf(prompts) };
  const drafted = await Promise.all(
    plan.groups.map(async (group): Promise<FilledBank> => {
      const item = itemFor(group, index, styleAt(group.members[0]?.path ?? ""));
      const result = await draftQuestion({ item, prompts, model, signal, options: { critique, sample: group.sample } });
      if (result.status === "ok") {
        const { value, receipt } = result;
        return { proposals: group.members.map((each) => buildProposal(each, value, from, receipt)), failed: [] };
      }
      const { status } = result;
      return { proposals: [], failed: group.members.map(({ question: { id }, path }) => ({ id, path, status })) };
    }),
  );
  return {
    proposals: [
      ...plan.reused.map((each) => buildReusedProposal(each, run.id)),
      ...drafted.flatMap((each) => each.proposals),
    ],
    failed: drafted.flatMap((each) => each.failed),
  };
}

function provenanceOf({ provenance }: DraftPrompts): {
  readonly prompt: string;
  readonly promptHash: `sha256:${string}`;
} {
  return { prompt: provenance.prompt, promptHash: provenance.prompt_hash };
}
