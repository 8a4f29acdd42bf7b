import { visible } from "../core/sanitise.ts";

const MARKUP: unique symbol = Symbol("markup");

/** Markup that only this file can make: everything that came from outside is escaped in it. */
export interface Html {
  readonly [MARKUP]: string;
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/**
 * Markup from a template. Strings and numbers are escaped, for text and for attributes in double quotes alike, and hidden
 * characters in them become visible; markup and lists of it go in as they are; undefined becomes nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const fixed = compact(strings);
  let markup = fixed[0] ?? "";
  for (const [at, value] of values.entries()) markup += render(value) + (fixed[at + 1] ?? "");
  return { [MARKUP]: markup };
}

const NAME = /^[a-zA-Z][a-zA-Z0-9-]*$/;

/**
 * One element with its attributes, for trees that are walked rather than written down.
 * @throws RangeError for a name that could be more than a name.
 */
export function element(name: string, attributes: ReadonlyMap<string, string>, content: HtmlValue): Html {
  for (const each of [name, ...attributes.keys()]) {
    if (!NAME.test(each)) throw new RangeError("not the name of an element or an attribute");
  }
  const written = Array.from(attributes, ([key, value]) => ` ${key}="${escape(value)}"`).join("");
  return { [MARKUP]: `<${name}${written}>${render(content)}</${name}>` };
}

/**
 * A style sheet or script of ours as it is. `text` is never from outside.
 * @throws RangeError if the text would end its own element.
 */
export function inline(name: "style" | "script", text: string): Html {
  if (text.includes("</")) throw new RangeError("an inline text must not close its element");
  return { [MARKUP]: `<${name}>${text}</${name}>` };
}

/** The markup as text, to be written to a file. */
export function markupOf(markup: Html): string {
  return markup[MARKUP];
}

function render(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  if (MARKUP in value) return value[MARKUP];
  let markup = "";
  for (const each of value) markup += render(each);
  return markup;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The indentation of our source is no part of the page: in a report of thousands of answers it would be megabytes. */
function compact(strings: TemplateStringsArray): readonly string[] {
  const known = compacted.get(strings);
  if (known !== undefined) return known;
  const made = strings.map((part) => part.replace(/\n\s*/g, "\n"));
  compacted.set(strings, made);
  return made;
}
