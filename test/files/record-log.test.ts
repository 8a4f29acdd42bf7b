import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordLog, RecordPlace } from "../../src/core/record-log.ts";
import { openRecordLog, type DamagedLine } from "../../src/files/record-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { messageOf } from "../support/user-error.ts";

function recordsOf(log: RecordLog): readonly unknown[] {
  const records: unknown[] = [];
  log.scan((record) => records.push(record));
  return records;
}

function reopened(path: string): readonly unknown[] {
  const log = openRecordLog(path);
  const records = recordsOf(log);
  log.close();
  return records;
}

test("records come back in order, by scan and by place, here and after reopening", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  const given = [{ text: "ü\n\u2028" }, [], "b", 3, null, { long: "x".repeat(700_000) }, { end: true }];
  const log = openRecordLog(path);
  const places = given.map((record) => log.append(record));
  log.sync();
  expect(recordsOf(log)).toEqual(given);
  expect(places.map((place) => log.read(place))).toEqual(given);
  log.close();
  expect(reopened(path)).toEqual(given);
  expect(readFileSync(path, "utf8")).toBe(given.map((record) => `${JSON.stringify(record)}\n`).join(""));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("places told by a scan are those told by append", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  const log = openRecordLog(path);
  const appended = Array.from({ length: 50 }, (_, at) => log.append({ at, text: "é".repeat(at * 500) }));
  const scanned: RecordPlace[] = [];
  log.scan((_record, place) => scanned.push(place));
  expect(scanned).toEqual(appended);
  log.close();
});

describe("after a crash", () => {
  test("at any byte, whole records stay and the next append follows the last of them", () => {
    const folder = temporaryFolder();
    const given = [{ id: "a" }, { id: "ö" }, { id: "c" }];
    const lines = given.map((record) => `${JSON.stringify(record)}\n`);
    const whole = Buffer.from(lines.join(""));
    const ends = [0, 1, 2, 3].map((count) => Buffer.byteLength(lines.slice(0, count).join("")));
    for (let length = 0; length <= whole.length; length += 1) {
      const path = join(folder, `${length}.jsonl`);
      writeFileSync(path, whole.subarray(0, length));
      const survivors = given.slice(0, ends.filter((end) => end > 0 && end <= length).length);
      const log = openRecordLog(path);
      expect(recordsOf(log)).toEqual(survivors);
      expect(statSync(path).size).toBe(length);
      const place = log.append({ id: "next" });
      expect(log.read(place)).toEqual({ id: "next" });
      log.close();
      expect(reopened(path)).toEqual([...survivors, { id: "next" }]);
    }
  });

  test("a tail of zeros, as a power failure leaves it, is cut off too", () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    writeFileSync(path, Buffer.concat([Buffer.from('{"id":"a"}\n'), Buffer.alloc(200_000)]));
    const log = openRecordLog(path);
    expect(recordsOf(log)).toEqual([{ id: "a" }]);
    log.append({ id: "b" });
    log.close();
    expect(readFileSync(path, "utf8")).toBe('{"id":"a"}\n{"id":"b"}\n');
  });

  test("appends and cuts in any order lose no whole record but those cut", () => {
    const folder = temporaryFolder();
    const step = fc.oneof(fc.string({ maxLength: 40 }), fc.nat(60));
    let turn = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const path = join(folder, `${(turn += 1)}.jsonl`);
        let expected: { text: string; end: number }[] = [];
        for (const each of steps) {
          const log = openRecordLog(path);
          if (typeof each === "string") {
            const place = log.append({ text: each });
            expected.push({ text: each, end: place.offset + place.length + 1 });
          }
          log.close();
          if (typeof each === "number") {
            const size = Math.max(0, statSync(path).size - each);
            truncateSync(path, size);
            expected = expected.filter(({ end }) => end <= size);
          }
        }
        expect(existsSync(path) ? reopened(path) : []).toEqual(expected.map(({ text }) => ({ text })));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a damaged line", () => {
  const damage = [
    "{",
    "\0\0\0",
    "",
    "[".repeat(200_000),
    `${'{"a":'.repeat(100)}1${"}".repeat(100)}`,
    '{"__proto__":{"a":1}}',
  ];

  test.each(damage)("%.20s is an error that names the line and not its text", (line) => {
    const folder = temporaryFolder({ "journal.jsonl": `{"id":"a"}\n${line}\n{"id":"b"}\n` });
    const log = openRecordLog(join(folder, "journal.jsonl"));
    expect(messageOf(() => recordsOf(log)).replace(folder, "")).toBe("cannot read /journal.jsonl: line 2 is damaged");
    log.close();
  });

  test("is passed over and told where that is asked for", () => {
    const folder = temporaryFolder({ "journal.jsonl": `{"id":"a"}\nsecret\n{"id":"b"}\n` });
    const damaged: DamagedLine[] = [];
    const log = openRecordLog(join(folder, "journal.jsonl"), { onDamaged: (line) => damaged.push(line) });
    expect(recordsOf(log)).toEqual([{ id: "a" }, { id: "b" }]);
    expect(damaged).toEqual([{ path: join(folder, "journal.jsonl"), line: 2, place: { offset: 11, length: 6 } }]);
    log.close();
  });
});

test("a place that holds no record is an error", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  const log = openRecordLog(path);
  log.append({ id: "a" });
  expect(messageOf(() => log.read({ offset: 1, length: 5 }))).toMatch(/there is no record of 5 bytes at 1$/);
  expect(messageOf(() => log.read({ offset: 900, length: 5 }))).toMatch(/there is no record of 5 bytes at 900$/);
  log.close();
});

test("an error in the visitor is not taken for one of the file", () => {
  const log = openRecordLog(join(temporaryFolder({ "journal.jsonl": "1\n" }), "journal.jsonl"));
  expect(() =>
    log.scan(() => {
      throw new RangeError("mine");
    }),
  ).toThrow(new RangeError("mine"));
  log.close();
});

test("a folder that is not there is told", () => {
  const folder = temporaryFolder();
  expect(messageOf(() => openRecordLog(join(folder, "none/journal.jsonl"))).replace(folder, "")).toBe(
    "cannot open /none/journal.jsonl: the file or its folder does not exist (ENOENT)",
  );
});

test("a log of 40 MB is scanned and read by place", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  const block = Array.from(
    { length: 200 },
    (_, at) => `${JSON.stringify({ id: `q-${at}`, text: "x".repeat(1_800) })}\n`,
  ).join("");
  for (let written = 0; written < 110; written += 1) appendFileSync(path, block);
  const log = openRecordLog(path);
  const places: RecordPlace[] = [];
  log.scan((_record, place) => places.push(place));
  expect(places.length).toBe(22_000);
  expect(log.read(places[21_999] ?? { offset: 0, length: 0 })).toEqual({ id: "q-199", text: "x".repeat(1_800) });
  log.close();
});
