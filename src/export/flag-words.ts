import { FLAG_WORDS } from "../grade/records/state-words.ts";
import type { IndexedGrade } from "./book-index.ts";

const NAMED = 5;

/** What the flags of a grade tell the grader; a copy names whose answers it is like. */
export function flagWords({ current, copies }: Pick<IndexedGrade, "current" | "copies">): readonly string[] {
  return current.grade.flags.map((flag) => {
    if (flag !== "answer-copied" || copies.length === 0) return FLAG_WORDS[flag];
    const more = copies.length > NAMED ? ` and ${copies.length - NAMED} more` : "";
    return `nearly equal to the answer of ${copies.slice(0, NAMED).join(", ")}${more}`;
  });
}
