import type { Block } from "./blocks.ts";
import { termsOf, wordsOf } from "../core/terms.ts";

/** A block as it goes into the answer: the parts that say something new. */
export interface Chosen {
  readonly passage: string;
  readonly place: number;
  readonly kind: Block["kind"];
  readonly parts: readonly string[];
  /** A heading, a label or a sentence that announces what follows, such as the one before a list. */
  readonly isLeadIn: boolean;
}

/** A block that may go into the answer. */
export interface Candidate extends Chosen {
  readonly isMain: boolean;
  readonly score: number;
}

/** A part sharing more than this of its terms with what is already said is a repetition. */
const REPETITION = 0.65;

/** An answer while it grows: knows what it has said and how much room is left. */
export class GrowingAnswer {
  readonly chosen: Chosen[] = [];
  words = 0;
  readonly #said: ReadonlySet<string>[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(candidate: Candidate): void {
    const parts = this.newParts(candidate);
    if (parts.length === 0) return;
    const { passage, place, kind, isLeadIn } = candidate;
    this.chosen.push({ passage, place, kind, parts, isLeadIn });
    this.words += countWords(parts);
    for (const part of parts) this.#said.push(new Set(termsOf(part)));
  }

  /** The parts that are not yet said; of a neighbour only those that there is room for. */
  newParts(candidate: Candidate): readonly string[] {
    const parts: string[] = [];
    let room = candidate.isMain ? Infinity : this.#limit - this.words;
    for (const part of candidate.parts.filter((each) => !this.#isSaid(each))) {
      room -= countWords([part]);
      if (room < 0) break;
      parts.push(part);
    }
    return parts;
  }

  #isSaid(part: string): boolean {
    const terms = termsOf(part);
    return this.#said.some((known) => terms.filter((term) => known.has(term)).length > terms.length * REPETITION);
  }
}

function countWords(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + wordsOf(part).length, 0);
}
