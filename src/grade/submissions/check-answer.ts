import { type AnswerForm, plainAnswer } from "./answer-form.ts";

/** Longer than any answer that a person writes: a quote that is never closed, or a file in a cell. */
const LONGEST_ANSWER = 1_000_000;

export type CheckedAnswer =
  | { readonly status: "read"; readonly answer: string }
  | { readonly status: "unreadable"; readonly reason: string };

/** The plain text of an answer without blanks around it, "" for nothing but blanks; or in words why it cannot be read. */
export function checkAnswer(raw: string, form: AnswerForm): CheckedAnswer {
  if (raw.length > LONGEST_ANSWER) return { status: "unreadable", reason: "is longer than a million characters" };
  if (raw.includes("\0")) return { status: "unreadable", reason: "holds NUL bytes" };
  const answer = plainAnswer(raw, form);
  if (answer === undefined)
    return { status: "unreadable", reason: "holds a file or damaged JSON where a text should be" };
  return { status: "read", answer: withoutMargins(answer) };
}

/** A file that is exported again may have other blanks at the ends of lines, and other blank lines around it. */
function withoutMargins(answer: string): string {
  const lines = answer.split("\n").map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== "");
  return first === -1 ? "" : lines.slice(first, lines.findLastIndex((line) => line !== "") + 1).join("\n");
}
