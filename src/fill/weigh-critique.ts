import type { CritiqueFinding, CritiqueReply } from "./reply-schema.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";

/** A critique after its quotes were looked up: the model's opinion, and what of it counts. */
export interface WeighedCritique {
  /** As the critic gave it. */
  readonly verdict: CritiqueReply["verdict"];
  /** Findings that stand: their quote is in the answer, or the kind needs none. Worst first. */
  readonly standing: readonly CritiqueFinding[];
  /** Findings about words that are not in the answer; kept for the record, never acted on. */
  readonly unfounded: readonly CritiqueFinding[];
}

const WEIGHT = { blocker: 0, major: 1, minor: 2 } as const;

/** Sorts a critique's findings by whether code can find what they talk about. */
export function weighCritique(reply: CritiqueReply, answer: string): WeighedCritique {
  const text = lettersAndDigits(answer);
  const sorted = reply.findings.toSorted((left, right) => WEIGHT[left.severity] - WEIGHT[right.severity]);
  const stands = (finding: CritiqueFinding): boolean => needsNoQuote(finding) || isIn(text, finding.quote);
  return {
    verdict: reply.verdict,
    standing: sorted.filter(stands),
    unfounded: sorted.filter((finding) => !stands(finding)),
  };
}

/** True where the critique asks for a change: a standing finding above minor, or any standing finding and no pass. */
export function demandsChange(critique: WeighedCritique): boolean {
  return critique.standing.some((finding) => finding.severity !== "minor" || critique.verdict !== "pass");
}

/**
 * True where a finding is still open after a revision: the reviser declined it, or the words it is about are still there.
 * A missing point cannot be looked up; there the reviser's word counts.
 */
export function isOpen(finding: CritiqueFinding, revised: string, declined: boolean): boolean {
  return declined || (!needsNoQuote(finding) && isIn(lettersAndDigits(revised), finding.quote));
}

function needsNoQuote(finding: CritiqueFinding): boolean {
  return finding.kind === "missing-key-point" || finding.kind === "off-question";
}

function isIn(answerLetters: string, quote: string): boolean {
  const letters = lettersAndDigits(quote);
  return letters !== "" && answerLetters.includes(letters);
}
