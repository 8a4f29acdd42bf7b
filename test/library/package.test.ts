import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, "../..");
const PRINTS = "// prints: ";

/** The programs of the documentation, each whole as it stands there. */
function examples(): readonly string[] {
  const text = readFileSync(join(ROOT, "src/how-to/library.md"), "utf8");
  return Array.from(text.matchAll(/^```ts\n([^]*?)^```$/gm), ([, code = ""]) => code).filter((code) =>
    code.includes('from "answerkey"'),
  );
}

/** A project that has installed the packed package, and nothing of this repository but its example bank. */
let folder: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "answerkey-package-")));
  const modules = join(folder, "node_modules");
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const { stdout } = await run("npm", pack, { cwd: ROOT });
  mkdirSync(join(modules, "answerkey"), { recursive: true });
  await run("tar", ["-xzf", join(folder, stdout.trim()), "-C", join(modules, "answerkey"), "--strip-components=1"]);
  // What `npm install` would fetch is here already.
  const present = readdirSync(join(ROOT, "node_modules")).filter(
    (name) => !name.startsWith(".") && name !== "answerkey",
  );
  for (const name of present) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function withExamples(): readonly string[] {
  return examples().map((code, at) => {
    const path = join(folder, `example-${at + 1}.ts`);
    writeFileSync(path, code);
    return path;
  });
}

describe("the packed package", () => {
  test("runs every program of the documentation, which print what they say they print", async () => {
    const paths = withExamples();
    expect(paths).toHaveLength(3);
    for (const path of paths) {
      cpSync(join(ROOT, "questions"), join(folder, "questions"), { recursive: true, force: true });
      const code = readFileSync(path, "utf8");
      const script = path.replace(/\.ts$/, ".mjs");
      writeFileSync(script, (await transform(code, { loader: "ts", format: "esm" })).code);
      const { stdout, stderr } = await run(process.execPath, [script], { cwd: folder });
      const said = code.split("\n").filter((line) => line.trim().startsWith(PRINTS));
      expect(said.length).toBeGreaterThan(0);
      expect({ printed: stdout.trimEnd().split("\n"), stderr }).toEqual({
        printed: said.map((line) => line.trim().slice(PRINTS.length)),
        stderr: "",
      });
    }
  }, 60_000);

  test.each([
    ["node16", "node16"],
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])(
    "has types for module %s, resolution %s",
    async (module, moduleResolution) => {
      const names = withExamples().map((path) => path.slice(folder.length + 1));
      const compilerOptions = {
        module,
        moduleResolution,
        target: "es2023",
        lib: ["es2023"],
        types: ["node"],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: true,
      };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: names }));
      const tsc = join(ROOT, "node_modules/.bin/tsc");
      const { stdout } = await run(tsc, ["-p", folder]).catch((error: { stdout: string }) => error);
      expect(stdout).toBe("");
      // A wrong use is refused, so the types are there and no `any`.
      writeFileSync(join(folder, names[0] ?? ""), 'import { indexBank } from "answerkey";\nindexBank(1);\n');
      const wrong = await run(tsc, ["-p", folder]).catch((error: { stdout: string }) => error);
      expect(wrong.stdout).toMatch(/example-1\.ts\(2,11\): error TS2345/);
    },
    60_000,
  );

  test("gives away its library and nothing inside it", async () => {
    const inside =
      'import("answerkey/dist/cli/main.js").then(() => console.log("open"), ({ code }) => console.log(code))';
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", inside], { cwd: folder });
    expect(stdout).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });
});
