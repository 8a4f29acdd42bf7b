import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { acquireLock } from "../../src/files/lock.ts";
import { thisProcess } from "../../src/files/process-identity.ts";
import { sweepTemporaryFiles } from "../../src/files/temporary-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { compiledSource, ending, removeCompiled, startScript } from "./child.ts";
import { toldBy } from "../support/user-error.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");

function clockAt(now: number): Clock {
  return { now: () => now, sleep: () => Promise.reject(new Error("nobody sleeps here")) };
}

/** A number that no process has: the largest that Linux gives is 2^22. */
const NO_PROCESS = 2 ** 22 + 1;

function lockText(owner: object): string {
  return JSON.stringify({
    pid: NO_PROCESS,
    host: hostname(),
    started: "",
    nonce: "dead",
    acquired_at: "2026-11-23T11:00:00.000Z",
    ...owner,
  });
}

describe("in one process", () => {
  test("a lock is a file of its owner, gone when it is released", () => {
    const folder = temporaryFolder();
    const path = join(folder, "apply.lock");
    const lock = acquireLock(path, clockAt(NOON));
    expect(lock.takenOverFrom).toBe(undefined);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      ...thisProcess(),
      host: hostname(),
      nonce: expect.stringMatching(/^[a-z0-9]+$/),
      acquired_at: "2026-11-23T12:00:00.000Z",
    });
    expect(readdirSync(folder)).toEqual(["apply.lock"]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    lock.release();
    const again = acquireLock(path, clockAt(NOON));
    lock.release();
    expect(readdirSync(folder)).toEqual(["apply.lock"]);
    again.release();
  });

  test("folders that were made for a lock go with it, unless something else was put there", () => {
    const folder = temporaryFolder();
    const path = join(folder, "outputs/locks/apply.lock");
    acquireLock(path, clockAt(NOON)).release();
    expect(readdirSync(folder)).toEqual([]);
    const lock = acquireLock(path, clockAt(NOON));
    writeFileSync(join(folder, "outputs/log"), "");
    lock.release();
    expect(readdirSync(folder, { recursive: true })).toEqual(["outputs", "outputs/log"]);
    const own = acquireLock(path, clockAt(NOON));
    const other = acquireLock(join(folder, "outputs/locks/other.lock"), clockAt(NOON));
    own.release();
    other.release();
    expect(readdirSync(folder, { recursive: true })).toEqual(["outputs", "outputs/locks", "outputs/log"]);
  });

  test("a living owner is named with its age, at once or when patience ends", () => {
    const path = join(temporaryFolder(), "apply.lock");
    const lock = acquireLock(path, clockAt(NOON));
    const message = toldBy(() => acquireLock(path, clockAt(NOON + 300_000)));
    expect(message.replace(String(process.pid), "PID").replace(path, "PATH")).toMatchInlineSnapshot(
      `"another answerkey, process PID, has been at work here for 5 min | Wait for it to end, or stop it. If it is gone, remove PATH."`,
    );
    expect(toldBy(() => acquireLock(path, clockAt(NOON + 300_000), { patienceMs: 40 }))).toBe(message);
    lock.release();
  });

  test.each([
    ["no process has its number", {}],
    ["the number is another process's now", { pid: process.pid, started: "00000000-1" }],
  ])("a lock is taken over if %s", (_title, owner) => {
    const path = join(temporaryFolder({ "apply.lock": lockText(owner) }), "apply.lock");
    const lock = acquireLock(path, clockAt(NOON));
    expect(lock.takenOverFrom).toEqual(JSON.parse(lockText(owner)));
    expect(toldBy(() => acquireLock(path, clockAt(NOON)))).toMatch(`process ${process.pid}`);
    lock.release();
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  test("a crash during a take-over is taken over too", () => {
    const folder = temporaryFolder({
      "apply.lock": lockText({}),
      "apply.lock.takeover": lockText({ nonce: "dead-too" }),
      "apply.lock.takeover.takeover": lockText({ nonce: "dead-as-well" }),
    });
    const lock = acquireLock(join(folder, "apply.lock"), clockAt(NOON));
    expect(lock.takenOverFrom).toMatchObject({ nonce: "dead" });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a lock of another machine, or no lock at all, is left alone", () => {
    const folder = temporaryFolder({ "other.lock": lockText({ host: "elsewhere" }), "odd.lock": "mine" });
    const messages = ["other.lock", "odd.lock"].map((name) =>
      toldBy(() => acquireLock(join(folder, name), clockAt(NOON))).replace(folder, ""),
    );
    expect(messages.map((message) => message.replaceAll(String(NO_PROCESS), "PID"))).toMatchInlineSnapshot(`
      [
        "another answerkey, process PID on elsewhere, has been at work here for 60 min | Wait for it to end, or stop it. If it is gone, remove /other.lock.",
        "/odd.lock is not a lock of answerkey | If no answerkey is at work in this project, remove that file.",
      ]
    `);
    expect(readdirSync(folder)).toEqual(["odd.lock", "other.lock"]);
  });
});

describe("among processes", () => {
  let compiled = "";
  beforeAll(() => {
    compiled = compiledSource(["files/lock.ts", "files/atomic-write.ts"]);
  });
  afterAll(() => removeCompiled(compiled));

  const clock = `const clock = { now: () => Date.now(), sleep: async () => {} };`;
  const edits = `
    import { readFileSync } from "node:fs";
    import { acquireLock } from "../src/files/lock.js";
    import { writeFileAtomic } from "../src/files/atomic-write.js";
    ${clock}
    const [lockPath, path, name] = process.argv.slice(2);
    for (let edit = 0; edit < 50; edit += 1) {
      const lock = acquireLock(lockPath, clock, { patienceMs: 20_000 });
      writeFileAtomic(path, Buffer.from(readFileSync(path, "utf8") + name + edit + "\\n"), { durable: false });
      lock.release();
    }`;

  test("4 with 50 edits each lose none", async () => {
    const folder = temporaryFolder({ "bank.md": "", "apply.lock": lockText({}) });
    const children = ["a", "b", "c", "d"].map((name) =>
      startScript(compiled, edits, { arguments: [join(folder, "apply.lock"), join(folder, "bank.md"), name] }),
    );
    const endings = await Promise.all(children.map(ending));
    expect(endings).toEqual(children.map(() => ({ code: 0, signal: null, stdout: "", stderr: "" })));
    const lines = readFileSync(join(folder, "bank.md"), "utf8").trimEnd().split("\n");
    expect(new Set(lines).size).toBe(200);
    expect(lines.length).toBe(200);
    expect(readdirSync(folder)).toEqual(["bank.md"]);
  });

  test("of 4 that find a dead owner's lock at the same moment, 1 takes it over", async () => {
    const folder = temporaryFolder();
    const race = `
      import { readdirSync, writeFileSync } from "node:fs";
      import { acquireLock } from "../src/files/lock.js";
      ${clock}
      const [folder, start, through] = process.argv.slice(2);
      for (let round = 0; round < 12; round += 1) {
        const path = folder + "/" + round + ".lock";
        while (Date.now() < Number(start) + round * 25);
        try {
          acquireLock(path, clock);
          process.stdout.write(round + "\\n");
        } catch (error) {
          if (error.name !== "UserError") throw error;
        }
      }
      // Whoever ends lets go of its locks, so nobody ends before all have tried.
      writeFileSync(through + "/" + process.pid, "");
      const waiting = setInterval(() => readdirSync(through).length === 4 && clearInterval(waiting), 10);`;
    const through = temporaryFolder();
    for (let round = 0; round < 12; round += 1) writeFileSync(join(folder, `${round}.lock`), lockText({}));
    const start = String(Date.now() + 300);
    const children = Array.from({ length: 4 }, () =>
      startScript(compiled, race, { arguments: [folder, start, through] }),
    );
    const endings = await Promise.all(children.map(ending));
    expect(endings.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      children.map(() => ({ code: 0, stderr: "" })),
    );
    const winners = endings
      .flatMap(({ stdout }) =>
        stdout
          .trim()
          .split("\n")
          .filter((line) => line !== ""),
      )
      .map(Number);
    expect(winners.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 12 }, (_, round) => round));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a killed owner leaves its lock, and the next one takes it over and says so", async () => {
    const folder = temporaryFolder();
    const holder = `
      import { acquireLock } from "../src/files/lock.js";
      ${clock}
      acquireLock(process.argv[2], clock);
      process.stdout.write("held");
      setInterval(() => {}, 1_000);`;
    const path = join(folder, "apply.lock");
    const child = startScript(compiled, holder, { arguments: [path] });
    const over = ending(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    expect(toldBy(() => acquireLock(path, clockAt(Date.now())))).toMatch(`process ${child.pid}, has been at work`);
    child.kill("SIGKILL");
    expect((await over).signal).toBe("SIGKILL");
    const lock = acquireLock(path, clockAt(NOON));
    expect(lock.takenOverFrom).toMatchObject({ pid: child.pid, host: hostname() });
    lock.release();
    expect(sweepTemporaryFiles(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
