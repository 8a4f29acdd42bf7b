import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, type TestContext } from "vitest";
import { sweepTemporaryFiles } from "../../src/files/temporary-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { compiledSource, ending, removeCompiled, startScript, type Ending } from "./child.ts";

const IS_ROOT = process.getuid?.() === 0;
const AS_NOBODY = IS_ROOT ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
const LIMITED_TO_100_KIB = ["bash", "-c", 'ulimit -f 100 && exec "$@"', "bash"];
const KIB = 1024;

let compiled = "";
beforeAll(() => {
  compiled = compiledSource(["files/atomic-write.ts", "files/record-log.ts"]);
  chmodSync(compiled, 0o755);
});
afterAll(() => removeCompiled(compiled));

function skipUnless(context: TestContext, condition: boolean, reason: string): void {
  if (!condition) context.skip(reason);
}

function succeeds([program = "", ...rest]: readonly string[]): boolean {
  return spawnSync(program, rest).status === 0;
}

/** Writes so many kibibytes to a path and prints what came of it. */
const WRITE = `
  import { writeFileAtomic } from "../src/files/atomic-write.js";
  const [path, kib] = process.argv.slice(2);
  try {
    console.log(writeFileAtomic(path, Buffer.alloc(kib * 1024, "n")).status);
  } catch (error) {
    console.log(error.name + ": " + error.message.replace(path, "PATH"));
  }`;

async function write(path: string, kib: number, prefix: readonly string[] = []): Promise<Ending> {
  return ending(startScript(compiled, WRITE, { arguments: [path, String(kib)], prefix }));
}

describe("kill -9", () => {
  test("20 times, while 1 MB is written over and over: never a torn file, and leftovers are swept", async () => {
    const folder = temporaryFolder({ "bank.md": "0".repeat(KIB * KIB) });
    const path = join(folder, "bank.md");
    const loop = `
      import { writeFileAtomic } from "../src/files/atomic-write.js";
      for (let turn = 0; ; turn += 1) {
        writeFileAtomic(process.argv[2], Buffer.alloc(1024 * 1024, String(turn % 10)));
        if (turn === 0) process.stdout.write("writing");
      }`;
    const swept: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const child = startScript(compiled, loop, { arguments: [path] });
      const over = ending(child);
      await new Promise((resolve) => child.stdout?.once("data", resolve));
      await wait((round * 7) % 23);
      child.kill("SIGKILL");
      expect(await over).toEqual({ code: null, signal: "SIGKILL", stdout: "writing", stderr: "" });
      const content = readFileSync(path, "utf8");
      expect(content.length).toBe(KIB * KIB);
      expect(content).toBe((content[0] ?? "").repeat(KIB * KIB));
      const leftovers = readdirSync(folder).filter((name) => name !== "bank.md");
      const removed = sweepTemporaryFiles(folder);
      expect(removed).toEqual(leftovers.map((name) => join(folder, name)));
      swept.push(...removed);
    }
    expect(readdirSync(folder)).toEqual(["bank.md"]);
    expect(swept.every((leftover) => /\/\.bank\.md\.\d+\..*\.answerkey-tmp$/.test(leftover))).toBe(true);
  });

  test("6 times, while records are appended: every record acknowledged is there, the torn one is not", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "journal.jsonl");
    const loop = `
      import { openRecordLog } from "../src/files/record-log.js";
      const log = openRecordLog(process.argv[2]);
      let count = 0;
      log.scan(() => { count += 1; });
      for (;;) {
        log.append({ count, text: "x".repeat(50_000) });
        count += 1;
        process.stdout.write(count + "\\n");
      }`;
    let kept = 0;
    for (let round = 0; round < 6; round += 1) {
      const child = startScript(compiled, loop, { arguments: [path] });
      const over = ending(child);
      await new Promise((resolve) => child.stdout?.once("data", resolve));
      await wait((round * 3) % 11);
      child.kill("SIGKILL");
      const { stdout } = await over;
      const acknowledged = Number(stdout.slice(0, stdout.lastIndexOf("\n")).split("\n").at(-1));
      const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
      expect(lines.length).toBeGreaterThanOrEqual(acknowledged);
      expect(lines.map((line) => Number(/^\{"count":(\d+)/.exec(line)?.[1]))).toEqual(lines.map((_, at) => at));
      expect(lines.length).toBeGreaterThan(kept);
      kept = lines.length;
    }
  });
});

describe("no room", () => {
  test("on the disk: the old file stays, the cause is told, no temporary file is left", async (context) => {
    const folder = join(temporaryFolder(), "disk");
    mkdirSync(folder);
    const isMounted = succeeds(["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", folder]);
    skipUnless(context, isMounted, "mounting is not permitted here");
    onTestFinished(() => void succeeds(["umount", folder]));
    writeFileSync(join(folder, "bank.md"), "o".repeat(900 * KIB));
    const { stdout } = await write(join(folder, "bank.md"), 1000);
    expect(stdout).toBe("UserError: cannot write PATH: no space left on the disk (ENOSPC)\n");
    expect(readdirSync(folder)).toEqual(["bank.md"]);
    expect(readFileSync(join(folder, "bank.md"), "utf8")).toBe("o".repeat(900 * KIB));
    expect((await write(join(folder, "bank.md"), 500)).stdout).toBe("written\n");
  });

  test("under a limit on file size: the same", async () => {
    const folder = temporaryFolder({ "bank.md": "old" });
    const path = join(folder, "bank.md");
    expect((await write(path, 200, LIMITED_TO_100_KIB)).stdout).toBe(
      "UserError: cannot write PATH: the file would exceed the size limit of this process (EFBIG)\n",
    );
    expect([readdirSync(folder), readFileSync(path, "utf8")]).toEqual([["bank.md"], "old"]);
    expect((await write(path, 50, LIMITED_TO_100_KIB)).stdout).toBe("written\n");
  });
});

test("a record that does not fit is told, and the next one does not follow its torn part", async () => {
  const folder = temporaryFolder();
  const script = `
    import { openRecordLog } from "../src/files/record-log.js";
    const log = openRecordLog(process.argv[2]);
    for (const size of [60_000, 60_000, 1_000]) {
      try {
        console.log(JSON.stringify(log.append("x".repeat(size))));
      } catch (error) {
        console.log(error.message.replace(process.argv[2], "PATH"));
      }
    }`;
  const path = join(folder, "journal.jsonl");
  const child = startScript(compiled, script, { arguments: [path], prefix: LIMITED_TO_100_KIB });
  expect((await ending(child)).stdout.trimEnd().split("\n")).toEqual([
    '{"offset":0,"length":60002}',
    "cannot append to PATH: the file would exceed the size limit of this process (EFBIG)",
    '{"offset":60003,"length":1002}',
  ]);
  expect(readFileSync(path, "utf8")).toBe(`"${"x".repeat(60_000)}"\n"${"x".repeat(1_000)}"\n`);
});

describe("no permission", () => {
  test("for a file in a folder where it could be replaced: refused", async (context) => {
    skipUnless(context, IS_ROOT, "only root can make a file of someone else");
    const folder = temporaryFolder({ "bank.md": "old" });
    chmodSync(folder, 0o777);
    expect((await write(join(folder, "bank.md"), 1, AS_NOBODY)).stdout).toBe(
      "UserError: cannot write PATH: permission denied (EACCES)\n",
    );
    expect(readdirSync(folder)).toEqual(["bank.md"]);
    expect(readFileSync(join(folder, "bank.md"), "utf8")).toBe("old");
  });

  test("for a folder: refused, although the file may be written", async () => {
    const folder = temporaryFolder({ "bank.md": "old" });
    chmodSync(join(folder, "bank.md"), 0o666);
    chmodSync(folder, 0o555);
    const { stdout } = await write(join(folder, "bank.md"), 1, AS_NOBODY);
    chmodSync(folder, 0o755);
    expect(stdout).toBe("UserError: cannot write PATH: permission denied (EACCES)\n");
    expect(readFileSync(join(folder, "bank.md"), "utf8")).toBe("old");
  });

  test("for an immutable file: refused, for root too", async (context) => {
    const path = join(temporaryFolder({ "bank.md": "old" }), "bank.md");
    skipUnless(context, succeeds(["chattr", "+i", path]), "chattr is not permitted here");
    onTestFinished(() => void succeeds(["chattr", "-i", path]));
    expect((await write(path, 1)).stdout).toBe("UserError: cannot write PATH: operation not permitted (EPERM)\n");
    expect(readFileSync(path, "utf8")).toBe("old");
  });
});
