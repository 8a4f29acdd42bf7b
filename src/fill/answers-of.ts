import type { Bank } from "../bank/question.ts";
import { isReference } from "../bank/reference-answer.ts";
import type { Hash } from "../core/hash.ts";
import type { PlannedQuestion, ReusedAnswer } from "./fill-plan.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";

interface KnownAnswer {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly answer: string;
}

/** The bank's answers by question text, in bank order. */
export function answersOf(bank: Bank): ReadonlyMap<Hash, readonly KnownAnswer[]> {
  const answers = new Map<Hash, KnownAnswer[]>();
  for (const { path, questions } of bank.files) {
    for (const { id, textHash, state, slot, line } of questions) {
      if (state !== "filled" || slot.answer.trim() === "" || isReference(slot.answer)) continue;
      const known = { id, path, line, answer: slot.answer };
      const twins = answers.get(textHash);
      if (twins === undefined) answers.set(textHash, [known]);
      else twins.push(known);
    }
  }
  return answers;
}

/** The answer that the bank has for a question's text elsewhere: from the same file if there is one, else the first. */
export function reuseFor(
  planned: PlannedQuestion,
  answers: ReadonlyMap<Hash, readonly KnownAnswer[]>,
): ReusedAnswer | undefined {
  const known = (answers.get(planned.question.textHash) ?? []).filter((each) => each.id !== planned.question.id);
  const chosen = known.find((each) => each.path === planned.path) ?? known[0];
  if (chosen === undefined) return undefined;
  const { answer, path, line } = chosen;
  const isConflicting = new Set(known.map((each) => lettersAndDigits(each.answer))).size > 1;
  return { planned, answer, from: { path, line }, isConflicting };
}
