import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { creating, type Step } from "./init-step.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

/** Copies of files of the installed package, under the paths that they have in it. */
export function packaged(folder: string, why: string): readonly Step[] {
  return readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => creating(relative(PACKAGE_ROOT, path).split(sep).join("/"), readFileSync(path), why));
}

/** Those of them that are banks. */
export function banksAmong(steps: readonly Step[]): ReadonlyMap<string, Uint8Array> {
  return new Map(
    steps.flatMap((step) =>
      step.action === "create" && /^questions\/[^/]+\/[^/]+\.md$/.test(step.path)
        ? [[step.path, step.content] as const]
        : [],
    ),
  );
}
