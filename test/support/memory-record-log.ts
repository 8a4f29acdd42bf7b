import type { RecordLog, RecordPlace } from "../../src/core/record-log.ts";

/** A record log in memory that keeps lines as text, as a file would, and counts its syncs. */
export class MemoryRecordLog implements RecordLog {
  readonly lines: string[] = [];
  syncs = 0;
  isClosed = false;

  append(record: unknown): RecordPlace {
    const line = JSON.stringify(record);
    this.lines.push(line);
    return { offset: this.lines.length - 1, length: line.length };
  }

  sync(): void {
    this.syncs += 1;
  }

  read(place: RecordPlace): unknown {
    return JSON.parse(this.lines[place.offset] ?? "null");
  }

  scan(visit: (record: unknown, place: RecordPlace) => void): void {
    for (const [offset, line] of this.lines.entries()) visit(JSON.parse(line), { offset, length: line.length });
  }

  close(): void {
    this.isClosed = true;
  }

  get text(): string {
    return this.lines.join("\n");
  }
}
