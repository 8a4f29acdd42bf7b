import { boolJsonTag, defineScalarTag, FAILSAFE_SCHEMA, loadAll, NOT_RESOLVED, YAMLException } from "js-yaml";

/**
 * The scalars we read: strings, `true`, `false`, and numbers whose text is exactly how JavaScript prints them. `12` and
 * `0.5` are numbers; `010`, `1.10`, `1e3`, `0x1F`, `no`, `~`, dates and everything else stay the strings they are, so
 * no value loses its spelling on the way. Where a schema wants a string and finds a number, it refuses; nothing is
 * turned into another type unseen.
 */
const number = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: true,
  implicitFirstChars: Array.from("-0123456789"),
  resolve: (source) => {
    const value = Number(source);
    return Number.isFinite(value) && String(value) === source ? value : NOT_RESOLVED;
  },
  identify: (value) => typeof value === "number",
  represent: String,
});

const LOSSLESS_SCHEMA = FAILSAFE_SCHEMA.withTags(boolJsonTag, number);
const DEEPEST = 32;

/**
 * One YAML document; undefined if there is nothing but blanks and comments. Aliases, tags and repeated keys are refused.
 *
 * @throws YAMLException
 */
export function parseYaml(text: string): unknown {
  const [document, second] = loadAll(text, { schema: LOSSLESS_SCHEMA, maxAliases: 0, maxDepth: DEEPEST });
  if (second !== undefined) throw new YAMLException("more than one document");
  return document;
}

/**
 * Keys in the order of the object, every string quoted, LF line ends, so that any YAML reader sees what we meant. JSON's
 * quotes are YAML's too; the library's writer takes five times as long to find that style for each string anew.
 */
export function formatYaml(data: Readonly<Record<string, unknown>>): string {
  return mapping(Object.entries(data), "");
}

const BARE_KEY = /^(?!(?:true|false)$)[a-z_]\w*$/i;
/** Characters that JSON leaves as they are and YAML does not allow, or takes for line ends. */
const UNPRINTABLE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

function mapping(entries: readonly (readonly [string, unknown])[], indent: string): string {
  const lines = entries.map(([key, value]) =>
    value === undefined ? "" : `${indent}${BARE_KEY.test(key) ? key : quoted(key)}:${after(value, indent)}`,
  );
  return lines.join("");
}

/** What follows a key or a dash. */
function after(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (typeof value === "string") return ` ${quoted(value)}\n`;
  if (typeof value === "number" || typeof value === "boolean") return ` ${String(value)}\n`;
  if (Array.isArray(value))
    return value.length === 0 ? " []\n" : `\n${value.map((each) => item(each, deeper)).join("")}`;
  if (typeof value !== "object" || value === null) throw new TypeError(`front matter cannot hold ${String(value)}`);
  const entries = Object.entries(value).filter(([, nested]) => nested !== undefined);
  return entries.length === 0 ? " {}\n" : `\n${mapping(entries, deeper)}`;
}

/** The first line of what is nested stands beside the dash. */
function item(value: unknown, indent: string): string {
  const rest = after(value, indent);
  return rest.startsWith("\n") ? `${indent}- ${rest.trimStart()}` : `${indent}-${rest}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (found) => `\\u${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
