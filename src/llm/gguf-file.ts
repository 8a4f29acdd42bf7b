import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, fstatSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";

/** The model file, with what tells it from other files, whatever they are called. */
export interface GgufFile {
  readonly path: string;
  /** File name and identity, such as `qwen-4b.gguf@1f0c2d3e4a5b6c7d`. */
  readonly model: string;
}

const MAGIC = "GGUF";
/** Read whole: it holds the description, the tokens and the chat template. */
const HEAD_BYTES = 16 * 1024 * 1024;
const SAMPLES = 256;
const SAMPLE_BYTES = 64 * 1024;
/** A file of several parts is named by its first. */
const PART = /-00001-of-(\d{5})\.gguf$/;

/**
 * Looks at a model file without loading it. Its identity is a hash of its size, its first 16 MiB and 256 samples of 64 KiB spread
 * evenly to its end, which takes a moment even where the file has tens of gigabytes: another training, conversion or
 * quantisation changes nearly every one of them. A file of up to 32 MiB is read whole.
 * @throws UserError where it is not there, or no GGUF file.
 */
export function readGgufFile(path: string): GgufFile {
  const identity = createHash("sha256");
  for (const part of partsOf(path)) withFile(part, (descriptor) => sample(descriptor, part, identity));
  return { path, model: `${basename(path)}@${identity.digest("hex").slice(0, 16)}` };
}

function partsOf(path: string): readonly string[] {
  const count = PART.exec(path)?.[1];
  if (count === undefined) return [path];
  const ending = `-of-${count}.gguf`;
  const stem = basename(path).replace(PART, "");
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(`${stem}-`) && name.endsWith(ending));
  return names.toSorted().map((name) => join(dirname(path), name));
}

function sample(descriptor: number, path: string, identity: ReturnType<typeof createHash>): void {
  const { size } = fstatSync(descriptor);
  const head = bytesAt(descriptor, 0, Math.min(size, HEAD_BYTES));
  if (head.subarray(0, 4).toString("latin1") !== MAGIC) {
    throw new UserError(`${path} is no GGUF file`, { hint: "--model names a model file as llama.cpp reads it" });
  }
  identity.update(`${size}\n`).update(head);
  const rest = size - head.length;
  const step = Math.max(SAMPLE_BYTES, Math.floor(rest / SAMPLES));
  for (let at = head.length; at < size; at += step) {
    identity.update(bytesAt(descriptor, at, Math.min(SAMPLE_BYTES, size - at)));
  }
}

function bytesAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const more = readSync(descriptor, bytes, read, length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function withFile(path: string, use: (descriptor: number) => void): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    throw new UserError(`there is no model file ${path} that can be read`, {
      hint: "--provider local takes --model FILE.gguf",
      cause: error,
    });
  }
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
