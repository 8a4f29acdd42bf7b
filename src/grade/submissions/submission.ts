import type { Hash } from "../../core/hash.ts";

/** One answer of one candidate to one question, whatever file it came from. */
export interface Submission {
  /** A code such as `c-007`; never a name or an address. */
  readonly candidate: string;
  /** The bank's id of the question. */
  readonly question: string;
  /** The text that is graded: names and addresses replaced, HTML turned into text; "" for a blank. */
  readonly answer: string;
  /** Of the bytes of the answer as they were handed in. */
  readonly rawHash: Hash;
  /** 1 for the first. The last one is graded unless the user says otherwise. */
  readonly attempt: number;
  /** As the source gives it; undefined where it gives none. */
  readonly submitted?: string | undefined;
  /** Where it stands: a path relative to the project root and a 1-based line (of the row, or of the answer). */
  readonly source: {
    readonly path: string;
    readonly line: number;
    /** The path without the name of whoever handed it in, as records keep it; absent where that is the path itself. */
    readonly nameless?: string | undefined;
  };
  /** Marks that people gave, where the source holds any. */
  readonly human: readonly HumanMark[];
}

/** One person's mark of one answer. */
export interface HumanMark {
  readonly candidate: string;
  readonly question: string;
  readonly attempt: number;
  /** A code or a name that the user chose; "human" where the source gives none. */
  readonly rater: string;
  /** Points (decimal) of the whole answer, or of one criterion; or a level id of one criterion. */
  readonly mark:
    | { readonly kind: "total"; readonly points: number }
    | { readonly kind: "criterion"; readonly criterion: string; readonly points: number }
    | { readonly kind: "level"; readonly criterion: string; readonly level: string };
}
