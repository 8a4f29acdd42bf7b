import type { CalibrationRefusal } from "./apply-calibration.ts";
import { LEAST_LABELS, type Declined } from "./fit-calibration.ts";

const DECLINES: Readonly<Record<Declined["reason"], string>> = {
  "too-few": `a map needs ${LEAST_LABELS} at least; fitted on fewer it loses agreement`,
  "no-rubric": "the rubric of a question is not known",
  flat: "people's marks do not rise with the judge's, so every answer would get the same",
  "no-better": "on answers it had not seen, the map was no nearer to people than the judge",
};

/** Why there is no map for these questions, in one line. */
export function declineWords({ questions, reason, n }: Declined): string {
  return `${questions.join(", ")}: not calibrated with ${n} marked answers; ${DECLINES[reason]}`;
}

const REFUSALS: Readonly<Record<CalibrationRefusal, string>> = {
  damaged: "the calibration was changed after it was fitted",
  question: "the calibration was not fitted on this question",
  model: "the calibration was fitted for another model",
  prompt: "the calibration was fitted for another prompt",
  rubric: "the calibration was fitted for another version of the rubric",
};

/** Why a map says nothing of a mark, in one line. */
export function refusalWords(reason: CalibrationRefusal): string {
  return `${REFUSALS[reason]}; the raw mark stands`;
}
