import { dirname, join } from "node:path";
import { proposalFolderName, type Workspace } from "../../files/workspace.ts";
import type { ReviewSession } from "../review/review-session.ts";

/** The folders in which something may change that the proposals are read from, and those above them in the outputs. */
export function watchedFolders(
  { root, proposals, grades, decisions }: Workspace,
  { shelves }: ReviewSession,
): readonly string[] {
  const files = shelves.flatMap(({ bank }) => bank.files.map(({ path }) => dirname(join(root, path))));
  const own = shelves.flatMap((shelf) =>
    shelf.proposals.map(({ header }) => join(proposals, proposalFolderName(header.source.path))),
  );
  const above = [...new Set(own)].flatMap((folder) => foldersUpTo(proposals, folder));
  return [...new Set([dirname(decisions), proposals, grades, ...files, ...above])];
}

function foldersUpTo(top: string, folder: string): readonly string[] {
  return folder.length <= top.length ? [] : [folder, ...foldersUpTo(top, dirname(folder))];
}
