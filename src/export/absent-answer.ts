import type { BookGrade } from "./grade-book.ts";

/** Why no text of an answer is shown. */
export function absentAnswer({ current }: Pick<BookGrade, "current">): string {
  return current.grade.state === "blank"
    ? "Nothing was handed in."
    : "The text changed or went away since it was graded.";
}
