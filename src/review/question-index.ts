import type { Bank, BankFile, Question } from "../bank/question.ts";
import { hashOf, type Hash } from "../core/hash.ts";

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
  /** Hash of a file's bytes, computed once a file. */
  fileHash(file: BankFile): Hash;
}

export function indexQuestions(bank: Bank): QuestionIndex {
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
  return { files, byTextHash, byExplicitId, fileHash: rememberHashes() };
}

function rememberHashes(): (file: BankFile) => Hash {
  const hashes = new Map<BankFile, Hash>();
  return (file) => {
    const hash = hashes.get(file) ?? hashOf(file.source.bytes);
    hashes.set(file, hash);
    return hash;
  };
}
