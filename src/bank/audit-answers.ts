import type { Diagnostic } from "../core/diagnostics.ts";
import type { Bank, Question } from "./question.ts";
import { isReference } from "./reference-answer.ts";
import { stylesOf } from "./style.ts";
import { traitsOf } from "./style-traits.ts";

/** A stub has fewer words than this, and less than a quarter of what is usual where it stands. */
const STUB_WORDS = 15;
const STUB_SHARE = 0.25;
/** A picture or a command can be the whole answer. */
const SHOWN = /!\[|<img\b|`/i;

/** Answers that are marked as unfinished, choices without a right one, and answers far shorter than their neighbours. */
export function auditAnswers(bank: Bank): Diagnostic[] {
  const styleAt = stylesOf(bank);
  return bank.files.flatMap(({ path, questions }) => {
    // A blank exam is meant to be one.
    const unmarked = questions.some(({ state }) => state === "filled") ? "warning" : "info";
    return questions.flatMap((question): Diagnostic[] => {
      const { id, line, state } = question;
      if (state === "choice") return [{ code: "unmarked-choice", severity: unmarked, path, line, arguments: { id } }];
      if (state === "partial") return [{ code: "partial-answer", severity: "info", path, line, arguments: { id } }];
      const words = stubWords(question, styleAt(path).words.typical);
      return words === undefined
        ? []
        : [{ code: "stub-answer", severity: "info", path, line, arguments: { id, words } }];
    });
  });
}

/** Number of words of a stub, undefined for an answer that is none. */
function stubWords({ state, slot }: Question, typicalWords: number): number | undefined {
  if (state !== "filled" || SHOWN.test(slot.answer) || isReference(slot.answer)) return undefined;
  const { words, languages, hasTable, hasMath } = traitsOf(slot.answer);
  const isShort = words < STUB_WORDS && words < STUB_SHARE * typicalWords;
  return isShort && languages.length === 0 && !hasTable && !hasMath ? words : undefined;
}
