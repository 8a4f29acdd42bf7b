import { questionBody } from "../bank/question-body.ts";
import type { Bank, BankFile, Question } from "../bank/question.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { answersOf, reuseFor } from "./answers-of.ts";
import type {
  DraftGroup,
  FillCounts,
  FillOptions,
  FillPlan,
  KnownProposal,
  PlannedQuestion,
  ReusedAnswer,
  SkippedQuestion,
  SkipReason,
} from "./fill-plan.ts";
import { groupTwins } from "./group-twins.ts";

/**
 * Decides for every question of a bank whether it is drafted, copied from an answer elsewhere, or left alone and why.
 * Pure: the same bank, proposals and options give the same plan, in bank order.
 */
export function planFill(input: {
  readonly bank: Bank;
  readonly proposals: readonly KnownProposal[];
  readonly options: FillOptions;
}): FillPlan {
  const { bank, proposals, options } = input;
  const latest = latestByPlace(proposals);
  const open: PlannedQuestion[] = [];
  const skipped: SkippedQuestion[] = [];
  for (const file of bank.files) {
    const fileHash = hashOf(file.source.bytes);
    for (const question of file.questions.filter(({ state }) => state !== "filled" || options.states.has("filled"))) {
      const known = latest.get(placeOf(question.textHash, file.path, question.ordinal));
      const skip = skipReason(file, question, known, options);
      const { path } = file;
      const note = options.sentBack.get(question.id) ?? "";
      if (skip !== undefined) skipped.push({ question, path, ...skip });
      else {
        const body = questionBody(file.source, question);
        open.push({ question, body, path, fileHash, revision: (known?.revision ?? 0) + 1, note });
      }
    }
  }
  const chosen = new Set(choose(open, options));
  for (const { question, path } of open.filter((planned) => !chosen.has(planned))) {
    skipped.push({ question, path, reason: "over-limit" });
  }
  return split(bank, [...chosen], skipped, options.copies ?? true);
}

function split(
  bank: Bank,
  chosen: readonly PlannedQuestion[],
  skipped: readonly SkippedQuestion[],
  copies: boolean,
): FillPlan {
  const answers = answersOf(bank);
  const reused: ReusedAnswer[] = [];
  const fresh: PlannedQuestion[] = [];
  for (const planned of chosen) {
    // Whoever asks for another draft has seen the copied answer.
    const reuse = copies && planned.revision === 1 ? reuseFor(planned, answers) : undefined;
    if (reuse === undefined) fresh.push(planned);
    else reused.push(reuse);
  }
  const groups = groupTwins(fresh);
  return { groups, reused, skipped, counts: countsOf(bank, groups, reused, skipped) };
}

/** Where a proposal belongs: renumbering or filling other questions does not change it. */
function placeOf(textHash: Hash, path: string, ordinal: number): string {
  return `${textHash} ${ordinal} ${path}`;
}

function latestByPlace(proposals: readonly KnownProposal[]): ReadonlyMap<string, KnownProposal> {
  const latest = new Map<string, KnownProposal>();
  for (const proposal of proposals) {
    const place = placeOf(proposal.source.question_hash, proposal.source.path, proposal.source.ordinal);
    if ((latest.get(place)?.revision ?? 0) < proposal.revision) latest.set(place, proposal);
  }
  return latest;
}

function skipReason(
  file: BankFile,
  question: Question,
  known: KnownProposal | undefined,
  options: FillOptions,
): { readonly reason: SkipReason; readonly detail?: string } | undefined {
  if (!options.states.has(question.state)) return { reason: "state", detail: question.state };
  if (file.readOnly !== undefined) return { reason: "read-only", detail: file.readOnly };
  if (options.only?.has(question.id) === false) return { reason: "not-selected" };
  if (options.unreadable?.has(`${file.path} ${question.id}`) === true) return { reason: "proposal-unreadable" };
  const last = options.lastOutcomes.get(question.id);
  if (options.retry !== undefined && (last === undefined || !options.retry.has(last)))
    return { reason: "last-outcome" };
  return blockedBy(known, question, options);
}

// Unread drafts and a person's decisions are not paid for again. An accepted one is redone only when it is named.
function blockedBy(
  known: KnownProposal | undefined,
  question: Question,
  options: FillOptions,
): { readonly reason: SkipReason } | undefined {
  if (known === undefined || known.status === "applied") return undefined;
  const isSentBack = known.status === "rejected" && options.sentBack.has(question.id);
  const mayRedo =
    options.redo && known.isOwn !== true && (known.status !== "accepted" || options.only?.has(question.id) === true);
  return mayRedo || isSentBack ? undefined : { reason: `proposal-${known.status}` };
}

function choose(open: readonly PlannedQuestion[], { sample, limit }: FillOptions): readonly PlannedQuestion[] {
  const sampled = sample === undefined ? open : spread(open, sample);
  return limit === undefined ? sampled : sampled.slice(0, limit);
}

// The smallest hashes: spread evenly, the same every time, and a larger sample contains the smaller one.
function spread(open: readonly PlannedQuestion[], count: number): readonly PlannedQuestion[] {
  const keyed = open.map((planned) => ({
    planned,
    key: hashOf(`${planned.question.textHash} ${planned.question.ordinal} ${planned.question.id}`),
  }));
  const taken = new Set(
    keyed
      .toSorted((left, right) => (left.key < right.key ? -1 : 1))
      .slice(0, count)
      .map(({ planned }) => planned),
  );
  return open.filter((planned) => taken.has(planned));
}

function countsOf(
  bank: Bank,
  groups: readonly DraftGroup[],
  reused: readonly ReusedAnswer[],
  skipped: readonly SkippedQuestion[],
): FillCounts {
  const byReason: Record<SkipReason, number> = {
    state: 0,
    "read-only": 0,
    "not-selected": 0,
    "last-outcome": 0,
    "proposal-pending": 0,
    "proposal-accepted": 0,
    "proposal-rejected": 0,
    "proposal-unreadable": 0,
    "over-limit": 0,
  };
  for (const { reason } of skipped) byReason[reason] += 1;
  return {
    questions: bank.files.reduce((sum, file) => sum + file.questions.length, 0),
    drafts: groups.length,
    drafted: groups.reduce((sum, group) => sum + group.members.length, 0),
    reused: reused.length,
    conflicting: reused.filter((reuse) => reuse.isConflicting).length,
    skipped: byReason,
  };
}
