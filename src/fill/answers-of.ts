import { askedHash, questionBody } from "../bank/question-body.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";
import type { Bank } from "../bank/question.ts";
import { isReference } from "../bank/reference-answer.ts";
import type { Hash } from "../core/hash.ts";
import type { PlannedQuestion, ReusedAnswer } from "./fill-plan.ts";

interface KnownAnswer {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly answer: string;
}

/** The bank's answers by what is asked, in bank order. */
export function answersOf(bank: Bank): ReadonlyMap<Hash, readonly KnownAnswer[]> {
  const answers = new Map<Hash, KnownAnswer[]>();
  for (const { path, source, questions } of bank.files) {
    for (const question of questions) {
      const { id, state, slot, line } = question;
      if (state !== "filled" || slot.answer.trim() === "" || isReference(slot.answer)) continue;
      const known = { id, path, line, answer: slot.answer };
      const asked = askedHash(question, questionBody(source, question));
      const twins = answers.get(asked);
      if (twins === undefined) answers.set(asked, [known]);
      else twins.push(known);
    }
  }
  return answers;
}

/** The answer that the bank has elsewhere to what is asked: from the same file if there is one, else the first. */
export function reuseFor(
  planned: PlannedQuestion,
  answers: ReadonlyMap<Hash, readonly KnownAnswer[]>,
): ReusedAnswer | undefined {
  const { question, body } = planned;
  const known = (answers.get(askedHash(question, body)) ?? []).filter((each) => each.id !== question.id);
  const chosen = known.find((each) => each.path === planned.path) ?? known[0];
  if (chosen === undefined) return undefined;
  const { answer, path, line } = chosen;
  const isConflicting = new Set(known.map((each) => lettersAndDigits(each.answer))).size > 1;
  return { planned, answer, from: { path, line }, isConflicting };
}
