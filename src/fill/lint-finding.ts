/** block: never written into a bank; flag: a reviewer must look; info: noted only. */
export type LintSeverity = "block" | "flag" | "info";

export const LINT_CODES = [
  "empty",
  "unclosed-fence",
  "unclosed-comment",
  "question-lookalike",
  "placeholder",
  "link-definition",
  "active-html",
  "raw-html",
  "heading-level",
  "image",
  "unknown-url",
  "unknown-command",
  "unknown-passage",
  "unnamed-source",
  "too-short",
  "too-long",
  "repeats-question",
  "preamble",
  "restored-differs",
  "hidden-characters",
] as const;
export type LintCode = (typeof LINT_CODES)[number];

/** One thing a rule found in a draft. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** What is wrong and what to do, in one line; holds no text of the draft. */
  readonly message: string;
  /** The words it is about, for the revise prompt; "" where the whole draft is meant. */
  readonly quote: string;
}
