import type { BankFile, Question, QuestionState } from "../../src/bank/question.ts";
import type { Diagnostic } from "../../src/core/diagnostics.ts";
import { hashOf } from "../../src/core/hash.ts";
import { questionId } from "../../src/core/ids.ts";

export interface QuestionSample {
  readonly id?: string;
  readonly text?: string;
  readonly number?: string;
  readonly line?: number;
  readonly state?: QuestionState;
  readonly answer?: string;
  readonly slotText?: string;
  readonly hasMarker?: boolean;
  readonly headings?: readonly string[];
}

/** A question as a parser would give it, with everything a test does not care about filled in. */
export function question(sample: QuestionSample): Question {
  const { text = "What is it?", answer = "", state = "filled", line = 1 } = sample;
  const slotText = sample.slotText ?? `\n\n${answer}`;
  return {
    id: questionId(sample.id ?? "q-1"),
    textHash: hashOf(text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")),
    ordinal: 0,
    text,
    number: sample.number,
    line,
    headings: sample.headings ?? [],
    tags: [],
    span: { start: 0, end: 0 },
    state,
    slot: {
      span: { start: 0, end: slotText.length },
      text: slotText,
      hash: hashOf(slotText),
      answer,
      hasMarker: sample.hasMarker ?? true,
      indent: "",
      insertMarker: "",
      tail: "",
    },
    dialect: "headed",
  };
}

export function bankFile(
  path: string,
  questions: readonly Question[],
  { text = "", diagnostics = [] }: { text?: string; diagnostics?: readonly Diagnostic[] } = {},
): BankFile {
  return {
    path,
    source: { bytes: new TextEncoder().encode(text), text, hasBom: false, eol: "\n", invalidLines: new Set() },
    dialects: ["headed"],
    chosenBy: "detected",
    questions,
    diagnostics,
    readOnly: undefined,
  };
}
