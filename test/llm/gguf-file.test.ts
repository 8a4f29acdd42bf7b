import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGgufFile } from "../../src/llm/gguf-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { messageOf } from "../support/user-error.ts";

const identityOf = (path: string): string => readGgufFile(path).model.replace(/^.*@/, "");

test("a copy is the same model, one with another weight is not", () => {
  const folder = temporaryFolder();
  const path = writeTinyModel(join(folder, "tiny.gguf"));
  expect(readGgufFile(path)).toEqual({ path, model: expect.stringMatching(/^tiny\.gguf@[0-9a-f]{16}$/) });
  copyFileSync(path, join(folder, "copy.gguf"));
  expect(identityOf(join(folder, "copy.gguf"))).toBe(identityOf(path));
  const changed = readFileSync(path);
  changed.writeUInt8(changed.readUInt8(changed.length - 5) ^ 1, changed.length - 5);
  writeFileSync(join(folder, "changed.gguf"), changed);
  expect(identityOf(join(folder, "changed.gguf"))).not.toBe(identityOf(path));
});

test("all of a large file is looked at in samples, within a moment; all parts of one in parts", () => {
  const folder = temporaryFolder();
  const large = join(folder, "large.gguf");
  writeFileSync(large, "GGUF");
  // Sparse: no disk is used.
  truncateSync(large, 3_000_000_000);
  const began = performance.now();
  const identity = identityOf(large);
  expect(performance.now() - began).toBeLessThan(2_000);
  truncateSync(large, 3_000_000_001);
  expect(identityOf(large)).not.toBe(identity);
  const first = join(folder, "split-00001-of-00002.gguf");
  writeFileSync(first, "GGUF one");
  writeFileSync(join(folder, "split-00002-of-00002.gguf"), "GGUF two");
  const before = identityOf(first);
  writeFileSync(join(folder, "split-00002-of-00002.gguf"), "GGUF ten");
  expect(identityOf(first)).not.toBe(before);
});

test("a file that is not there, or something else, is told", () => {
  const folder = temporaryFolder({ "notes.md": "# Notes" });
  expect(messageOf(() => readGgufFile(join(folder, "none.gguf")))).toContain("none.gguf that can be read");
  expect(messageOf(() => readGgufFile(join(folder, "notes.md")))).toContain("is no GGUF file");
});
