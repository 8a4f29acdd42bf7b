/** Where a record stands in a log file: enough to read it again without keeping it in memory. */
export interface RecordPlace {
  readonly offset: number;
  readonly length: number;
}

/** An append-only log of JSON records, one a line. A torn last line, left by a crash, counts as never written. */
export interface RecordLog {
  /** Synchronous: on return the operating system has the whole line, so a killed process does not lose it. */
  append(record: unknown): RecordPlace;
  /** Forces what was appended to the disk, against power loss. */
  sync(): void;
  read(place: RecordPlace): unknown;
  /** Visits all whole records in order without holding the file in memory. */
  scan(visit: (record: unknown, place: RecordPlace) => void): void;
  close(): void;
}
