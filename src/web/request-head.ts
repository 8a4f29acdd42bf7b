/** A request before its body, as it came over the wire: nothing joined, nothing dropped. */
export interface RequestHead {
  readonly method: string;
  /** The request target, as sent. */
  readonly target: string;
  /** In the order sent; repeated ones stay apart. */
  readonly headers: readonly Header[];
}

export interface Header {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

/** @param rawHeaders names and values by turns, as node:http has them. */
export function requestHead(method: string, target: string, rawHeaders: readonly string[]): RequestHead {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push({ name: (rawHeaders[at] ?? "").toLowerCase(), value: rawHeaders[at + 1] ?? "" });
  }
  return { method, target, headers };
}

export function headerValues({ headers }: RequestHead, name: string): readonly string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value);
}

/** The value of a header that was sent once; undefined where it is missing or said twice. */
export function onlyHeader(head: RequestHead, name: string): string | undefined {
  const [value, ...more] = headerValues(head, name);
  return more.length === 0 ? value : undefined;
}

/** The target's path, and its query without the question mark. Neither is decoded or made shorter. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
