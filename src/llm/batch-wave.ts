import { sha256Hex } from "../core/hash.ts";
import type { RecordLog } from "../core/record-log.ts";
import type { BatchEndpoint, BatchLine } from "./batch-endpoint.ts";
import type { BatchFiles } from "./batch-files.ts";
import type { CollectedFile } from "./batch-records.ts";
import { versioned } from "./batch-records.ts";

/** What one file may hold. */
export interface FileLimits {
  readonly requests: number;
  readonly bytes: number;
  /** Most input tokens in flight at once, so also of one file. */
  readonly inputTokens: number;
}

/** Of the endpoints known: 50,000 requests and 200 MB a file; some room is left. */
export const FILE_LIMITS: FileLimits = {
  requests: 50_000,
  bytes: 190_000_000,
  inputTokens: Number.POSITIVE_INFINITY,
};

export interface Collected {
  readonly line: BatchLine;
  readonly inputTokens: number;
  readonly ceilingUsd: number;
}

interface OpenFile {
  readonly log: RecordLog;
  readonly number: number;
  readonly url: string;
  requests: number;
  bytes: number;
  inputTokens: number;
  ceilingUsd: number;
  hash: string;
}

/** The requests that are ready at once, written to files as they come. Nothing of it counts before it is closed. */
export class BatchWave {
  readonly #files: BatchFiles;
  readonly #endpoint: BatchEndpoint;
  readonly #limits: FileLimits;
  readonly #closed: OpenFile[] = [];
  #open: OpenFile | undefined;
  #next: number;

  constructor(files: BatchFiles, endpoint: BatchEndpoint, limits: FileLimits, firstNumber: number) {
    this.#files = files;
    this.#endpoint = endpoint;
    this.#limits = limits;
    this.#next = firstNumber;
  }

  get isEmpty(): boolean {
    return this.#open === undefined && this.#closed.length === 0;
  }

  /** @returns the number of its file. */
  add({ line, inputTokens, ceilingUsd }: Collected): number {
    const size = Buffer.byteLength(JSON.stringify(line)) + 1;
    const file = this.#fileFor(line, size, inputTokens);
    const place = file.log.append(line);
    file.requests += 1;
    file.bytes += place.length + 1;
    file.inputTokens += inputTokens;
    file.ceilingUsd += ceilingUsd;
    file.hash = nextHash(file.hash, line.custom_id);
    return file.number;
  }

  /** Makes the files safe against power loss and tells what is in them. */
  close(wave: number, at: number): readonly CollectedFile[] {
    this.#seal();
    const { account, able } = this.#endpoint;
    return this.#closed.map(({ number, url, requests, inputTokens, ceilingUsd, hash }) => {
      const about = { number, wave, account, able, url, requests, inputTokens, ceilingUsd, hash };
      return { ...versioned(), at, type: "collected", ...about };
    });
  }

  #fileFor({ url }: BatchLine, bytes: number, inputTokens: number): OpenFile {
    const file = this.#open;
    const limits = this.#limits;
    const fits =
      file !== undefined &&
      file.url === url &&
      file.requests < limits.requests &&
      file.bytes + bytes <= limits.bytes &&
      file.inputTokens + inputTokens <= limits.inputTokens;
    if (fits) return file;
    this.#seal();
    const number = this.#next;
    this.#next += 1;
    const log = this.#files.fresh(number);
    this.#open = { log, number, url, requests: 0, bytes: 0, inputTokens: 0, ceilingUsd: 0, hash: "" };
    return this.#open;
  }

  #seal(): void {
    if (this.#open === undefined) return;
    this.#open.log.sync();
    this.#open.log.close();
    this.#closed.push(this.#open);
    this.#open = undefined;
  }
}

/** The hash of a file's names so far: names are made of what is asked, so they are as good as the lines. */
export function nextHash(hash: string, id: string): string {
  return sha256Hex(`${hash} ${id}`);
}
