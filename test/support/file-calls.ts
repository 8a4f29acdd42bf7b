import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { onTestFinished } from "vitest";

/** How often files were opened, and how often the disk was waited for. */
export interface FileCallCounts {
  readonly opened: number;
  readonly synced: number;
}

/** Counts what work asks of the disk, in this thread. */
export async function fileCallsIn(work: () => unknown): Promise<FileCallCounts> {
  const { openSync, fsyncSync } = fs;
  const counts = { opened: 0, synced: 0 };
  const restore = (): void => {
    Object.assign(fs, { openSync, fsyncSync });
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  fs.openSync = (...call) => {
    counts.opened += 1;
    return openSync(...call);
  };
  fs.fsyncSync = (descriptor) => {
    counts.synced += 1;
    fsyncSync(descriptor);
  };
  syncBuiltinESMExports();
  await work();
  restore();
  return { ...counts };
}
