// Modules that the built command holds in its chunks only: bundled for a bench, packages aside.
import { existsSync, symlinkSync } from "node:fs";
import { join, parse, resolve } from "node:path";
import { buildSync } from "esbuild";
import { work } from "./process.mjs";

const ROOT = resolve(import.meta.dirname, "../..");

/** Bundles modules of the repository, given by path, into a folder; gives the path of each made, in their order. */
export function bundled(paths, folder) {
  const modules = join(work, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(ROOT, "node_modules"), modules);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: paths,
    entryNames: "[name]",
    outdir: join(work, folder),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
  });
  return paths.map((path) => join(work, folder, `${parse(path).name}.mjs`));
}
