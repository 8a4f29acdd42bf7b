/** The characters of a text that are kept, and where each of them stands. */
export interface Letters {
  readonly text: string;
  /** UTF-16 offsets. */
  readonly at: readonly number[];
}

const BLANKS = /\s+/g;
const BLANKS_AND_MARKS = /\s+|[*_]+|<!--.{0,500}?-->|<[^<>]{1,200}>/gs;

/** All but blanks. */
export function withoutBlanks(text: string): Letters {
  return keptOf(text, BLANKS);
}

/** All but blanks, emphasis, tags and comments. */
export function withoutMarks(text: string): Letters {
  return keptOf(text, BLANKS_AND_MARKS);
}

function keptOf(text: string, dropped: RegExp): Letters {
  const at: number[] = [];
  const kept: string[] = [];
  let from = 0;
  const keep = (to: number): void => {
    kept.push(text.slice(from, to));
    for (let offset = from; offset < to; offset++) at.push(offset);
  };
  for (const match of text.matchAll(dropped)) {
    keep(match.index);
    from = match.index + match[0].length;
  }
  keep(text.length);
  return { text: kept.join(""), at };
}
