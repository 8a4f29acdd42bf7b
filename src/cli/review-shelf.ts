import type { Proposal, ProposalHeader, ProposalKind } from "../bank/proposal.ts";
import type { Bank, BankFile, Question } from "../bank/question.ts";
import { rereadBankFile } from "../bank/read-bank-file.ts";
import { rereadRubricFile, rubricFile, rubricHash, rubricPlace } from "../bank/rubric-file.ts";
import { guardStructure } from "../bank/structure-guard.ts";
import { readRubricPlace } from "../files/rubric-place.ts";
import type { GuardChange, ReadBankFile } from "../review/write-plan.ts";
import type { Project } from "./open-project.ts";
import { rubricGuard } from "./rubric-guard.ts";

/** Files of one kind, and the proposals that go into them: banks with answers, rubric files with rubrics. */
export interface Shelf {
  readonly kind: ProposalKind;
  readonly bank: Bank;
  readonly proposals: readonly Proposal[];
  /** Reads changed bytes as the file was read before. */
  readonly read: ReadBankFile;
  /** What keeps a draft, or the taking back of one, from being written. */
  readonly guards: { readonly apply: GuardChange; readonly undo: GuardChange };
}

/** The banks and the rubric files of a project, each with all the proposals for them. */
export function shelvesOf(project: Project, bank: Bank, proposals: readonly Proposal[]): readonly Shelf[] {
  const ofKind = (kind: ProposalKind): readonly Proposal[] => proposals.filter(({ header }) => header.kind === kind);
  const rubrics = ofKind("rubric");
  const files = rubricFilesFor(
    project,
    bank,
    rubrics.map(({ header }) => header),
  );
  return [
    {
      kind: "answer",
      bank,
      proposals: ofKind("answer"),
      read: rereader(bank.files, (before, bytes) => rereadBankFile(before, bytes, project.config.banks)),
      guards: { apply: guardStructure, undo: guardStructure },
    },
    {
      kind: "rubric",
      bank: { files },
      proposals: rubrics,
      read: rereader(files, rereadRubricFile),
      // What stood there before comes back as it was, sound or not.
      guards: { apply: rubricGuard(project, bank), undo: () => undefined },
    },
  ];
}

/** Another guess at a file's layout would be another bank. */
function rereader(files: readonly BankFile[], reread: (before: BankFile, bytes: Uint8Array) => BankFile): ReadBankFile {
  const known = new Map(files.map((file) => [file.path, file]));
  return (path, bytes) => {
    const before = known.get(path);
    if (before === undefined) throw new Error("only files that were read are read again");
    return reread(before, bytes);
  };
}

/**
 * The rubric files that proposals may mean, there or not. Their paths come from the questions of the bank and never from
 * a proposal, into which anybody may have written one.
 */
function rubricFilesFor({ workspace }: Project, bank: Bank, headers: readonly ProposalHeader[]): readonly BankFile[] {
  if (headers.length === 0) return [];
  const hashes = new Set<string>(headers.map(({ source }) => source.question_hash));
  const paths = new Set(headers.map(({ source }) => source.path));
  const files = questionsOf(bank).flatMap(({ path, question }) => {
    const place = rubricPlace(path, question.id);
    const isSought = place !== undefined && (paths.has(place.path) || hashes.has(rubricHash(question.textHash)));
    return isSought ? [rubricFile(place, question, readRubricPlace(workspace.root, place.path))] : [];
  });
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function questionsOf({ files }: Bank): readonly { readonly path: string; readonly question: Question }[] {
  return files.flatMap(({ path, questions }) => questions.map((question) => ({ path, question })));
}
