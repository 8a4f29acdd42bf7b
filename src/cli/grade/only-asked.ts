import { UserError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { codesByName } from "../../grade/submissions/candidate-names.ts";
import { questionFinder } from "../../grade/submissions/find-question.ts";
import type { GradedBank } from "../graded-bank.ts";
import type { OnlyAsked } from "../../grade/records/plan-grading.ts";
import type { CandidateAnswers } from "./read-answers.ts";

/**
 * The candidates and questions that `--only` names, by code and id: both are named as in the answers.
 * @throws UserError for what is no candidate and no question here.
 */
export function onlyAsked(
  { imported, codes, names: known }: Pick<CandidateAnswers, "imported" | "codes" | "names">,
  { questions, bank }: Pick<GradedBank, "questions" | "bank">,
  names: readonly string[] | undefined,
): OnlyAsked | undefined {
  if (names === undefined) return undefined;
  const candidates = new Set(imported.map(({ candidate }) => candidate));
  const called = new Map([...codesByName(codes, known)].map(([label, code]) => [folded(label), code]));
  const finder = questionFinder(bank);
  const meant = (name: string): string => {
    if (candidates.has(name) || questions.has(name)) return name;
    const code = called.get(folded(name));
    if (code !== undefined && candidates.has(code)) return code;
    const match = finder.find(name);
    if (match.status === "found" && questions.has(match.id)) return match.id;
    if (match.status === "found") throw new UserError(`${visibleLine(name)} has no usable rubric`, RUBRICS);
    const nearest = nearestName(name, [...candidates, ...questions.keys()]);
    throw new UserError(`there is no candidate or question ${visibleLine(name)}`, {
      hint:
        nearest === undefined
          ? "candidates are named as in the answers or by their codes, questions by number, text or id"
          : `did you mean ${nearest}?`,
    });
  };
  const all = [...new Set(names.map(meant))];
  return {
    candidates: new Set(all.filter((name) => candidates.has(name))),
    questions: new Set(all.filter((name) => !candidates.has(name))),
  };
}

const RUBRICS = {
  hint: "answerkey rubric draft proposes one, answerkey rubric lint says what is wrong with those there are",
};

/** Names and addresses are written in other cases than lists have them. */
function folded(name: string): string {
  return visibleLine(name).normalize("NFC").toLowerCase();
}
