import { bankConfigSchema } from "../../../src/bank/bank-config.ts";
import { indexBank } from "../../../src/bank/index-bank.ts";
import type { Bank } from "../../../src/bank/question.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import {
  type ReadSubmissions,
  readSubmissions,
  type SubmissionOptions,
} from "../../../src/grade/submissions/read-submissions.ts";
import { describeFault } from "../../../src/grade/submissions/source-fault.ts";
import type { SubmissionSource } from "../../../src/grade/submissions/source.ts";

export const BANKS = bankConfigSchema.parse({});

export const QUESTIONS = [
  "What isMLOpsand why is it needed?",
  "How do threads share memory?",
  "Explain `git rebase`, and when not to use it.",
] as const;

/** The bank's file with an answer in each slot; "" leaves the placeholder. */
export function bankText(answers: readonly string[] = []): string {
  const blocks = QUESTIONS.map((question, at) => {
    const answer = answers[at] ?? "";
    return `## Question ${at + 1}\n\n**${question}**\n\n**Answer:** ${answer === "" ? "_[To be filled]_" : answer}\n\n---\n`;
  });
  return `# Exam\n\n${blocks.join("\n")}`;
}

export const BANK: Bank = indexBank([readBankFile("questions/exam.md", new TextEncoder().encode(bankText()), BANKS)]);

/** Ids of the three questions, in order. */
export const IDS = BANK.files.flatMap((file) => file.questions.map(({ id }) => id));

export function source(path: string, content: string | Uint8Array, folders: readonly string[] = []): SubmissionSource {
  return { path, folders, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content };
}

export function read(sources: readonly SubmissionSource[], options: Partial<SubmissionOptions> = {}): ReadSubmissions {
  return readSubmissions(sources, BANK, { banks: BANKS, known: new Map(), ...options });
}

/** Reads one table. */
export function readTable(
  content: string | Uint8Array,
  options: Partial<SubmissionOptions> = {},
  path = "answers.csv",
): ReadSubmissions {
  return read([source(path, content)], options);
}

/** Candidate, number of the question and answer of each submission, in a fixed order. */
export function answersOf({ submissions }: ReadSubmissions): readonly (readonly [string, number, string])[] {
  return submissions
    .map(({ candidate, question, answer }) => [candidate, numberOf(question), answer] as const)
    .toSorted((left, right) => (left[0] === right[0] ? left[1] - right[1] : left[0] < right[0] ? -1 : 1));
}

export function numberOf(question: string): number {
  return IDS.findIndex((id) => id === question) + 1;
}

/** What is told to the user, line by line. */
export function wordsOf({ faults }: Pick<ReadSubmissions, "faults">): readonly string[] {
  return faults.map((fault) => describeFault(fault));
}

/** Rows as CSV, every cell quoted. */
export function csv(...rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n").join("");
}
