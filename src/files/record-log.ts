import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import type { RecordLog, RecordPlace } from "../core/record-log.ts";
import { visibleLine } from "../core/sanitise.ts";
import { fileError } from "./file-error.ts";
import { scanLines } from "./line-scan.ts";
import { parseJson } from "./plain-data.ts";

/** A whole line that is not a record: the disk or another program damaged it. */
export interface DamagedLine {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly place: RecordPlace;
}

export interface RecordLogOptions {
  /** Told of each damaged line, which is then passed over. By default a damaged line is an error. */
  readonly onDamaged?: ((damaged: DamagedLine) => void) | undefined;
}

const LONGEST_RECORD = 64 * 1024 * 1024;

/**
 * Opens a log of JSON lines, creating it (0600, folder must exist) if it is not there. One process at a time may append.
 *
 * @throws UserError if the file cannot be opened; its methods throw it when the disk fails or a record cannot be read.
 */
export function openRecordLog(path: string, options: RecordLogOptions = {}): RecordLog {
  const { onDamaged = refuseDamaged } = options;
  const attempt = <Result>(action: string, call: () => Result): Result => {
    try {
      return call();
    } catch (error) {
      throw fileError(action, path, error);
    }
  };
  const descriptor = attempt("open", () => openSync(path, "a+", 0o600));
  // Unknown while there may be a torn last line: at first, and after an append that failed.
  let end: number | undefined;

  return {
    append: (record) =>
      attempt("append to", () => {
        const line = Buffer.from(`${serialise(path, record)}\n`);
        const offset = end ?? cutTornLine(descriptor);
        end = undefined;
        writeWhole(descriptor, line);
        end = offset + line.length;
        return { offset, length: line.length - 1 };
      }),
    sync: () => attempt("save", () => fdatasyncSync(descriptor)),
    read: (place) => attempt("read", () => readRecord(descriptor, path, place)),
    scan: (visit) =>
      attempt("read", () => {
        let line = 0;
        scanLines(descriptor, (bytes, place) => {
          line += 1;
          const parsed = parseLine(bytes);
          if (parsed.status === "damaged") onDamaged({ path, line, place });
          else visit(parsed.record, place);
        });
      }),
    close: () => closeSync(descriptor),
  };
}

function serialise(path: string, record: unknown): string {
  const text = JSON.stringify(record);
  if (text.length <= LONGEST_RECORD) return text;
  throw new UserError(`a record of ${text.length} characters is too large for ${visibleLine(path)}`);
}

function writeWhole(descriptor: number, line: Buffer): void {
  for (let written = 0; written < line.length;) written += writeSync(descriptor, line, written);
}

function cutTornLine(descriptor: number): number {
  const end = endOfLastLine(descriptor);
  if (end < fstatSync(descriptor).size) ftruncateSync(descriptor, end);
  return end;
}

const STEP_BYTES = 64 * 1024;

/** Searched from the end, so that opening a large log to append costs nothing. */
function endOfLastLine(descriptor: number): number {
  const step = Buffer.allocUnsafe(STEP_BYTES);
  for (let stop = fstatSync(descriptor).size; stop > 0; stop -= STEP_BYTES) {
    const start = Math.max(0, stop - STEP_BYTES);
    const read = readSync(descriptor, step, 0, stop - start, start);
    const found = step.subarray(0, read).lastIndexOf(0x0a);
    if (found !== -1) return start + found + 1;
  }
  return 0;
}

function readRecord(descriptor: number, path: string, { offset, length }: RecordPlace): unknown {
  const bytes = Buffer.alloc(length);
  const read = readSync(descriptor, bytes, 0, length, offset);
  const parsed = parseLine(bytes.subarray(0, read));
  if (read === length && parsed.status === "record") return parsed.record;
  throw new UserError(`cannot read ${visibleLine(path)}: there is no record of ${length} bytes at ${offset}`, {
    hint: "The file was changed or damaged since it was opened. Restore it from a copy.",
  });
}

type Parsed = { readonly status: "record"; readonly record: unknown } | { readonly status: "damaged" };

function parseLine(bytes: Buffer): Parsed {
  if (bytes.length > LONGEST_RECORD) return { status: "damaged" };
  try {
    return { status: "record", record: parseJson(bytes.toString("utf8")) };
  } catch {
    return { status: "damaged" };
  }
}

function refuseDamaged({ path, line }: DamagedLine): never {
  throw new UserError(`cannot read ${visibleLine(path)}: line ${line} is damaged`, {
    hint: "Restore the file from a copy, or remove that line to go on without its record.",
  });
}
