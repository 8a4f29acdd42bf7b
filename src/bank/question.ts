import type { Diagnostic } from "../core/diagnostics.ts";
import type { Hash } from "../core/hash.ts";
import type { QuestionId } from "../core/ids.ts";
import type { SourceText, Span } from "./source-text.ts";
import type { Spacing } from "./spacing.ts";

/**
 * filled: has an answer · placeholder: has only placeholder text · empty: nothing · metadata-only: nothing but metadata
 * lines · partial: an answer that ends in an unfinished mark · choice: unanswered multiple choice · personal: left empty
 * on purpose (opinion, experience).
 */
export const QUESTION_STATES = [
  "filled",
  "placeholder",
  "empty",
  "metadata-only",
  "partial",
  "choice",
  "personal",
] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** The states that `fill` takes without being asked. */
export const FILLABLE_STATES: ReadonlySet<QuestionState> = new Set(["placeholder", "empty", "metadata-only"]);

/**
 * Where a question's answer is or goes. The span runs from the end of the answer marker (or of the question and its
 * metadata, where there is no marker) to the end of the last line with content, so it covers the blank lines before the
 * answer and none after it. The rule is the same for filled and unfilled questions; an empty slot has start = end.
 */
export interface Slot {
  readonly span: Span;
  /** Exactly the text of the span. */
  readonly text: string;
  readonly hash: Hash;
  /** The answer (or placeholder) itself: `text` without surrounding blanks, list indent removed, line ends as LF. */
  readonly answer: string;
  /** True where an answer marker such as `**Answer:**` stands before the slot. */
  readonly hasMarker: boolean;
  /** What every line of an answer begins with, because it stands in a list item or a quote. */
  readonly indent: string;
  /** Marker text to write before an answer where the question has none and the dialect wants one; else "". */
  readonly insertMarker: string;
  /** Text to add after an answer, so that what follows stays apart from it (a blank line before `</details>`); else "". */
  readonly tail: string;
  /**
   * How an answer stands to its marker where the dialect insists on one way; "next-line" in a container that a blank line
   * would close; "none" where the slot is a stretch of text that begins where it begins; undefined where the file's habit decides.
   */
  readonly spacing?: Spacing | "next-line" | "none" | undefined;
}

export interface Question {
  readonly id: QuestionId;
  /** The id that the file itself gives, in front matter or as `<!-- id: … -->`. */
  readonly explicitId?: QuestionId | undefined;
  /** Hash of the letters and digits of the text: survives renumbering, respacing, repunctuation and filling. */
  readonly textHash: Hash;
  /** 0 for the first question with this text in the file, 1 for the second, … */
  readonly ordinal: number;
  /** The question as the file words it: inline markdown kept, line breaks as blanks, no marker, number or emphasis around it. */
  readonly text: string;
  /** As written in the file; for display only. */
  readonly number: string | undefined;
  /** 1-based line of the question's start. */
  readonly line: number;
  /** Headings above the question, outermost first, without the question's own. */
  readonly headings: readonly string[];
  /** Text of metadata lines and level marks, such as `Type: Question` or `[E]`. */
  readonly tags: readonly string[];
  /** From the question's start to the end of its block. */
  readonly span: Span;
  readonly state: QuestionState;
  readonly slot: Slot;
  /** Name of the dialect that found it. */
  readonly dialect: string;
}

/** One parsed file. */
export interface BankFile {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  readonly source: SourceText;
  /** Names of the dialects used, and how they were chosen. */
  readonly dialects: readonly string[];
  readonly chosenBy: "config" | "front-matter" | "detected" | "none";
  readonly questions: readonly Question[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why nothing may be written to this file; undefined where writing is allowed. */
  readonly readOnly: string | undefined;
}

/** All files of a bank in path order, with ids that are distinct across it. */
export interface Bank {
  readonly files: readonly BankFile[];
}
