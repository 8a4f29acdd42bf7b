import { dirname } from "node:path";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { hashOf } from "../../core/hash.ts";
import { readFile } from "../../files/read-file.ts";
import { resolveInside } from "../../files/safe-path.ts";
import { ensureFolder } from "../../files/workspace.ts";
import type { InitPlan } from "./init-plan.ts";
import type { Step } from "./init-step.ts";

/**
 * Carries a plan out. A file that came into being since the plan was made is left alone.
 * @throws UserError naming the file that could not be written; those before it are there.
 */
export function applyInit({ root, steps }: InitPlan): void {
  ensureFolder(root);
  for (const step of steps) write(root, step);
}

function write(root: string, step: Step): void {
  if (step.action === "keep") return;
  const path = resolveInside(root, step.path);
  ensureFolder(dirname(path));
  if (step.action === "create") {
    writeFileAtomic(path, step.content, { onlyNew: true });
    return;
  }
  const before = readFile(path);
  writeFileAtomic(path, Buffer.concat([before, step.content]), { expectedHash: hashOf(before) });
}
