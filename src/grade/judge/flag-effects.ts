import { GRADE_FLAGS, type GradeFlag } from "../records/record.ts";

/** What a flag does to a grade. */
interface FlagEffect {
  /** A person must look: the mark stays provisional. */
  readonly review: boolean;
  /** How much it alone makes a grade doubtful, 0 to 1; 0 for what is measured finer elsewhere. */
  readonly doubt: number;
}

const review = (doubt: number): FlagEffect => ({ review: true, doubt });
const note = (doubt: number): FlagEffect => ({ review: false, doubt });

/**
 * Forced to a person is what may be an attack, what lacks proof or agreement, and what no judge should decide. All others are told,
 * and make a grade more or less doubtful.
 */
const EFFECTS: Readonly<Record<GradeFlag, FlagEffect>> = {
  degenerate: review(0.3),
  "question-copied": review(0.5),
  "rubric-copied": review(0.7),
  "reference-copied": review(0.7),
  "answer-copied": review(0.6),
  "over-long": note(0.1),
  "hidden-characters": note(0.2),
  encoding: note(0.2),
  "injection-suspected": review(0.8),
  "injection-reported": review(0.8),
  "canary-credited": review(0.9),
  "masked-lower": review(0.9),
  "evidence-missing": review(0.7),
  "evidence-aligned": note(0.1),
  "evidence-unrelated": review(0.6),
  "evidence-shared": review(0.6),
  "negation-near-evidence": review(0.4),
  "samples-disagree": review(0.7),
  "sample-failed": review(0.5),
  "off-topic": review(0.6),
  unreadable: review(0.7),
  "rubric-gap": note(0.2),
  "near-pass-mark": note(0),
  "cross-check-differs": note(0),
  "cross-check-far-below": review(0),
  "review-budget": review(0),
  "override-outdated": review(0),
};

export function needsReview(flags: readonly GradeFlag[]): boolean {
  return flags.some((flag) => EFFECTS[flag].review);
}

export function doubtOfFlags(flags: readonly GradeFlag[]): readonly number[] {
  return flags.map((flag) => EFFECTS[flag].doubt);
}

/** Each once, in the fixed order of {@link GRADE_FLAGS}. */
export function inOrder(flags: readonly GradeFlag[]): GradeFlag[] {
  return GRADE_FLAGS.filter((flag) => flags.includes(flag));
}
