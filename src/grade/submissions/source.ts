/** A file as it was handed in; everything below is read from this value alone. */
export interface SubmissionSource {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  /** Names of the folders between what the user named and the file; none where the file itself, or its folder, was named. */
  readonly folders: readonly string[];
  readonly bytes: Uint8Array;
}

const TABLE = /\.(?:csv|tsv|tab|jsonl|ndjson)$/i;
const JSON_LINES = /\.(?:jsonl|ndjson)$/i;

/** What a file is by its name: rows, or the words of one candidate. */
export function sourceKind(path: string): "csv" | "jsonl" | "document" {
  if (JSON_LINES.test(path)) return "jsonl";
  return TABLE.test(path) ? "csv" : "document";
}

/** File name without its ending. */
export function stemOf(path: string): string {
  return fileNameOf(path).replace(/\.[^.]+$/, "");
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Name of the folder that a file stands in; undefined at the top of the project. */
export function folderOf(path: string): string | undefined {
  return path.split("/").at(-2);
}
