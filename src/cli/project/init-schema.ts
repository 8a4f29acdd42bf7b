import { z } from "zod";
import { configSchema } from "../config.ts";
import { KEY_WORDS } from "./init-schema-words.ts";

/** A node of a JSON schema, as far as keys are looked for in it. */
type Node = Readonly<Record<string, unknown>>;

export interface ConfigKey {
  /** Such as `banks.files`; `*` stands for a name of the user's own. */
  readonly path: string;
  readonly words: string;
  readonly node: Node;
}

/** The configuration as a JSON schema (2020-12), for editors: made from the schema that reads it, with words for each key. */
export function configJsonSchema(): Node {
  const schema: Node = z.toJSONSchema(configSchema, { io: "input" });
  return { title: "answerkey.config.yaml", ...withWords(schema, "") };
}

/** The same as the file that stands beside a configuration. */
export function schemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

/** Every key, each before what stands below it. */
export function configKeys(schema: Node = configJsonSchema(), above = ""): readonly ConfigKey[] {
  return below(schema, above).flatMap(({ path, node }) => [
    { path, words: wordsOf(path), node },
    ...configKeys(node, path),
  ]);
}

/** `grade` takes what `fill` takes, and `flex` and `batch` what a price has. */
function wordsOf(path: string): string {
  const plain = path.replace(/\.(?:flex|batch)\./, ".");
  return KEY_WORDS[plain] ?? KEY_WORDS[plain.replace(/^grade\./, "fill.")] ?? "";
}

function withWords(node: Node, path: string): Node {
  const description = wordsOf(path);
  const inner = Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === "properties" && isNode(value)) {
        const named = Object.entries(value).map(([name, each]) => [name, described(each, joined(path, name))]);
        return [key, Object.fromEntries(named)];
      }
      if (key === "items") return [key, described(value, path)];
      return [key, key === "additionalProperties" ? described(value, joined(path, "*")) : value];
    }),
  );
  return description === "" ? inner : { description, ...inner };
}

function described(value: unknown, path: string): unknown {
  return isNode(value) ? withWords(value, path) : value;
}

function below(node: Node, path: string): readonly { readonly path: string; readonly node: Node }[] {
  const { properties, items, additionalProperties } = node;
  const named = isNode(properties) ? Object.entries(properties) : [];
  const own = isNode(additionalProperties) ? [["*", additionalProperties] as const] : [];
  const children = [...named, ...own].flatMap(([name, value]) =>
    isNode(value) ? [{ path: joined(path, name), node: value }] : [],
  );
  return isNode(items) ? [...children, ...below(items, path)] : children;
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
