import { EVENT_ID, getScalarValue, parseEvents, YAMLException, type Event } from "js-yaml";

/** Keys and places from the top of a document: `["criteria", 2, "points"]`. */
export type DocumentPath = readonly PropertyKey[];

/** The 1-based line on which a part of a document stands; of the nearest part above it that is there, else 1. */
export type LineOf = (at: DocumentPath) => number;

const DEEPEST = 100;

/** As people write it: `criteria[2].levels[0].points`. */
export function formatPath(at: DocumentPath): string {
  return at
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** Looks up lines that are known by {@link formatPath}. */
export function lineOfKnown(lines: ReadonlyMap<string, number>): LineOf {
  return (at) => {
    for (let length = at.length; length >= 0; length--) {
      const line = lines.get(formatPath(at.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

/** Lines of everything in a YAML or JSON text, found when first asked for. Of a text that is neither, everything is on line 1. */
export function lineOfYaml(text: string): LineOf {
  let look: LineOf | undefined;
  return (at) => {
    look ??= lineOfKnown(linesOrNone(text));
    return look(at);
  };
}

function linesOrNone(text: string): ReadonlyMap<string, number> {
  try {
    return linesIn(text);
  } catch (error) {
    if (error instanceof YAMLException) return new Map();
    throw error;
  }
}

/** A list or mapping that is being read. */
interface Open {
  readonly at: DocumentPath;
  readonly isMapping: boolean;
  /** Of a mapping: the key whose value comes next; undefined where a key comes next. */
  key: PropertyKey | undefined;
  /** Of a list: how many items were read. */
  count: number;
}

function linesIn(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const lineAt = countLines(text);
  const open: Open[] = [];
  for (const event of parseEvents(text, { maxDepth: DEEPEST })) {
    if (event.type === EVENT_ID.POP) open.pop();
    const start = startOf(event);
    if (start === undefined) continue;
    const at = place(open.at(-1), event, text);
    const path = formatPath(at);
    if (!lines.has(path)) lines.set(path, lineAt(start));
    const isMapping = event.type === EVENT_ID.MAPPING;
    if (isMapping || event.type === EVENT_ID.SEQUENCE) open.push({ at, isMapping, key: undefined, count: 0 });
  }
  return lines;
}

/** Where a node belongs. A value has the line of its key, which comes first. */
function place(parent: Open | undefined, event: Event, text: string): DocumentPath {
  if (parent === undefined) return [];
  if (!parent.isMapping) return [...parent.at, parent.count++];
  if (parent.key === undefined) {
    parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : "?";
    return [...parent.at, parent.key];
  }
  const at = [...parent.at, parent.key];
  parent.key = undefined;
  return at;
}

function startOf(event: Event): number | undefined {
  if (event.type === EVENT_ID.SCALAR) return Math.max(0, event.valueStart);
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : undefined;
}

/** Offsets must be asked for in ascending order. */
function countLines(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf("\n");
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}
