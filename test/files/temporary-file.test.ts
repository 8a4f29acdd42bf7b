import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { isAlive, thisProcess } from "../../src/files/process-identity.ts";
import { sweepTemporaryFiles, temporaryPathFor } from "../../src/files/temporary-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NO_PROCESS = 2 ** 22 + 1;

test("a sweep removes what dead processes left, and nothing else", () => {
  const mine = basename(temporaryPathFor("/somewhere/bank.md"));
  const { pid, started } = thisProcess();
  const dead = [`.bank.md.${NO_PROCESS}.${started}_abc.answerkey-tmp`, `.bank.md.${pid}.00000000-1_abc.answerkey-tmp`];
  const others = [
    mine,
    "bank.md",
    `.bank.md.${NO_PROCESS}.tmp`,
    `bank.md.${NO_PROCESS}._abc.answerkey-tmp`,
    ".bank.md.notes.answerkey-tmp",
    ".answerkey-tmp",
    `.bank.md.${pid}._abc.answerkey-tmp`,
  ];
  const folder = temporaryFolder(Object.fromEntries([...dead, ...others].map((name) => [name, "x"])));
  const asFolder = `.folder.${NO_PROCESS}._abc.answerkey-tmp`;
  mkdirSync(join(folder, asFolder));
  expect(sweepTemporaryFiles(folder)).toEqual(
    dead.map((name) => join(folder, name)).toSorted((left, right) => (left < right ? -1 : 1)),
  );
  expect(new Set(readdirSync(folder))).toEqual(new Set([...others, asFolder]));
  expect([sweepTemporaryFiles(folder), sweepTemporaryFiles(join(folder, "none"))]).toEqual([[], []]);
});

test("a process is who it is by number and start", () => {
  const me = thisProcess();
  expect(isAlive(me)).toBe(true);
  expect(isAlive({ pid: me.pid, started: "" })).toBe(true);
  expect(isAlive({ pid: NO_PROCESS, started: "" })).toBe(false);
  expect(isAlive({ pid: me.pid, started: `${me.started}1` })).toBe(me.started === "");
});
