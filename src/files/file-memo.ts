import { statSync } from "node:fs";
import { faultCode, fileError } from "./file-error.ts";

/**
 * What files were made into, for as long as they stay as they were, so that a process that lives long reads a file again
 * only when it changed.
 */
export interface FileMemo<Value> {
  /** Counts up with every file that turns out to be new, gone, or to hold something else. */
  readonly changes: number;
  /** Undefined for a file that is new or changed; then read it and {@link keep} what came of it. */
  recall(path: string): Value | undefined;
  keep(path: string, value: Value): void;
  /** Forgets files that nobody asked for since the last call. */
  sweep(): void;
}

interface Kept<Value> {
  readonly stamp: string;
  readonly value: Value;
}

/** A file this young may change once more without its times showing it. */
const YOUNG_MS = 1_000;

/**
 * @param now milliseconds since the epoch.
 * @param isSame true for two values that make no difference; then the one that was kept first stays.
 */
export function fileMemo<Value>(
  now: () => number,
  isSame: (left: Value, right: Value) => boolean = Object.is,
): FileMemo<Value> {
  const kept = new Map<string, Kept<Value>>();
  // Taken before a file is read: what changes it meanwhile shows next time.
  const seen = new Map<string, string>();
  const asked = new Set<string>();
  let changes = 0;
  return {
    get changes() {
      return changes;
    },

    recall(path) {
      asked.add(path);
      const stamp = stampOf(path, now());
      const known = kept.get(path);
      if (known !== undefined && known.stamp === stamp) return known.value;
      seen.set(path, stamp);
      return undefined;
    },

    keep(path, value) {
      const known = kept.get(path);
      const isKnown = known !== undefined && isSame(known.value, value);
      if (!isKnown) changes += 1;
      kept.set(path, { stamp: seen.get(path) ?? "", value: isKnown ? known.value : value });
      seen.delete(path);
    },

    sweep() {
      for (const path of kept.keys()) if (!asked.has(path) && kept.delete(path)) changes += 1;
      asked.clear();
      seen.clear();
    },
  };
}

/**
 * Another text as soon as a file or folder was changed, replaced, made or removed; of one that just changed, another each
 * time.
 */
export function stampOf(path: string, now: number): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "none";
    const age = now - stats.ctimeMs;
    const settled = [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(" ");
    return age > YOUNG_MS ? settled : `${settled} ${now}`;
  } catch (error) {
    if (faultCode(error) === "ENOTDIR") return "none";
    throw fileError("look at", path, error);
  }
}
