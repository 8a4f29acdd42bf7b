import { dirname, resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { ensureFolder, PRIVATE_MODE } from "../../files/workspace.ts";
import type { Project } from "../open-project.ts";

export interface ExportTarget {
  /** As the user named it; undefined for standard output. */
  readonly out: string | undefined;
  /** Files that are sources, relative to the root: an export never takes their place. */
  readonly sources: readonly string[];
  /** True for what names candidates: its owner only may read it. */
  readonly isPrivate?: boolean | undefined;
}

/**
 * Writes an export whole or not at all, in place of an earlier one, or to standard output.
 * @throws UserError where a source stands there, or the disk fails.
 */
export function writeExport(project: Project, text: string, { out, sources, isPrivate = false }: ExportTarget): void {
  if (out === undefined) {
    project.streams.out.write(text);
    return;
  }
  const path = resolve(project.folder, out);
  if (sources.some((source) => resolve(project.workspace.root, source) === path)) {
    throw new UserError(`${visibleLine(out)} is a file of the bank; an export is not written over it`, {
      hint: "Give --out another name.",
    });
  }
  ensureFolder(dirname(path));
  writeFileAtomic(path, Buffer.from(text), {
    durable: false,
    mostBytes: Infinity,
    ...(isPrivate ? { newFileMode: PRIVATE_MODE } : {}),
  });
}
