import { closeSync, fstatSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { hashValue } from "../core/hash-schema.ts";
import { plural } from "../core/plural.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic } from "./atomic-write.ts";
import type { FileCalls } from "./file-calls.ts";
import { faultCode, fileError } from "./file-error.ts";
import { scanLines } from "./line-scan.ts";
import { acquireLock } from "./lock.ts";
import { parseJson } from "./plain-data.ts";
import { readFileIfAny } from "./read-file.ts";
import { openRecordLog } from "./record-log.ts";
import { ensureFolder, PRIVATE_MODE } from "./workspace.ts";

/** What every line of a chained log starts with. */
export const chainStart = {
  v: z.literal(1),
  /** 1 for the first line of the log, 2 for the second, … */
  seq: z.int().positive(),
  /** ISO 8601. */
  at: z.iso.datetime(),
};

/** Hash of the line before, without its line feed: a line that is changed, moved or taken out breaks the chain. */
export const chainEnd = { prev: hashValue };

interface Link {
  readonly v: 1;
  readonly seq: number;
  readonly at: string;
  readonly prev: Hash;
}

/** An entry before the log has given it its time and its place in the chain. */
export type NewEntry<Entry> = Entry extends unknown ? Omit<Entry, keyof Link> : never;

/**
 * Whether the log is as it was written. The hash of its last line is kept beside it, so that a changed last line and lines
 * cut off at the end show too, unless nothing there is `anchored`, for want of that file; who changes both files is found only by a
 * `head` noted elsewhere.
 */
export type ChainCheck =
  | { readonly status: "whole"; readonly entries: number; readonly head: Hash; readonly anchored: boolean }
  | { readonly status: "broken"; readonly line: number; readonly reason: string };

/** Who did what and when, append-only; several processes may append. All methods throw UserError when the disk fails. */
export interface ChainedLog<Entry extends Link> {
  /** On return the entries are with the system, one after the other with nothing between; on the disk where `durable`. */
  append(given: readonly NewEntry<Entry>[], options?: { readonly durable: boolean }): readonly Entry[];
  /** @throws UserError naming the first line that is not an entry. */
  readAll(): readonly Entry[];
  verifyChain(): ChainCheck;
}

export interface ChainedLogPlace<Entry extends Link> {
  readonly path: string;
  readonly lockPath: string;
  readonly schema: z.ZodType<Entry>;
  /** What an entry is called in messages: `decision`. */
  readonly noun: string;
  readonly clock: Clock;
  /** How the hash of the last line is written; the system's own calls by default. */
  readonly calls?: FileCalls | undefined;
}

/** What stands for the hash of the line before the first. */
const BEFORE_FIRST: Hash = `sha256:${"0".repeat(64)}`;
const PATIENCE_MS = 5_000;

interface End {
  readonly lines: number;
  readonly head: Hash;
  /** Offset just after the last whole line. */
  readonly size: number;
  /** True where lines that were known to be there are changed or gone. */
  readonly isBroken: boolean;
}

/** Reading makes no file. */
export function openChainedLog<Entry extends Link>(place: ChainedLogPlace<Entry>): ChainedLog<Entry> {
  const { path, lockPath, schema, noun, clock, calls } = place;
  const parse = (line: Buffer): Entry | undefined => parseEntry(schema, line);
  let known: End | undefined;

  return {
    append(given, { durable } = { durable: true }) {
      if (given.length === 0) return [];
      ensureFolder(dirname(path));
      const lock = acquireLock(lockPath, clock, { patienceMs: PATIENCE_MS });
      try {
        const end = known !== undefined && sizeOf(path) === known.size ? known : endOf(path, readAnchor(path));
        known = undefined;
        const at = new Date(clock.now()).toISOString();
        let prev = end.head;
        const entries = given.map((each, index) => {
          const entry = schema.parse({ ...each, v: 1, seq: end.lines + index + 1, at, prev });
          prev = hashOf(JSON.stringify(entry));
          return entry;
        });
        appendAll(path, entries, durable);
        const lines = end.lines + entries.length;
        // What contradicts the log stays beside it: else the next entry would cover up that it was tampered with.
        if (!end.isBroken) writeAnchor(path, { lines, head: prev }, { durable, calls });
        known = { lines, head: prev, size: sizeOf(path), isBroken: end.isBroken };
        return entries;
      } finally {
        lock.release();
      }
    },

    readAll() {
      const entries: Entry[] = [];
      eachLine(path, (line, number) => {
        const entry = parse(line);
        if (entry === undefined) throw damagedError(path, number, noun);
        entries.push(entry);
      });
      return entries;
    },

    verifyChain: () => checkChain(path, parse, noun),
  };
}

function checkChain(path: string, parse: (line: Buffer) => Link | undefined, noun: string): ChainCheck {
  const anchor = readAnchor(path);
  let head = BEFORE_FIRST;
  let entries = 0;
  let broken: ChainCheck | undefined;
  eachLine(path, (line, number) => {
    broken ??= faultAt(number, parse(line), head, noun);
    head = hashOf(line);
    entries = number;
    if (number === anchor.lines && head !== anchor.head) {
      broken ??= { status: "broken", line: number, reason: "it is not the line that was written" };
    }
  });
  if (entries < anchor.lines) {
    const missing = anchor.lines - entries;
    const reason = `${plural(missing, "line")} from here on ${missing === 1 ? "is" : "are"} gone`;
    broken ??= { status: "broken", line: entries + 1, reason };
  }
  return broken ?? { status: "whole", entries, head, anchored: anchor.lines > 0 || entries === 0 };
}

/** The last line that an append is known to have written. Later ones may stand after it: a crash leaves them unanchored. */
const anchorSchema = z.strictObject({
  lines: z.int().nonnegative(),
  head: hashValue,
  /** The lines were not waited for, so that a power failure may have taken them. */
  unsynced: z.literal(true).optional(),
});
type Anchor = z.infer<typeof anchorSchema>;

const NO_ANCHOR: Anchor = { lines: 0, head: BEFORE_FIRST };

/** After the lines themselves: were it on the disk before them, a power cut would look like lines cut off. */
function writeAnchor(
  path: string,
  anchor: Anchor,
  options: { readonly durable: boolean; readonly calls: FileCalls | undefined },
): void {
  const text = `${JSON.stringify(options.durable ? anchor : { ...anchor, unsynced: true })}\n`;
  writeFileAtomic(`${path}.head`, Buffer.from(text), { ...options, newFileMode: PRIVATE_MODE });
}

/** None where there is none that can be read: a log may have been copied without it. */
function readAnchor(path: string): Anchor {
  const bytes = readFileIfAny(`${path}.head`);
  if (bytes === undefined) return NO_ANCHOR;
  try {
    return anchorSchema.parse(parseJson(Buffer.from(bytes).toString("utf8")));
  } catch {
    return NO_ANCHOR;
  }
}

function faultAt(line: number, entry: Link | undefined, head: Hash, noun: string): ChainCheck | undefined {
  if (entry === undefined) return { status: "broken", line, reason: `it is not a ${noun}` };
  if (entry.prev !== head)
    return { status: "broken", line, reason: "the line before it is not the one it was written after" };
  if (entry.seq !== line) return { status: "broken", line, reason: `it is numbered ${entry.seq}` };
  return undefined;
}

function endOf(path: string, anchor: Anchor): End {
  let last: Buffer | undefined;
  let lines = 0;
  let isBroken = anchor.lines > 0 && anchor.unsynced !== true;
  const size = eachLine(path, (line, number) => {
    last = Buffer.from(line);
    lines = number;
    if (number === anchor.lines && hashOf(line) === anchor.head) isBroken = false;
  });
  return { lines, head: last === undefined ? BEFORE_FIRST : hashOf(last), size, isBroken };
}

function appendAll(path: string, entries: readonly unknown[], durable: boolean): void {
  const log = openRecordLog(path);
  try {
    for (const entry of entries) log.append(entry);
    if (durable) log.sync();
  } finally {
    log.close();
  }
}

/** Visits the whole lines, counted from 1; none if there is no file. @returns the offset just after the last of them. */
function eachLine(path: string, visit: (line: Buffer, number: number) => void): number {
  const descriptor = openIfAny(path);
  if (descriptor === undefined) return 0;
  let number = 0;
  try {
    return scanLines(descriptor, (line) => visit(line, (number += 1)));
  } catch (error) {
    throw fileError("read", path, error);
  } finally {
    closeSync(descriptor);
  }
}

function sizeOf(path: string): number {
  const descriptor = openIfAny(path);
  if (descriptor === undefined) return 0;
  try {
    return fstatSync(descriptor).size;
  } finally {
    closeSync(descriptor);
  }
}

function openIfAny(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (faultCode(error) === "ENOENT") return undefined;
    throw fileError("open", path, error);
  }
}

function parseEntry<Entry>(schema: z.ZodType<Entry>, line: Buffer): Entry | undefined {
  try {
    return schema.safeParse(parseJson(line.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

function damagedError(path: string, line: number, noun: string): UserError {
  return new UserError(`cannot read ${visibleLine(path)}: line ${line} is not a ${noun}`, {
    hint: "Restore the file from a copy, or remove that line to go on without it.",
  });
}
