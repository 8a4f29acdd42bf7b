import type { LineMap } from "./line-map.ts";

/** What a container's opening line asks of the lines inside it. */
export interface AnswerBox {
  /** First line after what the container holds; its closing line where it has one. */
  readonly lineEnd: number;
  /** What every line inside begins with, after the blanks of the opening line. */
  readonly prefix: string;
}

type Opening = RegExpExecArray;

interface BoxKind {
  readonly opens: RegExp;
  /** Undefined where the container is never closed, so that it is none. */
  readonly read: (map: LineMap, line: number, to: number, opening: Opening) => AnswerBox | undefined;
}

const INSIDE_ADMONITION = "    ";

/** Containers of the markdown flavours that fold or frame an answer. `<details>` ends where its dialect says. */
const KINDS: readonly BoxKind[] = [
  // > [!success]- Answer
  {
    opens: /^\s{0,3}((?:>\s?)+)\[!/,
    read: (map, line, to, [, quote = ">"]) => {
      const depth = depthOf(quote);
      const lineEnd = firstLine(map, line + 1, to, (text) => depthOf(QUOTE.exec(text)?.[0] ?? "") < depth);
      return { lineEnd: lineEnd ?? to, prefix: quote.endsWith(" ") ? quote : `${quote} ` };
    },
  },
  // ??? success "Answer"
  {
    opens: /^([ \t]*)(?:\?\?\?\+?|!!!|===\+?)\s/,
    read: (map, line, to, [, indent = ""]) => {
      const width = indent.length + INSIDE_ADMONITION.length;
      const lineEnd = firstLine(map, line + 1, to, (text) => text.trim() !== "" && indentOf(text) < width);
      return { lineEnd: lineEnd ?? to, prefix: INSIDE_ADMONITION };
    },
  },
  // :::tip Answer
  {
    opens: /^\s*(:{3,})\s*[\w{[]/,
    read: (map, line, to, [, colons = ":::"]) => {
      const opens = new RegExp(`^\\s*${colons}\\s*[\\w{[]`);
      const closes = new RegExp(`^\\s*${colons}\\s*$`);
      return closedBy(map, line, to, opens, closes);
    },
  },
  // {{< expand "Answer" >}}
  {
    opens: /^\s*\{\{[<%]\s*([\w-]{1,40})/,
    read: (map, line, to, [, name = ""]) =>
      closedBy(map, line, to, new RegExp(`\\{\\{[<%]\\s*${name}\\b`), new RegExp(`\\{\\{[<%]\\s*/\\s*${name}\\b`)),
  },
  // {% details Answer %}
  {
    opens: /^\s*\{%-?\s*([\w]{1,40})/,
    read: (map, line, to, [, name = ""]) =>
      closedBy(map, line, to, new RegExp(`\\{%-?\\s*${name}\\b`), new RegExp(`\\{%-?\\s*end${name}\\b`)),
  },
];

/** The container that a line opens, looked for up to the line `to`; undefined for a line that opens none. */
export function boxAt(map: LineMap, line: number, to: number): AnswerBox | undefined {
  for (const { opens, read } of KINDS) {
    const opening = opens.exec(map.lineAt(line));
    if (opening !== null) return read(map, line, to, opening);
  }
  return undefined;
}

const QUOTE = /^\s{0,3}(?:>\s?)+/;

function depthOf(quote: string): number {
  return quote.split(">").length - 1;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function closedBy(map: LineMap, line: number, to: number, opens: RegExp, closes: RegExp): AnswerBox | undefined {
  let depth = 1;
  const lineEnd = firstLine(map, line + 1, to, (text, at) => {
    if (!map.isSearchable(at)) return false;
    if (closes.test(text)) depth--;
    else if (opens.test(text)) depth++;
    return depth === 0;
  });
  return lineEnd === undefined ? undefined : { lineEnd, prefix: "" };
}

function firstLine(
  map: LineMap,
  from: number,
  to: number,
  isWanted: (text: string, line: number) => boolean,
): number | undefined {
  for (let line = from; line < to; line++) if (isWanted(map.lineAt(line), line)) return line;
  return undefined;
}
