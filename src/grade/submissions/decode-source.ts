/** The text of a file without its byte-order mark, or why it has none. Lines are 1-based. */
export type Decoded =
  | { readonly status: "text"; readonly text: string }
  | { readonly status: "not-utf8"; readonly line: number };

const LINE_FEED = 0x0a;
const UTF8 = { label: "utf-8", mark: [0xef, 0xbb, 0xbf] };
const MARKED = [UTF8, { label: "utf-16le", mark: [0xff, 0xfe] }, { label: "utf-16be", mark: [0xfe, 0xff] }];

/** UTF-8 with or without a byte-order mark, UTF-16 with one. Nothing is guessed: other bytes are refused. */
export function decodeSource(bytes: Uint8Array): Decoded {
  const { label } = MARKED.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte)) ?? UTF8;
  const text = decoded(bytes, label);
  if (text !== undefined) return { status: "text", text };
  return { status: "not-utf8", line: label === UTF8.label ? firstBadLine(bytes) : 1 };
}

function decoded(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let feed = bytes.indexOf(LINE_FEED); feed !== -1; feed = bytes.indexOf(LINE_FEED, start)) {
    if (decoded(bytes.subarray(start, feed), UTF8.label) === undefined) return line;
    start = feed + 1;
    line++;
  }
  return line;
}
