import { existsSync } from "node:fs";
import { join } from "node:path";

/** One file of a plan. Paths are from the project folder. */
export type Step =
  | { readonly action: "create" | "append"; readonly path: string; readonly content: Uint8Array; readonly why: string }
  | { readonly action: "keep"; readonly path: string; readonly why: string };

export function creating(path: string, content: string | Uint8Array, why: string): Step {
  return { action: "create", path, content: bytesOf(content), why };
}

export function appending(path: string, content: string, why: string): Step {
  return { action: "append", path, content: bytesOf(content), why };
}

/** What is there already is kept, whatever it holds. */
export function unlessThere(root: string, step: Step): Step {
  return existsSync(join(root, step.path)) ? { action: "keep", path: step.path, why: "is there already" } : step;
}

export function isWritten({ action }: Step): boolean {
  return action !== "keep";
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
