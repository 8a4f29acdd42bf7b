import type { Bank, BankFile, Question } from "../../src/bank/question.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { hashOf } from "../../src/core/hash.ts";
import { questionId } from "../../src/core/ids.ts";

export interface SimpleQuestion {
  readonly text: string;
  readonly answer?: string;
  readonly number?: string;
  readonly headings?: readonly string[];
  readonly explicitId?: string;
}

/** Parsed files made by hand, so that locating is tested without a parser. */
export function simpleBank(files: Readonly<Record<string, readonly SimpleQuestion[]>>): Bank {
  return { files: Object.entries(files).map(([path, questions]) => simpleFile(path, questions)) };
}

function simpleFile(path: string, questions: readonly SimpleQuestion[]): BankFile {
  const ordinals = new Map<string, number>();
  const source = readSource(new TextEncoder().encode(JSON.stringify(questions)));
  const parsed = questions.map((question, at): Question => {
    const ordinal = ordinals.get(question.text) ?? 0;
    ordinals.set(question.text, ordinal + 1);
    return simpleQuestion(question, { ordinal, at });
  });
  return {
    path,
    source,
    dialects: ["simple"],
    chosenBy: "detected",
    questions: parsed,
    diagnostics: [],
    readOnly: undefined,
  };
}

function simpleQuestion(question: SimpleQuestion, place: { ordinal: number; at: number }): Question {
  const { text, answer = "_To be filled_", number, headings = [] } = question;
  const slotText = answer === "" ? "" : `\n\n${answer}`;
  return {
    explicitId: question.explicitId === undefined ? undefined : questionId(question.explicitId),
    id: questionId(question.explicitId ?? `q-${hashOf(text + place.ordinal).slice(7, 19)}`),
    textHash: hashOf(text.toLowerCase()),
    ordinal: place.ordinal,
    text,
    number,
    line: place.at + 1,
    headings,
    tags: [],
    span: { start: 0, end: 0 },
    state: answer === "" ? "empty" : answer.startsWith("_To be") ? "placeholder" : "filled",
    slot: {
      span: { start: 0, end: slotText.length },
      text: slotText,
      hash: hashOf(slotText),
      answer,
      hasMarker: true,
      indent: "",
      insertMarker: "",
      tail: "",
    },
    dialect: "simple",
  };
}
