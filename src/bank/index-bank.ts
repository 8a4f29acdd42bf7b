import { type QuestionId, questionId } from "../core/ids.ts";
import type { Bank, BankFile, Question } from "./question.ts";
import type { UnnumberedQuestion } from "./read-question.ts";

/**
 * All files of a bank, in path order, with ids that are distinct across it: the second question with a text gets `-2`,
 * the third `-3`. Adding a question changes no id of the questions before it.
 */
export function indexBank(files: readonly BankFile[]): Bank {
  const taken = new Map<string, number>();
  const inOrder = files.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return { files: inOrder.map((file) => ({ ...file, questions: withIds(file.questions, taken) })) };
}

/** Questions of one file, in order, with ids that are distinct within it. */
export function assignIds(questions: readonly UnnumberedQuestion[]): readonly Question[] {
  return withIds(questions, new Map());
}

function withIds(questions: readonly UnnumberedQuestion[], taken: Map<string, number>): readonly Question[] {
  const seen = new Map<string, number>();
  return questions.map((question) => {
    const ordinal = seen.get(question.textHash) ?? 0;
    seen.set(question.textHash, ordinal + 1);
    const name = question.explicitId ?? `q-${question.textHash.slice("sha256:".length, "sha256:".length + 12)}`;
    return { ...question, ordinal, id: takeId(name, taken) };
  });
}

/** The name itself, or with the next number that makes it new. */
function takeId(name: string, taken: Map<string, number>): QuestionId {
  let count = (taken.get(name) ?? 0) + 1;
  while (count > 1 && taken.has(`${name}-${count}`)) count++;
  const id = count === 1 ? name : `${name}-${count}`;
  taken.set(id, 1);
  taken.set(name, count);
  return questionId(id);
}
