import { createHash, hash } from "node:crypto";

/** A sha256 digest as written into files: `sha256:` and 64 hex digits. */
export type Hash = `sha256:${string}`;

export function hashOf(content: string | Uint8Array): Hash {
  return `sha256:${sha256Hex(content)}`;
}

export function sha256Hex(content: string | Uint8Array): string {
  return hash("sha256", content);
}

/** sha256, in hex, of texts that share their beginning: that is read once. */
export function sha256After(beginning: string): (rest: string) => string {
  const begun = createHash("sha256").update(beginning);
  return (rest) => begun.copy().update(rest).digest("hex");
}
