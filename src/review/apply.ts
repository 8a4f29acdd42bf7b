import { isBlankText } from "../bank/blank-text.ts";
import type { Proposal } from "../bank/proposal.ts";
import type { Bank, BankFile, Question } from "../bank/question.ts";
import { renderAnswer } from "../bank/slots.ts";
import type { Spacing } from "../bank/spacing.ts";
import { learnStyle, type HouseStyle } from "../bank/style.ts";
import type { IsOwnChange } from "./own-writes.ts";
import type { Place } from "./question-index.ts";
import type { SlotRecord } from "./slot-record.ts";
import { reviewItems, type ReviewItem, type StateName } from "./states.ts";
import type { FileKeeper, FilePlan, ChangeResult, SlotChange, WriteRefusal } from "./write-plan.ts";
import { planWritesInTurn } from "./write-in-turn.ts";

export interface ApplyRequest extends FileKeeper {
  readonly bank: Bank;
  /** All proposals there are for it: the accepted ones are applied, the others tell which questions are theirs. */
  readonly proposals: readonly Proposal[];
  /** What the log knows of the files; nothing by default. */
  readonly isOwnChange?: IsOwnChange | undefined;
}

/**
 * Why a draft is not written: what became of its question or slot, or what is wrong with the file or the draft. `empty`: nothing
 * would be seen of it, and nothing would be left to take back.
 */
export type ApplyRefusal = { readonly code: Exclude<StateName, "clean" | "moved" | "done"> | "empty" } | WriteRefusal;

export type ApplyResult =
  | { readonly kind: "applied"; readonly proposal: Proposal; readonly record: SlotRecord }
  | { readonly kind: "already-done"; readonly proposal: Proposal }
  | { readonly kind: "refused"; readonly proposal: Proposal; readonly refusal: ApplyRefusal };

/** What applying would write. Making it writes nothing. */
export interface ApplyPlan {
  readonly files: readonly FilePlan[];
  /** One for each accepted proposal. */
  readonly results: readonly ApplyResult[];
}

interface DraftChange extends SlotChange {
  readonly proposal: Proposal;
}

/**
 * Plans to write the accepted proposals. A draft goes only into the slot it was made for, while that holds what it held
 * then; one that would change anything else is refused, and the others go through.
 */
export function planApply(request: ApplyRequest): ApplyPlan {
  return planApplyInTurn([request]);
}

/** As {@link planApply} for files of several kinds. They may be views of the same files: each is changed as the one before left it. */
export function planApplyInTurn(requests: readonly ApplyRequest[]): ApplyPlan {
  const settled: ApplyResult[] = [];
  const turns = requests.map(({ bank, proposals, isOwnChange, ...keeper }) => {
    const { changes, others } = changesOf(bank, reviewItems(bank, proposals, isOwnChange));
    settled.push(...others);
    return { changes, keeper };
  });
  const { files, results } = planWritesInTurn(turns);
  return { files, results: [...settled, ...results.map(applyResult)] };
}

interface Sorted {
  readonly changes: readonly DraftChange[];
  readonly others: readonly ApplyResult[];
}

function changesOf(bank: Bank, items: readonly ReviewItem[]): Sorted {
  const spacingOf = spacingIn(bank);
  const changes: DraftChange[] = [];
  const others: ApplyResult[] = [];
  for (const { proposal, state } of items) {
    if (proposal.header.status !== "accepted") continue;
    if (isBlankText(proposal.body)) others.push({ kind: "refused", proposal, refusal: { code: "empty" } });
    else if (state.kind === "done") others.push({ kind: "already-done", proposal });
    else if (state.kind === "clean" || state.kind === "moved") {
      changes.push(changeFor(proposal, state.place, spacingOf(state.place.file)));
    } else others.push({ kind: "refused", proposal, refusal: { code: state.kind } });
  }
  return { changes, others };
}

function changeFor(proposal: Proposal, { file, question }: Place, spacing: Spacing): DraftChange {
  const text = renderAnswer(question, proposal.body, { eol: file.source.eol, spacing });
  return { id: proposal.header.id, proposal, file, question, edit: { ...question.slot.span, text } };
}

function applyResult(result: ChangeResult<DraftChange>): ApplyResult {
  const { proposal } = result.change;
  if (result.kind === "made") return { kind: "applied", proposal, record: result.record };
  return { kind: "refused", proposal, refusal: result.refusal };
}

/** The spacing of the file's own answers; where it has none, of the bank's. */
function spacingIn(bank: Bank): (file: BankFile) => Spacing {
  const known = new Map<BankFile | Bank, HouseStyle>();
  const styleOf = (key: BankFile | Bank, questions: () => readonly Question[]): HouseStyle => {
    const style = known.get(key) ?? learnStyle(questions());
    known.set(key, style);
    return style;
  };
  return (file) => {
    const own = styleOf(file, () => file.questions);
    if (own.answers > 0) return own.spacing;
    return styleOf(bank, () => bank.files.flatMap(({ questions }) => questions)).spacing;
  };
}
