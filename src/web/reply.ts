import type { Change, Notice, Problem } from "./api.ts";

/** What goes back, as a value. */
export type Reply = WholeReply | StreamReply;

export interface WholeReply {
  readonly kind: "whole";
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
}

/** Notices for as long as the other side listens. */
export interface StreamReply {
  readonly kind: "stream";
  /** Calls back with each notice, the first one at once. @returns how to stop. */
  readonly follow: (listener: (notice: Notice) => void) => () => void;
}

type Headers = Readonly<Record<string, string>>;

const JSON_TYPE: Headers = { "content-type": "application/json; charset=utf-8" };

export function jsonReply(value: unknown, headers: Headers = {}): WholeReply {
  return { kind: "whole", status: 200, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}

export function problemReply(status: number, message: string, headers: Headers = {}): WholeReply {
  const problem: Problem = { message };
  return { ...jsonReply(problem, headers), status };
}

/** @param conflictStatus 412 where the request named one item by its etag, 409 where it named several things or none. */
export function changeReply(change: Change, conflictStatus: 409 | 412): WholeReply {
  const status = { done: 200, refused: 422, conflict: conflictStatus }[change.status];
  return { ...jsonReply(change, etagHeader(change.status === "done" ? change.etag : null)), status };
}

export function etagHeader(etag: string | null): Headers {
  return etag === null ? {} : { etag: `"${etag}"` };
}
