import type { BankFile, Question, QuestionState } from "../bank/question.ts";
import type { Rubric } from "../grade/rubric/rubric.ts";
import { questionBody } from "../bank/question-body.ts";

/** One question as it leaves the bank. */
export interface ExportedQuestion {
  readonly id: string;
  /** Of the bank file, relative to the project root. */
  readonly path: string;
  /** 1-based line of its start. */
  readonly line: number;
  /** As the bank writes it; undefined where it writes none. */
  readonly number: string | undefined;
  /** Headings above it, outermost first. */
  readonly headings: readonly string[];
  readonly tags: readonly string[];
  readonly state: QuestionState;
  /** As the bank words it, inline markdown kept. */
  readonly text: string;
  /** The same with lost blanks put back, for people to read. */
  readonly reading: string;
  /** What comes with the question and is no part of its text: code, choices. Markdown; "" where there is nothing. */
  readonly body: string;
  /** Markdown; "" where the bank holds no answer. */
  readonly answer: string;
  /** What it is marked by, where the bank has a rubric for it. */
  readonly rubric: Rubric | undefined;
}

/** What every way out of a bank is made from. */
export interface BankExport {
  readonly title: string;
  /** Name and version of the tool. */
  readonly tool: string;
  /** In bank order. */
  readonly questions: readonly ExportedQuestion[];
  /** Questions that were passed over because they have no answer. */
  readonly leftOut: number;
}

export interface ExportChoice {
  /** True takes questions without an answer too. */
  readonly all: boolean;
  readonly readingOf: (question: Question) => string;
  readonly rubricOf: (question: Question) => Rubric | undefined;
}

export interface ChosenQuestions {
  readonly questions: readonly ExportedQuestion[];
  /** By the state that they are in. */
  readonly leftOut: ReadonlyMap<QuestionState, number>;
}

/** The questions of these files that are to be exported: those that are answered, or all of them. */
export function chooseQuestions(files: readonly BankFile[], choice: ExportChoice): ChosenQuestions {
  const leftOut = new Map<QuestionState, number>();
  const questions = files.flatMap((file) =>
    file.questions.flatMap((question): readonly ExportedQuestion[] => {
      if (question.state === "filled" || choice.all) return [exported(file, question, choice)];
      leftOut.set(question.state, (leftOut.get(question.state) ?? 0) + 1);
      return [];
    }),
  );
  return { questions, leftOut };
}

/** What stands in the slot of any other question is a placeholder or a choice, and no answer. */
const ANSWERED: ReadonlySet<QuestionState> = new Set(["filled", "partial"]);

function exported({ path, source }: BankFile, question: Question, choice: ExportChoice): ExportedQuestion {
  const { id, line, number, headings, tags, state, text, slot } = question;
  return {
    id,
    path,
    line,
    number,
    headings,
    tags,
    state,
    text,
    reading: choice.readingOf(question),
    body: questionBody(source, question),
    answer: ANSWERED.has(state) ? slot.answer : "",
    rubric: choice.rubricOf(question),
  };
}
