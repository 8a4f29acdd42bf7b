import { hashOf, type Hash } from "../core/hash.ts";
import { isSafeName, questionId, type QuestionId } from "../core/ids.ts";
import type { BankFile, Question } from "./question.ts";
import { readSource } from "./source-text.ts";

const FOLDER = "rubrics";
const DIALECT = "rubric";
const RUBRIC_PATH = /(?:^|\/)rubrics\/[^/]+\.rubric\.yaml$/;

/** Where the rubric of a question belongs, and under which id its proposals go. */
export interface RubricPlace {
  readonly id: QuestionId;
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
}

/** Undefined where the question's own id is too long to be part of another. */
export function rubricPlace(bankPath: string, question: string): RubricPlace | undefined {
  const id = `${question}.rubric`;
  const folder = bankPath.slice(0, bankPath.lastIndexOf("/") + 1);
  return isSafeName(id) ? { id: questionId(id), path: `${folder}${FOLDER}/${id}.yaml` } : undefined;
}

/** True for paths that {@link rubricPlace} gives. */
export function isRubricPath(path: string): boolean {
  return RUBRIC_PATH.test(path);
}

/** Never the hash of a question's text: a proposal for a rubric cannot be taken for one of an answer. */
export function rubricHash(textHash: Hash): Hash {
  return hashOf(`rubric of ${textHash}`);
}

/**
 * A rubric file as what it is to a reviewer: a bank with one question, whose slot is the whole file. An absent file is an
 * empty one. Its texts are not looked into; whether they are a rubric is for others to say.
 *
 * @param readOnly why nothing may be written there; undefined where writing is allowed.
 */
export function rubricFile(
  { id, path }: RubricPlace,
  question: Question,
  { bytes, readOnly }: { readonly bytes: Uint8Array; readonly readOnly: string | undefined },
): BankFile {
  const { text, number, headings, ordinal } = question;
  const about = { id, textHash: rubricHash(question.textHash), text, number, headings, ordinal };
  return fileAbout(path, about, bytes, readOnly);
}

/** What a rubric file became by edits. */
export function rereadRubricFile({ path, questions, readOnly }: BankFile, bytes: Uint8Array): BankFile {
  const [about] = questions;
  if (about === undefined) throw new Error("a rubric file holds one question");
  return fileAbout(path, about, bytes, readOnly);
}

type About = Pick<Question, "id" | "textHash" | "text" | "number" | "headings" | "ordinal">;

function fileAbout(
  path: string,
  { id, textHash, text, number, headings, ordinal }: About,
  bytes: Uint8Array,
  readOnly: string | undefined,
): BankFile {
  const source = readSource(bytes);
  const span = { start: 0, end: source.text.length };
  const answer = source.text.replaceAll("\r\n", "\n").trim();
  const question: Question = {
    id,
    textHash,
    text,
    number,
    headings,
    ordinal,
    line: 1,
    tags: [],
    span,
    state: answer === "" ? "empty" : "filled",
    slot: {
      span,
      text: source.text,
      hash: hashOf(source.text),
      answer,
      hasMarker: false,
      indent: "",
      insertMarker: "",
      tail: source.eol,
    },
    dialect: DIALECT,
  };
  return { path, source, dialects: [DIALECT], chosenBy: "none", questions: [question], diagnostics: [], readOnly };
}
