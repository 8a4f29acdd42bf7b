import { mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import type { Clock } from "../core/clock.ts";
import { isSafeName, runId, type RunId } from "../core/ids.ts";
import { writeFileAtomic, type WriteResult } from "./atomic-write.ts";
import { faultCode, fileError } from "./file-error.ts";
import { parseJson } from "./plain-data.ts";
import { decodeText, readFileIfAny } from "./read-file.ts";
import { resolveInside } from "./safe-path.ts";
import { ensureFolder, PRIVATE_MODE, type Workspace } from "./workspace.ts";

/** Where one run keeps its things. */
export interface RunFolder {
  readonly id: RunId;
  readonly folder: string;
  readonly journal: string;
  /** What the run was asked to do. */
  readonly request: string;
  readonly summary: string;
  /** Folder of the batches that it submitted. */
  readonly batches: string;
  /** Folder of the prompts that it keeps to. */
  readonly prompts: string;
}

/** The paths of a run; touches nothing. @throws UserError if a link at one of them leads out of the project. */
export function runFolder({ root }: Workspace, id: RunId): RunFolder {
  const inside = (name: string): string => resolveInside(root, `outputs/runs/${id}${name}`);
  return {
    id,
    folder: inside(""),
    journal: inside("/journal.jsonl"),
    request: inside("/request.json"),
    summary: inside("/summary.json"),
    batches: inside("/batches"),
    prompts: inside("/prompts"),
  };
}

/** Makes the folder of a new run, named by its second, such as `2026-11-23t10-12-04z`; the next in that second gets `-02`. */
export function createRunFolder(workspace: Workspace, clock: Clock): RunFolder {
  ensureFolder(workspace.runs);
  const time = runName(clock);
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? "" : `-${String(count).padStart(2, "0")}`;
    const run = runFolder(workspace, runId(time + suffix));
    if (madeNew(run.folder)) return run;
  }
}

/** Takes away a run that could not begin: there is nothing in it to take up. */
export function discardRunFolder({ runs }: Workspace, { folder }: RunFolder): void {
  rmSync(folder, { recursive: true, force: true });
  try {
    rmdirSync(runs);
  } catch {
    // Other runs stand there.
  }
}

/** The name of what is done now: its second. */
export function runName(clock: Clock): RunId {
  return runId(`${new Date(clock.now()).toISOString().slice(0, 19).replaceAll(":", "-")}z`.toLowerCase());
}

/** All runs, oldest first. */
export function listRuns(workspace: Workspace): readonly RunFolder[] {
  return foldersIn(workspace.runs)
    .filter(isSafeName)
    .toSorted()
    .map((name) => runFolder(workspace, runId(name)));
}

/** Replaces the summary as a whole. It must be plain data. */
export function writeSummary(run: RunFolder, summary: unknown): WriteResult {
  const text = `${JSON.stringify(summary, null, 2)}\n`;
  return writeFileAtomic(run.summary, Buffer.from(text), { newFileMode: PRIVATE_MODE });
}

/** What {@link writeSummary} wrote; undefined where there is none that can be read, as after a crash. */
export function readSummary(run: RunFolder): unknown {
  const bytes = readFileIfAny(run.summary);
  const text = bytes === undefined ? undefined : decodeText(bytes);
  if (text === undefined) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function madeNew(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (faultCode(error) === "EEXIST") return false;
    throw fileError("make the folder", folder, error);
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return [];
    throw fileError("read the folder", folder, error);
  }
}
