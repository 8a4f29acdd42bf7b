import { z } from "zod";
import type { ProposalKind } from "../../bank/proposal.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { batchExclusion, isAcceptable, type BatchExclusion } from "../../review/acceptable.ts";
import { standWords, type ReviewItem } from "../../review/states.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { filterOption, itemsThat } from "./review-filter.ts";
import { refuseUnnamed } from "./review-named.ts";
import {
  carryOutAll,
  itemsWithId,
  openReview,
  REFUSAL_WORDS,
  reviewer,
  type ReviewSession,
  type Verdict,
} from "./review-session.ts";
import { underBankLock } from "./write-banks.ts";

const decideOptions = commonOptions.extend({
  ...filterOption.shape,
  all: z.boolean().default(false),
  despite: z
    .array(z.string())
    .default([])
    .transform((given) => given.flatMap((flags) => flags.split(","))),
  by: z.string().optional(),
  reason: z.string().max(2000, "expected at most 2000 characters").optional(),
  redo: z.boolean().default(false),
});

/** What a batch came to. */
interface Tally {
  readonly decided: ReviewItem[];
  readonly refused: { id: string; reason: string }[];
}

/** `answerkey review accept` and `review reject`, by id or for all. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { command, operands, options: flags } = context.invocation;
  const options = parseOptions(decideOptions, flags);
  refuseUnnamed(context.invocation, options);
  const project = await openProject(context, options);
  const accepts = command === "review accept";
  const action = accepts ? "accept" : options.redo ? "redo" : "reject";
  const verdict: Verdict = {
    action,
    actor: await reviewer(project, options.by),
    reason: options.reason,
    via: "script",
  };
  const tally = underBankLock(project, () => {
    const session = openReview(project, []);
    const items = options.all
      ? batch(project, itemsThat(session.items, options.filter), accepts ? options.despite : undefined)
      : [...new Set(operands)].flatMap((id) => itemsWithId(session, id));
    return decideAll(session, items, verdict, options.all);
  });
  show(project, tally, verdict);
  return tally.refused.length > 0 ? EXIT.open : EXIT.done;
}

/** All pending ones; for accepting, with the flags that are allowed, only those that need no look; the others are counted by what keeps them out. */
function batch(
  { report }: Project,
  items: readonly ReviewItem[],
  despite: readonly string[] | undefined,
): readonly ReviewItem[] {
  const pending = items.filter((item) => item.proposal.header.status === "pending");
  if (despite === undefined) return pending;
  const left = new Map<string, number>();
  for (const item of pending) {
    const exclusion = batchExclusion(item, despite);
    if (exclusion !== undefined) left.set(wordsOf(exclusion), (left.get(wordsOf(exclusion)) ?? 0) + 1);
  }
  for (const [words, count] of left) report.note(`${count} left for a look: ${words}`);
  return pending.filter((item) => batchExclusion(item, despite) === undefined);
}

function wordsOf(exclusion: BatchExclusion): string {
  switch (exclusion.kind) {
    case "decided":
      return "decided already";
    case "state":
      return exclusion.state;
    case "flagged":
      return `flag ${exclusion.flag}`;
    default:
      return exclusion satisfies never;
  }
}

function decideAll(session: ReviewSession, items: readonly ReviewItem[], verdict: Verdict, isBatch: boolean): Tally {
  const tally: Tally = { decided: [], refused: [] };
  const isBlocked = (item: ReviewItem): boolean =>
    verdict.action === "accept" && !isBatch && !isAcceptable(item) && item.state.kind !== "done";
  const open = items.filter((item) => !isBlocked(item));
  const refusals = new Map(carryOutAll(session, open, verdict).map((refusal, at) => [open[at], refusal]));
  for (const item of items) {
    const { id } = item.proposal.header;
    const refusal = refusals.get(item);
    if (isBlocked(item))
      tally.refused.push({ id, reason: `is ${standWords(item.state.kind)}: see answerkey review show ${id}` });
    else if (refusal === undefined) tally.decided.push(item);
    else tally.refused.push({ id, reason: REFUSAL_WORDS[refusal] });
  }
  return tally;
}

function show({ report }: Project, { decided, refused }: Tally, { action, actor }: Verdict): void {
  const words = { accept: "accepted", reject: "rejected", redo: "sent back for another draft", undo: "taken back" }[
    action
  ];
  report.result(`${plural(decided.length, "proposal")} ${words} by ${actor}`);
  for (const { id, reason } of refused) report.result(report.style("yellow", `${id} ${reason}`));
  if (action === "accept" && decided.length > 0) report.result("next: answerkey apply --dry-run");
  if (action === "redo") for (const command of draftersOf(decided)) report.result(`next: ${command}`);
  report.document({ schema: 1, action, actor, decided: decided.map(({ proposal }) => proposal.header.id), refused });
}

const DRAFTERS: Readonly<Record<ProposalKind, string>> = {
  answer: "answerkey fill",
  rubric: "answerkey rubric draft",
  wording: "answerkey audit --fix",
  overview: "answerkey audit --fix",
};

function draftersOf(items: readonly ReviewItem[]): ReadonlySet<string> {
  return new Set(items.map(({ proposal }) => DRAFTERS[proposal.header.kind]));
}
