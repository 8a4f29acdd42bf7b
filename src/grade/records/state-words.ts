import type { GradeFlag, GradeState, RuleEvent } from "./record.ts";
import type { EvidenceFault } from "../judge/verdict.ts";

/** What a state is called where people read it. */
export const STATE_WORDS = {
  graded: "graded",
  overridden: "set by a person",
  "needs-review": "needs review",
  blank: "blank",
  refused: "refused",
  error: "error",
  stale: "stale",
} as const satisfies Record<GradeState, string>;

/** What it means, in one sentence. */
export const STATE_MEANINGS = {
  graded: "Judged, checked, and the mark counts.",
  overridden: "A person set the mark; it counts.",
  "needs-review": "A person has to look first; a provisional mark is shown and counts nowhere.",
  blank: "Nothing was handed in; that is no mark, not zero.",
  refused: "The judge declined to judge; there is no mark.",
  error: "Judging failed; there is no mark.",
  stale: "The rubric changed after judging; grade again.",
} as const satisfies Record<GradeState, string>;

/** What a flag tells the grader. */
export const FLAG_WORDS = {
  degenerate: "says nothing that could be judged",
  "question-copied": "repeats the question",
  "rubric-copied": "repeats the rubric's own words",
  "reference-copied": "repeats the reference answer",
  "answer-copied": "nearly equal to another answer",
  "over-long": "far longer than answers usually are",
  "hidden-characters": "holds hidden characters",
  encoding: "was not written in valid UTF-8",
  "injection-suspected": "holds words that look like orders to the judge",
  "injection-reported": "the judge saw an attempt to give it orders",
  "canary-credited": "the judge credited a fact that no answer holds; that reading was thrown away",
  "masked-lower": "gets less with the suspect words covered; the lower mark was taken",
  "evidence-missing": "credit was claimed without words of the answer to show for it",
  "evidence-aligned": "evidence was found with small differences in wording",
  "evidence-unrelated": "the quoted words do not speak of what they are credited for",
  "evidence-shared": "the same few words are to prove several criteria",
  "negation-near-evidence": "a negation stands next to all the evidence there is",
  "samples-disagree": "the judge's readings disagree",
  "sample-failed": "one of the judge's readings failed",
  "off-topic": "the judge found it off the topic",
  unreadable: "the judge could not read it",
  "rubric-gap": "shows something good that the rubric does not foresee",
  "near-pass-mark": "close to the pass mark",
  "cross-check-differs": "the offline cross-check comes to another mark",
  "cross-check-far-below": "the offline cross-check comes to far less",
  "review-budget": "among the most doubtful, picked for a look",
  "override-outdated": "a person had marked this answer as it was before; look at it again",
} as const satisfies Record<GradeFlag, string>;

/** What a rule did to the plain sum of the points. */
export const RULE_WORDS = {
  "one-of": "only the best of the group counts",
  "group-cap": "capped: the group can give no more",
  "penalty-limit": "penalties are limited",
  required: "capped: a required criterion has no credit",
  max: "capped at the most the question can give",
  floor: "raised to the least the question can give",
  rounding: "rounded down to a whole step",
} as const satisfies Record<RuleEvent["rule"], string>;

/** Why a quote of the judge's is no evidence. */
export const FAULT_WORDS = {
  empty: "an empty quote",
  "too-short": "a quote too short to show anything",
  "not-found": "a quote that is not in the answer",
  elsewhere: "a quote of the question, rubric or reference, not of the answer's own words",
} as const satisfies Record<EvidenceFault, string>;
