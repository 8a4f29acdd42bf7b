import type { Place } from "../../review/question-index.ts";
import { shorten } from "../format.ts";

/** Where a question stands and what is answered there: enough to tell it from others with the same words. */
export function placeWords({ file, question }: Place): string {
  const heading = question.headings.length === 0 ? "" : ` under ${question.headings.join(" > ")}`;
  const isAnswered = question.state === "filled" || question.state === "partial";
  const answer = isAnswered ? shorten(question.slot.answer, 40) : "no answer";
  return `${file.path}:${question.line}${heading}: ${answer}`;
}
