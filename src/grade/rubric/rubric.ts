import type { Hash } from "../../core/hash.ts";
import type { Thousandths } from "./points.ts";

/**
 * A rubric as the grader works with it: one canonical form, whatever file it came from. Every kind of criterion is a list
 * of levels here, so that judging and adding need no case for kinds.
 */
export interface Rubric {
  /** Of the rubric itself; the question's id where the file gives none. A safe name. */
  readonly id: string;
  /** Which question it marks: an id, or the question's text, by which its id is found. */
  readonly question: { readonly id: string } | { readonly match: string };
  readonly scale: Scale;
  /** Private words to the grader; "" where there are none. */
  readonly guidelines: string;
  /** What a good answer says: the bank's own answer, or a text. */
  readonly reference: { readonly from: "bank" } | { readonly from: "rubric"; readonly text: string };
  /** In the order of the file; ids are distinct. */
  readonly criteria: readonly Criterion[];
  readonly groups: readonly Group[];
  readonly precedents: readonly Precedent[];
}

export interface Scale {
  /** The most an answer can get. */
  readonly max: Thousandths;
  /** Totals are rounded down to a multiple of it. */
  readonly step: Thousandths;
  /** The least an answer can get, whatever its penalties. */
  readonly floor: Thousandths;
  /** From here on an answer passes; undefined where there is no such line. */
  readonly pass?: Thousandths | undefined;
  /** The most that all penalties together take away, as a negative number; undefined for no limit. */
  readonly penaltyLimit?: Thousandths | undefined;
}

/**
 * binary: met or not · levels: described degrees · count: so many per item found, up to a cap · penalty: takes points away.
 * For people and for lint; the grader reads `levels` only.
 */
export const CRITERION_KINDS = ["binary", "levels", "count", "penalty"] as const;
export type CriterionKind = (typeof CRITERION_KINDS)[number];

/**
 * required: credit needs a span of the answer · none: no span is asked for · absence: the point is that something is not
 * said, so there can be no span.
 */
export const EVIDENCE_POLICIES = ["required", "none", "absence"] as const;
export type EvidencePolicy = (typeof EVIDENCE_POLICIES)[number];

export interface Criterion {
  /** Lower-case safe name, distinct in the rubric. */
  readonly id: string;
  /** One claim, as the grader is to look for it. */
  readonly text: string;
  readonly kind: CriterionKind;
  readonly evidence: EvidencePolicy;
  /**
   * From no credit to most, ascending by `points` (descending for a penalty: from nothing taken to most taken). The first is
   * the level without credit or penalty. A count has one level an item: `none`, `1`, `2`, …; its level needs as many
   * distinct spans as its place in this list.
   */
  readonly levels: readonly Level[];
  /** Id of its group; undefined where it stands alone. */
  readonly group?: string | undefined;
  /** Without credit here the total cannot be more than this; undefined where nothing depends on it. */
  readonly capWithout?: Thousandths | undefined;
  /** Other wordings that earn credit, and known wrong ones that do not. */
  readonly accepts: readonly string[];
  readonly rejects: readonly string[];
}

export interface Level {
  /** Safe name, distinct in its criterion. The only verdict a judge can give. */
  readonly id: string;
  readonly points: Thousandths;
  readonly descriptor: string;
  /** Answers, or parts of them, that people placed here. */
  readonly anchors: readonly string[];
}

/** one-of: only the best criterion of the group counts · many-of: all count, up to `cap`. */
export interface Group {
  readonly id: string;
  readonly kind: "one-of" | "many-of";
  readonly cap?: Thousandths | undefined;
}

/** A decision taken once at an edge case, told to later runs. */
export interface Precedent {
  readonly answer: string;
  readonly criterion: string;
  readonly level: string;
  readonly note: string;
}

/**
 * What a grade remembers of its rubric. `content` covers everything. `wording` covers all that a judge is told, points left
 * out: when it changes, earlier verdicts are stale. `structure` covers ids of criteria, levels and groups: when it changes,
 * earlier verdicts cannot be compared.
 */
export interface RubricHashes {
  readonly content: Hash;
  readonly wording: Hash;
  readonly structure: Hash;
}
