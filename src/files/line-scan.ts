import { readSync } from "node:fs";
import type { RecordPlace } from "../core/record-log.ts";

const CHUNK_BYTES = 256 * 1024;
const LINE_FEED = 0x0a;

/**
 * Visits every whole line of an open file, a chunk at a time. `line` is without its line feed and valid only during the
 * visit. What follows the last line feed is not visited.
 *
 * @returns the offset just after the last line feed.
 */
export function scanLines(descriptor: number, visit: (line: Buffer, place: RecordPlace) => void): number {
  let window = Buffer.allocUnsafe(CHUNK_BYTES);
  let windowStart = 0;
  let filled = 0;
  for (;;) {
    const read = readSync(descriptor, window, filled, window.length - filled, windowStart + filled);
    if (read === 0) return windowStart;
    filled += read;
    const used = visitLines(window.subarray(0, filled), windowStart, visit);
    window.copyWithin(0, used, filled);
    windowStart += used;
    filled -= used;
    if (filled === window.length) window = Buffer.concat([window, Buffer.allocUnsafe(window.length)]);
  }
}

function visitLines(bytes: Buffer, offset: number, visit: (line: Buffer, place: RecordPlace) => void): number {
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    visit(bytes.subarray(start, end), { offset: offset + start, length: end - start });
    start = end + 1;
  }
  return start;
}
