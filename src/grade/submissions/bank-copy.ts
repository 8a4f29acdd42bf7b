import { type BankConfig, dialectNamed } from "../../bank/bank-config.ts";
import { parseFile } from "../../bank/parse.ts";
import type { Bank, BankFile, Question, QuestionState } from "../../bank/question.ts";
import { readSource } from "../../bank/source-text.ts";

/** A file read as the bank's own files are, and the bank file that it is a copy of. */
export interface BankCopy {
  readonly copy: BankFile;
  readonly original: BankFile;
}

const ANSWERED: ReadonlySet<QuestionState> = new Set(["filled", "partial"]);

/** What stands in the slot of a question of a copy; "" for a placeholder and for nothing. */
export function answerIn(question: Question): string {
  return ANSWERED.has(question.state) ? question.slot.answer : "";
}

/** Reads texts with each way in which a file of the bank is read, and keeps the one that finds most of its questions. */
export function bankCopyReader(bank: Bank, config: BankConfig): (path: string, text: string) => BankCopy | undefined {
  const ways = new Map(bank.files.map(({ dialects }) => [dialects.join(" "), dialects]));
  const filesWith = filesByHash(bank);
  return (path, text) => {
    const source = readSource(new TextEncoder().encode(text));
    let best: (BankCopy & { readonly known: number }) | undefined;
    for (const names of ways.values()) {
      const dialects = names.map((name) => dialectNamed(name, config));
      const copy = parseFile({ path, source, dialects, chosenBy: "config" });
      const likeliest = likeliestOriginal(copy, filesWith);
      if (likeliest !== undefined && likeliest.known > (best?.known ?? 0)) best = { copy, ...likeliest };
    }
    return best;
  };
}

/** The files that ask a question, by the hash of its text. */
function filesByHash(bank: Bank): ReadonlyMap<string, ReadonlySet<BankFile>> {
  const files = new Map<string, Set<BankFile>>();
  for (const file of bank.files) {
    for (const { textHash } of file.questions) {
      const known = files.get(textHash);
      if (known === undefined) files.set(textHash, new Set([file]));
      else known.add(file);
    }
  }
  return files;
}

/** The file that asks most of what the copy asks; the first of several. */
function likeliestOriginal(
  copy: BankFile,
  filesWith: ReadonlyMap<string, ReadonlySet<BankFile>>,
): { readonly original: BankFile; readonly known: number } | undefined {
  const counts = new Map<BankFile, number>();
  for (const { textHash } of copy.questions) {
    for (const file of filesWith.get(textHash) ?? []) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((left, right) => right[1] - left[1]);
  return most === undefined ? undefined : { original: most[0], known: most[1] };
}
