import { cleanForPrompt } from "../../core/sanitise.ts";
import type { AnswerChecks, CheckContext } from "./answer-checks.ts";
import { hasHiddenCharacters, isMisencoded } from "./check-characters.ts";
import { saysSomething } from "./check-content.ts";
import { copyingFrom } from "./check-copied.ts";
import { suspectsOf } from "./check-suspects.ts";
import { fold } from "./fold.ts";
import type { GradeFlag } from "../records/record.ts";

const MOST_WORDS = 2_000;
const MOST_CHARACTERS = 16_000;

/** Looks at an answer before any model does. For many answers to one question take {@link answerChecker}. */
export function checkAnswer(answer: string, context: CheckContext): AnswerChecks {
  return answerChecker(context)(answer, context.isCopied);
}

/** Looks at the answers to one question; what they are compared with is read once. Linear in the answer. */
export function answerChecker(
  texts: Omit<CheckContext, "isCopied">,
): (answer: string, isCopied: boolean) => AnswerChecks {
  const copyingOf = copyingFrom(texts);
  return (answer, isCopied) => {
    const isBlank = cleanForPrompt(answer).text.trim() === "";
    const folded = fold(answer);
    const copying = copyingOf(folded.words);
    const isDegenerate = !isBlank && (!saysSomething(answer, folded) || copying.isNothingElse);
    const suspects = suspectsOf(answer, `${texts.question}\n${texts.reference}`);
    const findings: readonly (readonly [GradeFlag, boolean])[] = [
      ["degenerate", isDegenerate],
      ["question-copied", copying.isOfQuestion],
      ["rubric-copied", copying.isOfRubric],
      ["reference-copied", copying.isOfReference],
      ["answer-copied", isCopied],
      ["over-long", folded.words.length > MOST_WORDS || answer.length > MOST_CHARACTERS],
      ["hidden-characters", hasHiddenCharacters(answer)],
      ["encoding", isMisencoded(answer)],
      ["injection-suspected", suspects.length > 0],
    ];
    return {
      verdict: isBlank ? "blank" : isDegenerate ? "degenerate" : "grade",
      flags: findings.flatMap(([flag, isFound]) => (isFound ? [flag] : [])),
      suspects,
    };
  };
}
