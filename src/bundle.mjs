// The command as a few files with all that it needs: 400 modules of 30 packages took longer to find than to run. One chunk for
// each `import()` and what several of them share; nothing is renamed or shortened, so that a stack trace names our functions.
// `node src/bundle.mjs` makes `dist/bin.js`, `dist/chunks` and `dist/chunks/LICENSES.txt`. The library needs no bundle.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));

const { metafile } = await build({
  entryPoints: ["src/bin.ts"],
  outdir: "dist",
  chunkNames: "chunks/[hash]",
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  charset: "utf8",
  legalComments: "none",
  // Whoever needs those installs them.
  external: Object.keys(manifest.peerDependencies),
  // For packages that are no ES modules and ask for modules of Node.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
});

/** Folders of the packages of which there is something in the bundle, sorted. */
function packagesIn({ outputs }) {
  const parts = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const paths = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = paths.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).toSorted();
}

/** Name, version and terms, which a copy has to bring along. */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  return [`${name} ${version}, ${license}`, ...files.map((file) => readFileSync(join(folder, file), "utf8"))].join(
    "\n\n",
  );
}

const notices = packagesIn(metafile).map(noticeOf);
writeFileSync("dist/chunks/LICENSES.txt", `${notices.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
