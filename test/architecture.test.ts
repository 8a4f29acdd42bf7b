import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const SOURCE = resolve(import.meta.dirname, "../src");

/** The table of src/ARCHITECTURE.md: which folders of ours a folder may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  bank: ["core"],
  prompt: ["core"],
  fill: ["core", "bank", "prompt"],
  grade: ["core", "bank", "prompt"],
  review: ["core", "bank"],
  llm: ["core"],
  files: ["core", "bank"],
  export: ["core", "bank", "grade"],
  engine: ["core"],
  observe: ["core"],
  web: ["core", "bank", "grade", "review"],
  cli: ["core", "bank", "prompt", "fill", "grade", "review", "llm", "files", "export", "engine", "observe", "web"],
};

/** Folders whose code takes time, disk, chance and models as arguments. */
const PURE = ["core", "bank", "prompt", "fill", "grade", "review", "export"];
const HASHING = "core/hash.ts";

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(join(SOURCE, path), "utf8");
    const imports = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g), (match) => match[1] ?? "");
    return { path, folder: path.includes("/") ? (path.split("/")[0] ?? "") : "", text, imports };
  });

function folderOf(file: SourceFile, specifier: string): string {
  const target = relative(SOURCE, resolve(SOURCE, dirname(file.path), specifier));
  return target.includes("/") ? (target.split("/")[0] ?? "") : "";
}

function violations(find: (file: SourceFile) => readonly string[]): readonly string[] {
  return files.flatMap((file) => find(file).map((what) => `${file.path}: ${what}`));
}

function eagerImports(file: SourceFile): readonly string[] {
  return Array.from(file.text.matchAll(/^import (?!type)[^;]*?from "([^"]+)"/gm), (match) => match[1] ?? "");
}

describe("architecture", () => {
  test("sees the whole source", () => {
    expect(files.length).toBeGreaterThan(60);
    expect(new Set(files.map((file) => file.folder))).toEqual(new Set(["", ...Object.keys(MAY_IMPORT)]));
  });

  test("folders import only what the table allows", () => {
    expect(
      violations((file) =>
        file.folder === ""
          ? []
          : file.imports.filter((specifier) => {
              if (!specifier.startsWith(".")) return false;
              const target = folderOf(file, specifier);
              return target !== file.folder && !(MAY_IMPORT[file.folder] ?? []).includes(target);
            }),
      ),
    ).toEqual([]);
  });

  test("pure folders touch no clock, chance, process, disk or model", () => {
    expect(
      violations((file) => {
        if (!PURE.includes(file.folder)) return [];
        const modules = file.imports.filter(
          (specifier) =>
            specifier === "openai" ||
            (specifier.startsWith("node:") && !(file.path === HASHING && specifier === "node:crypto")),
        );
        const globals = file.text.match(
          /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|process\.\w+|setTimeout|fetch)\b/g,
        );
        return [...modules, ...(globals ?? [])];
      }),
    ).toEqual([]);
  });

  test("only the environment reader and the entry touch the process environment", () => {
    expect(files.filter((file) => /process\.env\b/.test(file.text)).map((file) => file.path)).toEqual([
      "cli/environment.ts",
    ]);
  });

  test("gray-matter has one door", () => {
    expect(files.filter((file) => file.imports.includes("gray-matter")).map((file) => file.path)).toEqual([
      "files/front-matter.ts",
    ]);
  });

  test("heavy modules load only when needed", () => {
    expect(violations((file) => eagerImports(file).filter((specifier) => specifier === "openai"))).toEqual([]);
  });

  test("the top level holds what the design allows", () => {
    const allowed = new Set(
      "package.json package-lock.json tsconfig.json src prompts questions outputs test README.md LICENSE CHANGELOG.md dist node_modules".split(
        " ",
      ),
    );
    expect(readdirSync(join(SOURCE, "..")).filter((name) => !name.startsWith(".") && !allowed.has(name))).toEqual([]);
  });
});
