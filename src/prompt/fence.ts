import { canonicalJson } from "../core/canonical-json.ts";
import { sha256Hex } from "../core/hash.ts";

const NONCE_DIGITS = 16;

/**
 * The name of a request's fences: 16 hex digits from the hash of all its data, so that equal data gives an equal request. No
 * text can hold it: nobody knows the hash before the last text is written, and should one hold it all the same, it is drawn again.
 */
export function fenceName(data: unknown, digest: (text: string) => string = sha256Hex): string {
  const json = canonicalJson(data);
  let name = "";
  for (let round = 0; name === "" || json.includes(name); round += 1) {
    name = digest(`${round}\n${json}`).slice(0, NONCE_DIGITS);
  }
  return name;
}

/** Untrusted data for a prompt: JSON between two tags of the given name. */
export function fenced(value: unknown, name: string): string {
  return `<data-${name}>\n${jsonOf(value)}\n</data-${name}>`;
}

// A list is written one entry a line, which models and people read more easily than one long line.
function jsonOf(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.length === 0 ? "[]" : `[\n${value.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`;
}
