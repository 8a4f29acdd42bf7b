import { visibleJson } from "../core/sanitise.ts";
import type { ExportedQuestion } from "./bank-export.ts";

/**
 * A question a line as JSON, the texts exactly as the bank has them. `read_as` is there only where blanks were lost in the
 * question, `body` only where something comes with it.
 */
export function bankJsonLines(questions: readonly ExportedQuestion[]): string {
  return questions.map((question) => `${visibleJson(JSON.stringify(lineOf(question)))}\n`).join("");
}

function lineOf({
  id,
  text,
  reading,
  body,
  answer,
  state,
  path,
  line,
  number,
  headings,
  tags,
}: ExportedQuestion): unknown {
  return {
    id,
    question: text,
    ...(reading === text ? {} : { read_as: reading }),
    ...(body === "" ? {} : { body }),
    answer: answer === "" ? null : answer,
    state,
    file: path,
    line,
    number: number ?? null,
    section: headings,
    tags,
  };
}
