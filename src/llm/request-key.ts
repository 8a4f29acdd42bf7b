import { canonicalJson } from "../core/canonical-json.ts";
import { sha256After } from "../core/hash.ts";
import type { Message, Sampling } from "../core/task.ts";

/** Raised when the meaning of a key changes, so that results of older releases are not taken for current ones. */
const KEY_VERSION = 1;

export interface KeyParts {
  readonly provider: string;
  readonly endpoint: string;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  readonly sampling: Sampling;
  readonly sample: number;
}

/**
 * The content-addressed name of a request, 64 hex digits: what is asked of whom, and nothing about how it gets there.
 * Limits, tier, retries, API flavour and the output token limit stay outside, so that changing them costs nothing; a
 * truncated result is told apart by the limit stored with it.
 */
export function requestKey(parts: KeyParts): string {
  return requestNamer()(parts);
}

/** What {@link requestKey} makes of each, for many requests: schema and system message, most of their text, are read once. */
export function requestNamer(): (parts: KeyParts) => string {
  const begun = new WeakMap<KeyParts["jsonSchema"], Begun>();
  return (parts) => {
    const [first] = parts.messages;
    const known = begun.get(parts.jsonSchema);
    if (known !== undefined && isBegunWith(known, parts.endpoint, first)) return known.hashWith(restOf(parts));
    const hashWith = sha256After(beginningOf(parts));
    begun.set(parts.jsonSchema, { endpoint: parts.endpoint, first, hashWith });
    return hashWith(restOf(parts));
  };
}

interface Begun {
  readonly endpoint: string;
  readonly first: Message | undefined;
  readonly hashWith: (rest: string) => string;
}

function isBegunWith(known: Begun, endpoint: string, first: Message | undefined): boolean {
  return known.endpoint === endpoint && known.first?.role === first?.role && known.first?.content === first?.content;
}

// Together the canonical JSON of the parts and the version: properties in the order of their names.

function beginningOf({ endpoint, jsonSchema, messages }: KeyParts): string {
  const [first] = messages;
  const schema = canonicalJson(jsonSchema);
  return `{"endpoint":${JSON.stringify(endpoint)},"jsonSchema":${schema},"messages":[${first ? canonicalJson(first) : ""}`;
}

function restOf({ messages: [, ...messages], ...parts }: KeyParts): string {
  const { model, provider, sample, sampling } = parts;
  const rest = canonicalJson({ model, provider, sample, sampling, version: KEY_VERSION });
  return `${messages.map((message) => `,${canonicalJson(message)}`).join("")}],${rest.slice(1)}`;
}
