import type { Proposal } from "../bank/proposal.ts";
import type { Bank, BankFile, Question } from "../bank/question.ts";
import { renderAnswer } from "../bank/slots.ts";
import type { Spacing } from "../bank/spacing.ts";
import { learnStyle, type HouseStyle } from "../bank/style.ts";
import type { Place } from "./question-index.ts";
import type { SlotRecord } from "./slot-record.ts";
import { reviewItems, type StateName } from "./states.ts";
import {
  planWrites,
  type FileKeeper,
  type FilePlan,
  type ChangeResult,
  type SlotChange,
  type WriteRefusal,
} from "./write-plan.ts";

export interface ApplyRequest extends FileKeeper {
  readonly bank: Bank;
  /** All proposals there are for it: the accepted ones are applied, the others tell which questions are theirs. */
  readonly proposals: readonly Proposal[];
}

/** Why a draft is not written: what became of its question or slot, or what is wrong with the file or the draft. */
export type ApplyRefusal = { readonly code: Exclude<StateName, "clean" | "moved" | "done"> } | WriteRefusal;

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
export function planApply({ bank, proposals, ...keeper }: ApplyRequest): ApplyPlan {
  const spacingOf = spacingIn(bank);
  const changes: DraftChange[] = [];
  const settled: ApplyResult[] = [];
  for (const { proposal, state } of reviewItems(bank, proposals)) {
    if (proposal.header.status !== "accepted") continue;
    if (state.kind === "done") settled.push({ kind: "already-done", proposal });
    else if (state.kind === "clean" || state.kind === "moved") {
      changes.push(changeFor(proposal, state.place, spacingOf(state.place.file)));
    } else settled.push({ kind: "refused", proposal, refusal: { code: state.kind } });
  }
  const { files, results } = planWrites(changes, keeper);
  return { files, results: [...settled, ...results.map(applyResult)] };
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
