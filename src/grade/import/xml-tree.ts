/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own characters, those of its children left out. */
  readonly text: string;
  /** 1-based line of its start. */
  readonly line: number;
}

export type XmlReading =
  | { readonly status: "read"; readonly root: XmlElement }
  | { readonly status: "broken"; readonly line: number; readonly reason: string };

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

// One piece of a document after the other. No alternative can begin inside another, so each character is looked at once.
const PIECE =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<data>[^]*?)\]\]>|<\/(?<end>[^\s<>/]+)\s*>|<(?<start>[^\s<>/="'!?]+)(?<attributes>(?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const DEEPEST = 200;

/**
 * Reads a document as a tree, or says where it is broken. Nothing outside the text is looked at: a document type, which could
 * name other files or blow up the text, is refused.
 */
export function readXml(text: string): XmlReading {
  const top: Open = { name: "", attributes: new Map(), children: [], line: 1, text: "" };
  const open: Open[] = [top];
  const lineAt = lineCounter(text);
  const pieces = new RegExp(PIECE);
  pieces.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  while (pieces.lastIndex < text.length) {
    const at = pieces.lastIndex;
    const piece = pieces.exec(text);
    const reason = piece === null ? strayWords(text, at) : take(piece.groups ?? {}, open, lineAt(at));
    if (reason !== undefined) return broken(lineAt(at), reason);
  }
  const unclosed = open[open.length - 1];
  return unclosed === undefined || unclosed === top
    ? rootOf(top)
    : broken(unclosed.line, `<${unclosed.name}> is never closed`);
}

function rootOf({ children: [root, second], text }: Open): XmlReading {
  return root === undefined || second !== undefined || text.trim() !== ""
    ? broken(second?.line ?? 1, "there is not one element around everything")
    : { status: "read", root };
}

function broken(line: number, reason: string): XmlReading {
  return { status: "broken", line, reason };
}

function strayWords(text: string, at: number): string {
  return text.startsWith("<!DOCTYPE", at) ? "a document type is not read" : "this is no XML";
}

/** @returns why the piece cannot stand here; undefined where it can. */
function take(
  { data, end, start, attributes = "", empty, text }: Readonly<Record<string, string | undefined>>,
  open: Open[],
  line: number,
): string | undefined {
  const current = open.at(-1);
  if (current === undefined) return "this is no XML";
  if (data !== undefined) current.text += data;
  if (text !== undefined) current.text += decoded(text);
  if (start !== undefined) {
    if (open.length > DEEPEST) return "elements are nested too deep";
    const opened = { name: start, attributes: attributesOf(attributes), children: [], line, text: "" };
    if (empty === "/") current.children.push(opened);
    else open.push(opened);
  }
  if (end === undefined) return undefined;
  const parent = open.at(-2);
  if (current.name !== end || parent === undefined) return `</${end}> closes nothing that is open`;
  open.pop();
  parent.children.push(current);
  return undefined;
}

const ATTRIBUTE = /([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(ATTRIBUTE), ([, name = "", double, single]) => [name, decoded(double ?? single ?? "")]),
  );
}

const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(ENTITY, (whole, hex: string | undefined, decimal: string | undefined, name = "") => {
    if (hex === undefined && decimal === undefined) return NAMED[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/** Line numbers of ascending offsets. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (; counted < offset; counted++) if (text.codePointAt(counted) === 0x0a) line++;
    return line;
  };
}

export function childrenNamed({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name);
}

/** Text at a path of first children, without blanks around it; "" where there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found === undefined ? undefined : childrenNamed(found, name)[0];
  return found?.text.trim() ?? "";
}

/** All elements of a name, wherever below, in document order; none within another of them. */
export function elementsBelow(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : elementsBelow(child, name)));
}
