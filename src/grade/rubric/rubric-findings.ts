import type { Severity } from "../../core/diagnostics.ts";
import type { DocumentPath } from "./rubric-lines.ts";
import type { Criterion, Rubric } from "./rubric.ts";

/** Everything that may be wrong with a rubric, as data. Points are in thousandths. `rubric-messages.ts` has the words. */
export interface RubricFindingArguments {
  // A rubric with one of these cannot be graded with.
  "duplicate-criterion": Record<string, never>;
  "duplicate-level": { readonly level: string };
  "duplicate-group": { readonly group: string };
  "single-level": Record<string, never>;
  "levels-not-monotone": { readonly points: readonly number[] };
  "penalty-with-credit": { readonly points: number };
  "credit-with-penalty": { readonly points: number };
  "unknown-group": { readonly group: string };
  "unknown-precedent-criterion": Record<string, never>;
  "unknown-precedent-level": { readonly level: string };
  "required-penalty": Record<string, never>;
  "floor-not-below-max": { readonly floor: number; readonly max: number };
  // These can, but not as their author will have meant it.
  "no-zero-level": { readonly least: number };
  "max-unreachable": { readonly max: number; readonly best: number };
  "surplus-credit": { readonly max: number; readonly best: number };
  "pass-unreachable": { readonly pass: number; readonly best: number };
  "pass-certain": { readonly pass: number; readonly least: number };
  "floor-gives-credit": { readonly floor: number };
  "floor-never-binds": { readonly floor: number; readonly least: number };
  "off-step": { readonly what: "max" | "floor" | "pass"; readonly value: number; readonly step: number };
  "level-off-step": { readonly level: string; readonly points: number; readonly step: number };
  "step-unused": { readonly step: number; readonly common: number };
  "equal-levels": { readonly points: number; readonly levels: readonly string[] };
  "worthless-criterion": Record<string, never>;
  "required-cap-unused": { readonly cap: number };
  "required-without-evidence": Record<string, never>;
  "count-without-evidence": Record<string, never>;
  "count-without-items": Record<string, never>;
  "empty-group": { readonly group: string };
  "one-of-single": { readonly group: string };
  "one-of-penalty": { readonly group: string };
  "group-cap-unused": { readonly group: string; readonly cap: number; readonly most: number };
  "penalty-limit-unused": { readonly limit: number; readonly most: number };
  "empty-descriptor": { readonly level: string };
  "repeated-descriptor": { readonly levels: readonly string[] };
  "repeated-criterion": { readonly other: string };
  "accepts-and-rejects": { readonly text: string };
  "repeated-wording": { readonly text: string };
  "contradicting-precedents": { readonly other: number };
  "contradicting-anchors": { readonly levels: readonly string[] };
  "two-claims": { readonly joint: string };
  "vague-wording": { readonly word: string };
  "long-text": { readonly length: number; readonly limit: number };
  "hidden-characters": { readonly count: number };
  // These concern several rubrics, or a bank.
  "duplicate-rubric": { readonly otherFile: string; readonly otherLine: number };
  "second-rubric": { readonly question: string; readonly otherFile: string; readonly otherLine: number };
  "unknown-question": { readonly question: string };
}

export type RubricFindingCode = keyof RubricFindingArguments;

/** What a rule sees wrong in one rubric. */
export type RubricFlaw<Code extends RubricFindingCode = RubricFindingCode> = {
  [Each in Code]: {
    readonly code: Each;
    /** Id of the criterion; undefined where the flaw is in the whole. */
    readonly criterion?: string | undefined;
    /** Where it is in the rubric, and in the document that it was read from: `["criteria", 2, "levels"]`. */
    readonly at: DocumentPath;
    readonly arguments: RubricFindingArguments[Each];
  };
}[Code];

/** A flaw with the rubric that has it. */
export type RubricFinding = RubricFlaw & { readonly rubric: string; readonly severity: Severity };

/** error: not to be graded with, or not as written · warning: hardly meant · info: worth a look. */
export const SEVERITIES: Readonly<Record<RubricFindingCode, Severity>> = {
  "duplicate-criterion": "error",
  "duplicate-level": "error",
  "duplicate-group": "error",
  "single-level": "error",
  "levels-not-monotone": "error",
  "penalty-with-credit": "error",
  "credit-with-penalty": "error",
  "unknown-group": "error",
  "unknown-precedent-criterion": "error",
  "unknown-precedent-level": "error",
  "required-penalty": "error",
  "floor-not-below-max": "error",
  "no-zero-level": "warning",
  "max-unreachable": "error",
  "surplus-credit": "warning",
  "pass-unreachable": "error",
  "pass-certain": "warning",
  "floor-gives-credit": "warning",
  "floor-never-binds": "info",
  "off-step": "warning",
  "level-off-step": "warning",
  "step-unused": "info",
  "equal-levels": "warning",
  "worthless-criterion": "warning",
  "required-cap-unused": "warning",
  "required-without-evidence": "warning",
  "count-without-evidence": "warning",
  "count-without-items": "info",
  "empty-group": "warning",
  "one-of-single": "warning",
  "one-of-penalty": "warning",
  "group-cap-unused": "warning",
  "penalty-limit-unused": "info",
  "empty-descriptor": "warning",
  "repeated-descriptor": "warning",
  "repeated-criterion": "warning",
  "accepts-and-rejects": "error",
  "repeated-wording": "info",
  "contradicting-precedents": "error",
  "contradicting-anchors": "error",
  "two-claims": "warning",
  "vague-wording": "info",
  "long-text": "warning",
  "hidden-characters": "warning",
  "duplicate-rubric": "error",
  "second-rubric": "error",
  "unknown-question": "error",
};

/** Looks at every criterion; `look` gives places within the criterion. */
export function flawsOfCriteria(
  { criteria }: Rubric,
  look: (criterion: Criterion) => readonly RubricFlaw[],
): readonly RubricFlaw[] {
  return criteria.flatMap((criterion, place) =>
    look(criterion).map((flaw) => ({ ...flaw, criterion: criterion.id, at: ["criteria", place, ...flaw.at] })),
  );
}
