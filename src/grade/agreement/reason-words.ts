import type { IntervalReason, UndefinedReason } from "./estimate.ts";

const UNDEFINED: Readonly<Record<UndefinedReason, string>> = {
  "no-pairs": "no answer has both marks",
  "all-equal": "all marks are the same",
  "one-side-equal": "one side gave every answer the same mark",
  "no-pass-line": "no rubric here has a pass mark",
  "no-cross-check": "the cross-check was not run",
  "no-second-rater": "no answer was marked by two people",
  "scales-differ": "the questions have different scales",
  "one-length": "all answers are equally long",
  "no-middle": "no answer lies in the middle of the scale, or none at its ends",
  "none-there": "no answer lies there",
};

const NO_INTERVAL: Readonly<Record<IntervalReason, string>> = {
  "one-cluster": "all answers are of one candidate",
  "rarely-defined": "too few different marks for an interval",
  "no-spread": "too few answers for an interval: they all say the same",
};

/** Why a statistic has no value. */
export function undefinedWords(reason: UndefinedReason): string {
  return UNDEFINED[reason];
}

/** Why an estimate has no interval. */
export function unknownIntervalWords(reason: IntervalReason): string {
  return NO_INTERVAL[reason];
}
