import { overviewView } from "../../bank/overview.ts";
import type { Proposal, ProposalHeader, ProposalKind } from "../../bank/proposal.ts";
import type { Bank, BankFile, Question } from "../../bank/question.ts";
import { rereadBankFile } from "../../bank/read-bank-file.ts";
import { rereadRubricFile, rubricFile, rubricHash, rubricPlace } from "../../bank/rubric-file.ts";
import { guardAnswers, guardStructure } from "../../bank/structure-guard.ts";
import { wordingHash, wordingView } from "../../bank/wording.ts";
import { readRubricPlace } from "../../files/rubric-place.ts";
import type { GuardChange, ReadBankFile } from "../../review/write-plan.ts";
import type { Project } from "../open-project.ts";
import { rubricGuard } from "../rubric/rubric-guard.ts";

/** Files of one kind, and the proposals that go into them: banks with answers or with wordings, rubric files with rubrics. */
export interface Shelf {
  readonly kind: ProposalKind;
  readonly bank: Bank;
  readonly proposals: readonly Proposal[];
  /** Reads changed bytes as the file was read before. */
  readonly read: ReadBankFile;
  /** What keeps a draft, or the taking back of one, from being written. */
  readonly guards: { readonly apply: GuardChange; readonly undo: GuardChange };
}

/**
 * The banks and the rubric files of a project, each with all the proposals for them. Wordings and overviews are other views of
 * the bank files: what is a slot in them is no answer.
 */
export function shelvesOf(project: Project, bank: Bank, proposals: readonly Proposal[]): readonly Shelf[] {
  const ofKind = (kind: ProposalKind): readonly Proposal[] => proposals.filter(({ header }) => header.kind === kind);
  const reread: ReadBankFile = rereader(bank.files, (before, bytes) =>
    rereadBankFile(before, bytes, project.config.banks),
  );
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
      read: reread,
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
    viewShelf({
      kind: "wording",
      bank,
      proposals: ofKind("wording"),
      reread,
      view: wordingView,
      hashes: ({ questions }) => questions.map(({ textHash }) => wordingHash(textHash)),
      guard: onlyBlanks,
    }),
    viewShelf({
      kind: "overview",
      bank,
      proposals: ofKind("overview"),
      reread,
      view: overviewView,
      hashes: () => [],
      guard: sameCount,
    }),
  ];
}

interface View {
  readonly kind: ProposalKind;
  readonly bank: Bank;
  readonly proposals: readonly Proposal[];
  readonly reread: ReadBankFile;
  /** The file with other stretches than the answers as its slots. */
  readonly view: (file: BankFile) => BankFile;
  /** Of those slots, as far as they are looked for in other files than the one they were in. */
  readonly hashes: (file: BankFile) => readonly string[];
  /** What a change of such slots must not do besides. */
  readonly guard: GuardChange;
}

function viewShelf({ kind, bank, proposals, reread, view, hashes, guard }: View): Shelf {
  const guards = (before: BankFile, after: BankFile, edited: Parameters<GuardChange>[2]): string | undefined =>
    guardAnswers(reread(before.path, before.source.bytes), reread(after.path, after.source.bytes)) ??
    guard(before, after, edited);
  return {
    kind,
    bank: { files: bank.files.filter(mayHold(proposals, hashes)).map(view) },
    proposals,
    read: (path, bytes) => view(reread(path, bytes)),
    guards: { apply: guards, undo: guards },
  };
}

/** Only these are looked at as the kind sees them: a bank may have hundreds of files. */
function mayHold(proposals: readonly Proposal[], hashes: View["hashes"]): (file: BankFile) => boolean {
  if (proposals.length === 0) return () => false;
  const sources = proposals.map(({ header }) => header.source);
  const paths = new Set(sources.map(({ path }) => path));
  const sought = new Set<string>(sources.map((source) => source.question_hash));
  return (file) => paths.has(file.path) || hashes(file).some((hash) => sought.has(hash));
}

const BLANKS = /[ \t]+/g;

function onlyBlanks(before: BankFile, after: BankFile): string | undefined {
  const isSame = before.source.text.replace(BLANKS, "") === after.source.text.replace(BLANKS, "");
  return isSame ? undefined : "more than blanks would change in how a question is worded";
}

function sameCount(before: BankFile, after: BankFile): string | undefined {
  const isSame = before.questions.length === after.questions.length;
  return isSame ? undefined : "a total or a table of contents would be taken for something else";
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
