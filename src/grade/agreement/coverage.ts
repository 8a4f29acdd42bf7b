import { tallyStates, type StateTally } from "../records/state-tally.ts";
import { answerOf, type AgreementRow } from "./agreement-row.ts";
import { groupBy } from "../../core/group-by.ts";

/** How much of what was handed in the figures speak of, in answers. */
export interface Coverage {
  readonly answers: number;
  readonly states: StateTally;
  /** Marked by at least one person, as a whole or in part. */
  readonly marked: number;
  /** Marked by a person and by the judge, so that they are in the figures. */
  readonly compared: number;
  /** Marked by a person, but by the judge not or only provisionally, so that they are in no figure. */
  readonly leftOut: StateTally;
}

export function coverageOf(rows: readonly AgreementRow[], isCompared: (row: AgreementRow) => boolean): Coverage {
  const answers = [...groupBy(rows, answerOf).values()];
  const marked = answers.filter((parts) => parts.some(({ human }) => human.length > 0));
  const compared = new Set(marked.filter((parts) => parts.some(isCompared)));
  return {
    answers: answers.length,
    states: countStates(answers),
    marked: marked.length,
    compared: compared.size,
    leftOut: countStates(marked.filter((parts) => !compared.has(parts))),
  };
}

function countStates(answers: readonly (readonly AgreementRow[])[]): StateTally {
  return tallyStates(answers.flatMap(([row]) => (row === undefined ? [] : [row.state])));
}
