import { hash } from "node:crypto";

/** A sha256 digest as written into files: `sha256:` and 64 hex digits. */
export type Hash = `sha256:${string}`;

export function hashOf(content: string | Uint8Array): Hash {
  return `sha256:${sha256Hex(content)}`;
}

export function sha256Hex(content: string | Uint8Array): string {
  return hash("sha256", content);
}
