import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { faultCode, fileError } from "./file-error.ts";
import { parseJson } from "./plain-data.ts";
import { isAlive, thisProcess } from "./process-identity.ts";
import { temporaryPathFor } from "./temporary-file.ts";
import { ensureFolder } from "./workspace.ts";

const lockOwner = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  started: z.string(),
  nonce: z.string(),
  /** ISO 8601. */
  acquired_at: z.string(),
});

export type LockOwner = z.infer<typeof lockOwner>;

export interface Lock {
  /** The dead process that the lock was taken over from: worth a word to the user. */
  readonly takenOverFrom: LockOwner | undefined;
  /** Also done when the process exits; a second call does nothing. */
  readonly release: () => void;
}

export interface LockOptions {
  /** How long to wait, blocking the process, while another one holds the lock. By default not at all. */
  readonly patienceMs?: number | undefined;
}

/** `left over`: by a process that is gone; the next command takes the lock over. */
export type LockState = { readonly status: "free" } | { readonly status: "held" | "left over"; readonly by: LockOwner };

/**
 * Who holds a lock, for a report. Takes nothing.
 * @throws UserError for a file that is not a lock.
 */
export function inspectLock(path: string): LockState {
  const by = readOwner(path);
  if (by === undefined) return { status: "free" };
  return { status: isDead(by) ? "left over" : "held", by };
}

type Attempt =
  | { readonly status: "acquired"; readonly takenOverFrom: LockOwner | undefined }
  | { readonly status: "held"; readonly by: LockOwner }
  | { readonly status: "changed" };

const PAUSE_MS = 10;

/**
 * Takes a lock that is a file. A lock whose process died on this machine is taken over; of several processes that try, one
 * succeeds. Folders that are made for it go with it, unless something else was put there.
 *
 * @throws UserError naming the process that holds it and since when.
 */
export function acquireLock(path: string, clock: Clock, options: LockOptions = {}): Lock {
  const owner = describeOwner(clock);
  const made: string[] = [];
  // Counted in turns, because the clock may stand still.
  for (let turns = Math.ceil((options.patienceMs ?? 0) / PAUSE_MS); ; turns -= 1) {
    made.push(...makeFolders(dirname(path)));
    const attempt = tryAcquire(path, owner, clock);
    if (attempt.status === "acquired") return hold({ path, owner, made }, attempt.takenOverFrom);
    if (attempt.status === "held" && turns <= 0) throw heldError(path, attempt.by, clock);
    pause();
  }
}

/** @returns those that were missing, the inner ones first. */
function makeFolders(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let each = folder; !existsSync(each) && dirname(each) !== each; each = dirname(each)) missing.push(each);
  if (missing.length > 0) ensureFolder(folder);
  return missing;
}

function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Something stands there, or it is gone already.
  }
}

function describeOwner(clock: Clock): LockOwner {
  return {
    ...thisProcess(),
    host: hostname(),
    nonce: Math.random().toString(36).slice(2),
    acquired_at: new Date(clock.now()).toISOString(),
  };
}

/** The file comes into being with its whole content, by a link to a finished one, so nobody ever reads half a lock. */
function tryAcquire(path: string, owner: LockOwner, clock: Clock): Attempt {
  const finished = temporaryPathFor(path);
  try {
    writeOwner(finished, owner);
    if (linked(finished, path)) return { status: "acquired", takenOverFrom: undefined };
    const present = readOwner(path);
    if (present === undefined) return { status: "changed" };
    return isDead(present) ? takeOver(path, finished, present, clock) : { status: "held", by: present };
  } catch (error) {
    // Whoever made the folder took it away again.
    if (faultCode(error) === "ENOENT" && !existsSync(dirname(path))) return { status: "changed" };
    throw fileError("take the lock", path, error);
  } finally {
    rmSync(finished, { force: true });
  }
}

/**
 * Only the holder of a second lock may replace the file of a dead one, and only while it is still that file. If the holder
 * of the second lock dies too, the same rule applies to it.
 */
function takeOver(path: string, finished: string, dead: LockOwner, clock: Clock): Attempt {
  const guard = acquireLock(`${path}.takeover`, clock, { patienceMs: 1_000 });
  try {
    if (readOwner(path)?.nonce !== dead.nonce) return { status: "changed" };
    renameSync(finished, path);
    return { status: "acquired", takenOverFrom: dead };
  } finally {
    guard.release();
  }
}

function isDead(owner: LockOwner): boolean {
  return owner.host === hostname() && !isAlive(owner);
}

function writeOwner(path: string, owner: LockOwner): void {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    writeSync(descriptor, JSON.stringify(owner));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (faultCode(error) === "EEXIST") return false;
    throw error;
  }
}

function readOwner(path: string): LockOwner | undefined {
  const text = readIfAny(path);
  if (text === undefined) return undefined;
  try {
    return lockOwner.parse(parseJson(text));
  } catch (error) {
    throw new UserError(`${visibleLine(path)} is not a lock of answerkey`, {
      hint: "If no answerkey is at work in this project, remove that file.",
      cause: error,
    });
  }
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (faultCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

const HELD = new Map<string, () => void>();

interface Held {
  readonly path: string;
  readonly owner: LockOwner;
  /** Folders that were made for it, the inner ones first. */
  readonly made: readonly string[];
}

function hold({ path, owner, made }: Held, takenOverFrom: LockOwner | undefined): Lock {
  if (HELD.size === 0) process.on("exit", releaseAll);
  const release = (): void => {
    if (!HELD.delete(owner.nonce)) return;
    if (HELD.size === 0) process.off("exit", releaseAll);
    if (readOwner(path)?.nonce === owner.nonce) rmSync(path, { force: true });
    removeEmpty(made);
  };
  HELD.set(owner.nonce, release);
  return { takenOverFrom, release };
}

function releaseAll(): void {
  for (const release of HELD.values()) release();
}

function heldError(path: string, by: LockOwner, clock: Clock): UserError {
  const where = by.host === hostname() ? "" : ` on ${visibleLine(by.host)}`;
  const age = ageOf(clock.now() - Date.parse(by.acquired_at));
  return new UserError(`another answerkey, process ${by.pid}${where}, has been at work here for ${age}`, {
    hint: `Wait for it to end, or stop it. If it is gone, remove ${visibleLine(path)}.`,
  });
}

function ageOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
