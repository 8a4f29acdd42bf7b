import { watch, type FSWatcher } from "node:fs";

/** Looks again soon after a folder changed, and now and then in any case: not every file system tells. */
export interface FolderWatch {
  /** From now on these folders are watched, and no others. */
  follow(folders: ReadonlySet<string>): void;
  stop(): void;
}

const SETTLE_MS = 150;
const POLL_MS = 2_000;
/** The least rest between two looks, however much goes on: decisions come first. */
const REST_MS = 1_000;
/** Systems allow few watches a user; the rest is left to looking now and then. */
const MOST_FOLDERS = 1_000;

/** @param look reads what changed; it may take a while. */
export function watchFolders(look: () => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let restUntil = 0;
  let soon: NodeJS.Timeout | undefined;

  const lookNow = (): void => {
    soon = undefined;
    look();
    restUntil = Date.now() + REST_MS;
  };
  const lookSoon = (): void => {
    soon ??= setTimeout(lookNow, Math.max(SETTLE_MS, restUntil - Date.now()));
  };
  const poll = setInterval(lookSoon, POLL_MS);

  return {
    follow(folders) {
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) {
        if (watchers.has(folder) || watchers.size >= MOST_FOLDERS) continue;
        const watcher = watchIfPossible(folder, lookSoon);
        if (watcher !== undefined) watchers.set(folder, watcher);
      }
    },

    stop() {
      clearInterval(poll);
      clearTimeout(soon);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function watchIfPossible(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    // A folder that went away, or a limit that was reached.
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
