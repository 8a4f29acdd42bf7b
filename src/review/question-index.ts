import type { Bank, BankFile, Question } from "../bank/question.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { noOwnChange, type IsOwnChange } from "./own-writes.ts";

/** A question in the file that holds it. */
export interface Place {
  readonly file: BankFile;
  readonly question: Question;
}

/** A bank's questions by what a proposal knows of them. Built once, so that locating a proposal costs one look-up. */
export interface QuestionIndex {
  readonly files: ReadonlyMap<string, BankFile>;
  /** Places with equal question text, in bank order. */
  readonly byTextHash: ReadonlyMap<string, readonly Place[]>;
  /** Places by the id that the file itself gives their question. */
  readonly byExplicitId: ReadonlyMap<string, Place>;
  /** True where the questions of a file are those, in order, that it had at this hash: nobody has changed it since, or we alone. */
  hasOrderOf(file: BankFile, base: Hash): boolean;
}

export function indexQuestions(bank: Bank, isOwnChange: IsOwnChange = noOwnChange): QuestionIndex {
  const files = new Map<string, BankFile>();
  const byTextHash = new Map<string, Place[]>();
  const byExplicitId = new Map<string, Place>();
  for (const file of bank.files) {
    files.set(file.path, file);
    for (const question of file.questions) {
      const places = byTextHash.get(question.textHash);
      if (question.explicitId !== undefined) byExplicitId.set(question.id, { file, question });
      if (places === undefined) byTextHash.set(question.textHash, [{ file, question }]);
      else places.push({ file, question });
    }
  }
  const fileHash = rememberHashes();
  const hasOrderOf: QuestionIndex["hasOrderOf"] = (file, base) => {
    const now = fileHash(file);
    return now === base || isOwnChange(file.path, base, now);
  };
  return { files, byTextHash, byExplicitId, hasOrderOf };
}

/** Computed once a file. */
function rememberHashes(): (file: BankFile) => Hash {
  const hashes = new Map<BankFile, Hash>();
  return (file) => {
    const hash = hashes.get(file) ?? hashOf(file.source.bytes);
    hashes.set(file, hash);
    return hash;
  };
}
