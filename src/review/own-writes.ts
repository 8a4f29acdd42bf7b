import type { Hash } from "../core/hash.ts";
import type { SlotRecord } from "./slot-record.ts";

/** A write of ours as the log keeps it: of these bytes it made those. */
export type LoggedWrite = Pick<SlotRecord, "path" | "before_file_hash" | "after_file_hash">;

/** True where a file with the one hash became the one with the other by nothing but our own writes. */
export type IsOwnChange = (path: string, from: Hash, to: Hash) => boolean;

export const noOwnChange: IsOwnChange = () => false;

/**
 * Our writes keep a file's questions, in order, so what stood where is known after any number of them. Any edit of another
 * hand makes bytes that no logged write starts from, and ends it.
 *
 * @param read is called once, and only when it takes the log to tell.
 */
export function ownChanges(read: () => readonly LoggedWrite[]): IsOwnChange {
  let sources: SourcesByPath | undefined;
  const known = new Map<string, ReadonlySet<Hash>>();
  return (path, from, to) => {
    sources ??= sourcesByPath(read());
    const key = JSON.stringify([path, to]);
    const origins = known.get(key) ?? originsOf(sources.get(path), to);
    known.set(key, origins);
    return origins.has(from);
  };
}

/** For each file, what each of its states was written from. */
type SourcesByPath = ReadonlyMap<string, ReadonlyMap<Hash, ReadonlySet<Hash>>>;

function sourcesByPath(writes: readonly LoggedWrite[]): SourcesByPath {
  const byPath = new Map<string, Map<Hash, Set<Hash>>>();
  for (const { path, before_file_hash: before, after_file_hash: after } of writes) {
    const states = byPath.get(path) ?? new Map<Hash, Set<Hash>>();
    byPath.set(path, states);
    states.set(after, (states.get(after) ?? new Set<Hash>()).add(before));
  }
  return byPath;
}

/** Everything that a state came from; taking a write back makes it go in circles. */
function originsOf(states: ReadonlyMap<Hash, ReadonlySet<Hash>> | undefined, to: Hash): ReadonlySet<Hash> {
  const origins = new Set([to]);
  // A set hands out what is added to it while it is walked.
  for (const state of origins) for (const source of states?.get(state) ?? []) origins.add(source);
  return origins;
}
