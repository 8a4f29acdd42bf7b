import { existsSync, lstatSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Proposal, ProposalHeader } from "../bank/proposal.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { UserError } from "../core/errors.ts";
import { hashOf } from "../core/hash.ts";
import { questionId, type QuestionId } from "../core/ids.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic, type WriteResult } from "./atomic-write.ts";
import { faultCode, fileError } from "./file-error.ts";
import type { FileMemo } from "./file-memo.ts";
import { formatProposal, parseProposal, replaceHeader, type ParsedProposal } from "./proposal-file.ts";
import { readFile, readFileIfAny } from "./read-file.ts";
import { resolveInside } from "./safe-path.ts";
import { writeNewFile } from "./write-new-file.ts";
import { ensureFolder, pathForBank, proposalFolderName, type Workspace } from "./workspace.ts";

/** A file among the proposals that is not one, or is one no longer. It is told and left alone. */
export interface UnreadableProposal {
  readonly status: "unreadable";
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
}

export interface StoredProposal {
  readonly status: "read";
  readonly path: string;
  readonly proposal: Proposal;
}

export type ProposalReading = StoredProposal | UnreadableProposal | { readonly status: "missing" };

export interface ProposalListing {
  /** In the order of their paths. */
  readonly proposals: readonly StoredProposal[];
  readonly unreadable: readonly UnreadableProposal[];
}

/** Proposals as files that people may read, edit and review. All methods throw UserError when the disk fails. */
export interface ProposalStore {
  /** All proposals, or those of one bank file. */
  list(bankPath?: string): ProposalListing;
  /** Reads all proposals that the memo does not hold, with pauses in which the process does other things. */
  readAhead(): Promise<void>;
  read(bankPath: string, id: QuestionId): ProposalReading;
  /**
   * Writes a new proposal, or a new draft over an earlier one.
   * @param present what was just read there, by who has read it
   * @throws UserError if a file stands there that is not a proposal.
   */
  write(proposal: Proposal, present?: ProposalReading): void;
  /**
   * Changes the front matter only; the body keeps its bytes, whatever an editor made of them. Not `durable`, a power failure
   * may bring the status before it back: for many at once, where log or bank tell what happened.
   */
  setStatus(
    bankPath: string,
    id: QuestionId,
    status: ProposalHeader["status"],
    options?: { readonly durable: boolean },
  ): WriteResult;
  /**
   * Puts another draft or origin in the place of a proposal that somebody has seen. One that now belongs to another
   * question goes where that one's belongs, and the one seen is moved away. A draft as it was generated is kept among the
   * earlier ones when it is edited for the first time.
   *
   * @throws UserError if the file no longer holds what was seen, or the other question has a proposal of its own.
   */
  replace(seen: Proposal, next: Proposal): WriteResult;
  /** Earlier drafts for a question, newest first; files that cannot be read are left out. */
  earlier(bankPath: string, id: QuestionId): readonly Proposal[];
  /** Moves a proposal out of the way of its successor. @returns its new path, or undefined if there was none. */
  supersede(bankPath: string, id: QuestionId): string | undefined;
}

/** @param memo proposals listed before; files that did not change since are not read again for a list. */
export function openProposalStore(workspace: Workspace, memo?: FileMemo<ProposalReading>): ProposalStore {
  const { root, proposals } = workspace;
  const pathOf = (bankPath: string, id: QuestionId): string =>
    pathForBank(workspace, "proposals", bankPath, `${id}.md`);
  const folderOf = once((bankPath, id) => dirname(pathOf(bankPath, id)));
  const madeFolderOf = once((bankPath, id) => ensureFolder(folderOf(bankPath, id)));
  const shown = (path: string): string => shownIn(root, path);
  const readAt = (path: string): ProposalReading => readIn(workspace, path);

  return {
    list(bankPath) {
      const folder = bankPath === undefined ? proposals : join(proposals, proposalFolderName(bankPath));
      const readings = filesIn(folder, bankPath === undefined).map((path) => recalled(memo, path, readAt));
      return {
        proposals: readings.filter((reading) => reading.status === "read"),
        unreadable: readings.filter((reading) => reading.status === "unreadable"),
      };
    },

    readAhead: () => aFewAtATime(filesIn(proposals, true), (path) => recalled(memo, path, readAt)),

    read: (bankPath, id) => readAt(join(folderOf(bankPath, id), `${id}.md`)),

    write(proposal, present) {
      const id = questionId(proposal.header.id);
      const path = join(madeFolderOf(proposal.header.source.path, id), `${id}.md`);
      const found = present ?? readAt(path);
      if (found.status === "unreadable") throw unreadableError(found);
      // Made again from the journal if a power failure takes it, so it need not wait for the disk.
      writeNewFile(path, formatProposal(proposal));
    },

    setStatus(bankPath, id, status, { durable } = { durable: true }) {
      const path = pathOf(bankPath, id);
      const bytes = readFile(path);
      const parsed = parseProposal(bytes);
      if (parsed.status === "unreadable") throw unreadableError({ ...parsed, path: shown(path) });
      const changed = replaceHeader(parsed, { ...parsed.proposal.header, status });
      return writeFileAtomic(path, changed, { expectedHash: hashOf(bytes), durable });
    },

    replace(seen, next) {
      const from = pathOf(seen.header.source.path, questionId(seen.header.id));
      const to = pathOf(next.header.source.path, questionId(next.header.id));
      const bytes = readFile(from);
      refuseUnseen(shown(from), parseProposal(bytes), seen);
      if (to === from) {
        if (isFirstEdit(seen, next)) copyAside(workspace, seen, bytes);
        return writeFileAtomic(from, formatProposal(next), { expectedHash: hashOf(bytes) });
      }
      ensureFolder(dirname(to));
      const result = writeFileAtomic(to, formatProposal(next), { onlyNew: true });
      moveAside(workspace, from, seen.header.source.path, `${seen.header.id}.r${seen.header.revision}`);
      return result;
    },

    earlier: (bankPath, id) => earlierIn(dirname(pathForBank(workspace, "superseded", bankPath, `${id}.md`)), id),

    supersede(bankPath, id) {
      const path = pathOf(bankPath, id);
      const present = readAt(path);
      if (present.status === "missing") return undefined;
      const mark = present.status === "read" ? `r${present.proposal.header.revision}` : "unreadable";
      return shown(moveAside(workspace, path, bankPath, `${id}.${mark}`));
    },
  };
}

/** Relative to the root, with forward slashes. */
function shownIn(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

function readIn({ root, proposals }: Workspace, path: string): ProposalReading {
  // What is not there leads nowhere, and is what thousands of new proposals find.
  if (!isThere(path)) return { status: "missing" };
  const shown = shownIn(root, path);
  try {
    const bytes = readFileIfAny(resolveInside(root, shown));
    if (bytes === undefined || isBlank(bytes)) return { status: "missing" };
    const parsed = inItsPlace(shownIn(proposals, path), parseProposal(bytes));
    if (parsed.status === "unreadable") return { ...parsed, path: shown };
    return { status: "read", path: shown, proposal: parsed.proposal };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: "unreadable", path: shown, line: 1, reason: error.message };
  }
}

function refuseUnseen(path: string, present: ParsedProposal, seen: Proposal): void {
  if (present.status === "read" && canonicalJson(present.proposal) === canonicalJson(seen)) return;
  throw new UserError(`${path} was changed by someone else in the meantime`, {
    hint: "Nothing was written. Look at it as it is now.",
  });
}

/** All drafts that gave way to others, in the order of their paths; files that cannot be read are left out. */
export function listSuperseded({ superseded }: Workspace): readonly Proposal[] {
  return filesIn(superseded, true).flatMap((path) => {
    const parsed = parseProposal(readFile(path));
    return parsed.status === "read" ? [parsed.proposal] : [];
  });
}

function earlierIn(folder: string, id: QuestionId): readonly Proposal[] {
  const drafts = filesIn(folder, false).flatMap((path) => {
    const parsed = basename(path).startsWith(`${id}.`) ? parseProposal(readFile(path)) : undefined;
    return parsed?.status === "read" && parsed.proposal.header.id === id ? [parsed.proposal] : [];
  });
  return drafts.toSorted((left, right) => right.header.revision - left.header.revision);
}

/** What a folder of proposals needs once a run (to be looked at for links, to be made): thousands go into the same few. */
function once(folderFor: (bankPath: string, id: QuestionId) => string): (bankPath: string, id: QuestionId) => string {
  const folders = new Map<string, string>();
  return (bankPath, id) => {
    const known = folders.get(bankPath);
    if (known !== undefined) return known;
    const folder = folderFor(bankPath, id);
    folders.set(bankPath, folder);
    return folder;
  };
}

/** True for links to nothing too. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** A proposal counts only where its own header says it belongs; a header cannot point to a bank elsewhere. */
function inItsPlace(path: string, parsed: ParsedProposal): ParsedProposal {
  if (parsed.status === "unreadable") return parsed;
  const { id, source } = parsed.proposal.header;
  if (path === `${proposalFolderName(source.path)}/${id}.md`) return parsed;
  return { status: "unreadable", line: 1, reason: "its id or source.path is not that of its own path" };
}

/** What a power failure leaves of a file whose content had not reached the disk. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function filesIn(folder: string, recursive: boolean): readonly string[] {
  try {
    return readdirSync(folder, { recursive, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch (error) {
    if (faultCode(error) === "ENOENT") return [];
    throw fileError("read the folder", folder, error);
  }
}

function moveAside(workspace: Workspace, path: string, bankPath: string, stem: string): string {
  const target = asidePath(workspace, bankPath, stem);
  move(path, target);
  return target;
}

function asidePath(workspace: Workspace, bankPath: string, stem: string): string {
  return freePath(pathForBank(workspace, "superseded", bankPath, `${stem}.md`));
}

function recalled(
  memo: FileMemo<ProposalReading> | undefined,
  path: string,
  read: (path: string) => ProposalReading,
): ProposalReading {
  const known = memo?.recall(path);
  if (known !== undefined) return known;
  const reading = read(path);
  memo?.keep(path, reading);
  return reading;
}

/** Read in about a hundredth of a second. */
const AT_A_TIME = 32;

async function aFewAtATime(paths: readonly string[], read: (path: string) => unknown): Promise<void> {
  for (const [at, path] of paths.entries()) {
    if (at % AT_A_TIME === 0) await nextTurn();
    read(path);
  }
}

function copyAside(workspace: Workspace, { header }: Proposal, bytes: Uint8Array): void {
  const path = asidePath(workspace, header.source.path, `${header.id}.r${header.revision}`);
  ensureFolder(dirname(path));
  writeFileAtomic(path, bytes, { onlyNew: true });
}

function isFirstEdit(seen: Proposal, next: Proposal): boolean {
  return next.body !== seen.body && hashOf(seen.body) === seen.header.content_hash;
}

function freePath(path: string): string {
  const stem = path.replace(/\.md$/, "");
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? path : `${stem}-${copy}.md`;
    if (!existsSync(candidate)) return candidate;
  }
}

function move(from: string, to: string): void {
  ensureFolder(dirname(to));
  try {
    renameSync(from, to);
  } catch (error) {
    throw fileError("move", from, error);
  }
}

function unreadableError({ path, line, reason }: UnreadableProposal): UserError {
  return new UserError(`${visibleLine(path)}:${line} is not a proposal that can be read: ${visibleLine(reason)}`, {
    hint: "Repair the front matter, or move the file away.",
  });
}
