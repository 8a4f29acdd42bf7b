import { canonicalJson } from "../core/canonical-json.ts";
import { sha256Hex } from "../core/hash.ts";
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
  const { provider, endpoint, model, messages, jsonSchema, sampling, sample } = parts;
  return sha256Hex(
    canonicalJson({ version: KEY_VERSION, provider, endpoint, model, messages, jsonSchema, sampling, sample }),
  );
}
