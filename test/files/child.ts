import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const COMPILER = join(ROOT, "node_modules/typescript/bin/tsc");

/** Compiles modules of src into a temporary folder, so that child processes can run them; returns the folder. */
export function compiledSource(modules: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "answerkey-compiled-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const config = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: {
      rootDir: join(ROOT, "src"),
      outDir: join(folder, "src"),
      noCheck: true,
      declaration: false,
      types: [],
    },
    files: modules.map((module) => join(ROOT, "src", module)),
    include: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  mkdirSync(join(folder, "scripts"));
  const { status, stdout } = spawnSync(process.execPath, [COMPILER, "-p", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the source does not compile:\n${stdout}`);
  return folder;
}

export function removeCompiled(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts a script, whose imports of `../src/…` are the compiled source. Give the program to run it by as `prefix`. */
export function startScript(
  compiled: string,
  script: string,
  options: { arguments?: readonly string[]; prefix?: readonly string[] } = {},
): ChildProcess {
  const path = join(compiled, "scripts", `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(path, script);
  const [program, ...rest] = [...(options.prefix ?? []), process.execPath, path, ...(options.arguments ?? [])];
  return spawn(program ?? "", rest, { stdio: ["ignore", "pipe", "pipe"] });
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves when a child process is over, with all that it printed. */
export function ending(child: ChildProcess): Promise<Ending> {
  const text = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
  return new Promise((resolveEnding, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolveEnding({ code, signal, ...text }));
  });
}
