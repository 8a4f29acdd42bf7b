import { type Hash, hashOf } from "../core/hash.ts";
import { lettersAndDigits } from "./question-hash.ts";
import type { Question } from "./question.ts";
import type { SourceText } from "./source-text.ts";

/** A question is found within so many lines, or it is not told apart from what comes with it. */
const LONGEST_QUESTION = 40;

/**
 * What stands between a question and its answer and belongs to the question: code, a figure, choices. Markdown, "" where there
 * is nothing; marks of the answer and metadata, which are tags already, are no part of it.
 */
export function questionBody({ text: source }: SourceText, question: Question): string {
  const lines = source.slice(question.span.start, question.slot.span.start).replaceAll("\r\n", "\n").split("\n");
  const rest = lines.slice(linesOfQuestion(lines, question.text)).map((line) => withoutIndent(line, question));
  const metadata = new Set(question.tags.map(lettersAndDigits).filter((words) => words !== ""));
  const own = rest.filter((line) => !metadata.has(lettersAndDigits(line)));
  const end = own.findLastIndex((line) => !isAnswerMark(line)) + 1;
  const body = own.slice(0, end).join("\n");
  // What is left of a question that ends within a block says nothing; a program may do without letters.
  return lettersAndDigits(body) === "" && !own.some(isFence) ? "" : body.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}

/**
 * What is asked, as one hash: the question's text and what stands below it. Two questions that both read "What does this
 * print?" ask the same only where they show the same program; blanks and line breaks make no difference.
 */
export function askedHash({ textHash }: Pick<Question, "textHash">, body: string): Hash {
  return body === "" ? textHash : hashOf(`${textHash} ${body.replace(/\s+/g, " ").trim()}`);
}

/** How many lines hold the question itself; all of them where it is not found, for then nothing can be told apart. */
function linesOfQuestion(lines: readonly string[], text: string): number {
  const wanted = lettersAndDigits(text);
  let seen = "";
  for (const [at, line] of lines.slice(0, LONGEST_QUESTION).entries()) {
    seen += lettersAndDigits(line);
    if (wanted !== "" && seen.includes(wanted)) return at + 1;
  }
  return lines.length;
}

function withoutIndent(line: string, { slot: { indent } }: Question): string {
  return indent !== "" && line.startsWith(indent) ? line.slice(indent.length) : line;
}

function isFence(line: string): boolean {
  return /^\s*(?:```|~~~)/.test(line);
}

const TAG = /<[^<>]{0,200}>/g;
const ANSWER = /^(?:\p{L}+ )?(?:answers?|solutions?|ans|explanation)\b.{0,24}$/iu;

/** True for a line that says nothing, but that the answer comes. */
function isAnswerMark(line: string): boolean {
  const words = line
    .replace(TAG, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return !isFence(line) && (words === "" || ANSWER.test(words));
}
