/** A section of a note, or an answer of the bank, as found on disk. */
export interface Section {
  /** Relative to the project root. Never part of a prompt. */
  readonly path: string;
  /** The section's headings, outermost first, joined with " > "; for an answer the question it answers. */
  readonly heading: string;
  readonly text: string;
  readonly kind: "source" | "answer";
}

/** A section chosen for one question. `id` is what prompts and citations call it: `P1`, `P2`, … in order of relevance. */
export interface Passage extends Section {
  readonly id: string;
}
