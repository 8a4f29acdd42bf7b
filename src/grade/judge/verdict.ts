/** A stretch of an answer by UTF-16 offsets, end excluded, and by offsets into its UTF-8 bytes. */
export interface Located {
  readonly start: number;
  readonly end: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

/**
 * exact: the quote stands there letter by letter · folded: but for case, quotes, blanks and punctuation · aligned: at least
 * four fifths of its words stand there in order.
 */
export const EVIDENCE_TIERS = ["exact", "folded", "aligned"] as const;
export type EvidenceTier = (typeof EVIDENCE_TIERS)[number];

/** Why a quote is no evidence. `elsewhere`: it stands in the question, the rubric or the reference, and not in the answer's own words. */
export const EVIDENCE_FAULTS = ["empty", "too-short", "not-found", "elsewhere"] as const;
export type EvidenceFault = (typeof EVIDENCE_FAULTS)[number];

/** A quote of a judge after code looked for it. */
export type Evidence =
  | {
      readonly status: "located";
      readonly tier: EvidenceTier;
      /** The true words of the answer, not the judge's. */
      readonly text: string;
      readonly span: Located;
      /** A negation stands next to it: someone should look. */
      readonly negated: boolean;
    }
  | { readonly status: "invalid"; readonly fault: EvidenceFault };

/** What one sample of the judge said of one criterion, and what code found of its evidence. */
export interface CriterionVerdict {
  readonly criterion: string;
  /** The judge's words. */
  readonly findings: string;
  readonly evidence: readonly Evidence[];
  /** The level that the judge named. */
  readonly judged: string;
  /** The level after the evidence was looked at: never higher than `judged`. */
  readonly supported: string;
}

/** What a judge says beside the verdicts. */
export interface JudgeNotes {
  readonly offTopic: boolean;
  readonly injectionAttempt: boolean;
  readonly unreadable: boolean;
  /** The answer shows something good that the rubric does not foresee; "" for nothing. */
  readonly rubricGap: string;
}

/** One sample of the judge over all criteria of a rubric, in the rubric's order. */
export interface Sample {
  readonly verdicts: readonly CriterionVerdict[];
  readonly notes: JudgeNotes;
  /** The judge gave credit for a fact that no answer can hold; then nothing in it counts. */
  readonly void: boolean;
  /** Of a second look, with what looks like orders to the judge left out. */
  readonly masked?: true | undefined;
}
