/** Where a command's words go: results to `out`, everything else to `err`. Tests pass their own. */
export interface Streams {
  readonly out: TextSink;
  readonly err: TextSink;
  readonly in: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}
