import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { isCostlyToRead } from "../bank/reading-cost.ts";
import { visible } from "../core/sanitise.ts";
import type { MarkdownNode } from "./api.ts";

type Parsed = ReturnType<typeof fromMarkdown>["children"][number];
type ParsedParent = Extract<Parsed, { readonly children: readonly unknown[] }>;

/** No answer comes near; reading on would only cost time. */
const LONGEST = 40_000;
/** Levels of the tree below which there is only an ellipsis. */
const DEEPEST = 40;

interface Reading {
  /** Where links and images of the form `[text][label]` lead, by label. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Depths of the headings that are open. */
  readonly outline: number[];
  readonly depth: number;
}

/** Markdown with tables as a tree of what may be shown; undefined where the text is made to be costly to read. */
export function markdownTree(markdown: string): readonly MarkdownNode[] | undefined {
  if (markdown.length > LONGEST || isCostlyToRead(markdown)) return undefined;
  const options = { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] };
  const { children } = fromMarkdown(visible(markdown), options);
  return readAll(children, { addresses: addressesIn(children), outline: [], depth: 0 });
}

/** A stack of its own: hostile text nests deeper than calls may. */
function addressesIn(children: readonly Parsed[]): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const waiting = children.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "definition" && !addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
  return addresses;
}

function readAll(nodes: readonly Parsed[], reading: Reading): readonly MarkdownNode[] {
  return nodes.flatMap((node) => ("children" in node ? branch(node, reading) : leaf(node, reading)));
}

function branch(node: ParsedParent, reading: Reading): readonly MarkdownNode[] {
  if (reading.depth > DEEPEST) return [{ kind: "text", text: "…" }];
  const inner = { ...reading, depth: reading.depth + 1 };
  // The level comes first: it is that of the heading's place in the outline.
  const level = node.type === "heading" ? levelOf(node.depth, reading.outline) : 0;
  if (node.type === "table") {
    return [
      { kind: "table", rows: node.children.map((row) => row.children.map((cell) => readAll(cell.children, inner))) },
    ];
  }
  const children = readAll(node.children, inner);
  switch (node.type) {
    case "heading":
      return [{ kind: "heading", level, children }];
    case "list":
      return [{ kind: "list", start: node.ordered === true ? (node.start ?? 1) : null, children }];
    case "link":
      return [{ kind: "link", address: node.url, children }];
    case "linkReference":
      return [{ kind: "link", address: reading.addresses.get(node.identifier) ?? "", children }];
    default: {
      const kind = CONTAINERS[node.type];
      return kind === undefined ? children : [{ kind, children }];
    }
  }
}

const CONTAINERS: Readonly<Record<string, "paragraph" | "quote" | "item" | "emphasis" | "strong">> = {
  paragraph: "paragraph",
  blockquote: "quote",
  listItem: "item",
  emphasis: "emphasis",
  strong: "strong",
};

function levelOf(depth: number, outline: number[]): number {
  while ((outline.at(-1) ?? 0) >= depth) outline.pop();
  return outline.push(depth);
}

type ParsedLeaf = Exclude<Parsed, ParsedParent>;

function leaf(node: ParsedLeaf, { addresses }: Reading): readonly MarkdownNode[] {
  switch (node.type) {
    case "text":
    case "html":
      return [{ kind: node.type, text: node.value }];
    case "inlineCode":
      return [{ kind: "code-span", text: node.value }];
    case "code":
      return [{ kind: "code", language: node.lang ?? "", text: node.value }];
    case "break":
      return [{ kind: "break" }];
    case "thematicBreak":
      return [{ kind: "rule" }];
    default:
      return pointer(node, addresses);
  }
}

/** What points elsewhere, without going there. */
function pointer(node: ParsedLeaf, addresses: Reading["addresses"]): readonly MarkdownNode[] {
  switch (node.type) {
    case "image":
      return [{ kind: "image", alt: node.alt ?? "", address: node.url }];
    case "imageReference":
      return [{ kind: "image", alt: node.alt ?? "", address: addresses.get(node.identifier) ?? "" }];
    case "definition":
      return [{ kind: "definition", label: node.label ?? node.identifier, address: node.url }];
    default:
      return [];
  }
}
