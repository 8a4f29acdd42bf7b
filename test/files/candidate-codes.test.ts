import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCandidateCodes, type StoredCodes, writeCandidateCodes } from "../../src/files/candidate-codes.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";

const CODES = new Map([
  ["anna@example.org", "c-001"],
  ["__proto__", "c-002"],
  ['Doe, "J"\nJane', "c-003"],
]);

function keepCodes(path: string, before: StoredCodes, codes: ReadonlyMap<string, string>): void {
  writeCandidateCodes(path, before, { codes, names: new Map() });
}

describe("the private file of candidates and codes", () => {
  test("is written for its owner only, a candidate a line, and read as it was", () => {
    const root = temporaryFolder();
    const path = join(root, "outputs/grades/exam/candidates.json");
    expect(readCandidateCodes(path)).toEqual({ codes: new Map(), names: new Map(), hash: undefined });
    keepCodes(path, readCandidateCodes(path), CODES);
    expect(readFileSync(path, "utf8")).toBe(
      '{\n  "schema": 1,\n  "candidates": [\n    {"code":"c-001","identity":"anna@example.org"},\n' +
        '    {"code":"c-002","identity":"__proto__"},\n    {"code":"c-003","identity":"Doe, \\"J\\"\\nJane"}\n  ]\n}\n',
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect([...readCandidateCodes(path).codes]).toEqual([...CODES]);
  });

  test("grows, and never loses a code", () => {
    const path = join(temporaryFolder(), "candidates.json");
    keepCodes(path, readCandidateCodes(path), CODES);
    const before = readCandidateCodes(path);
    const bytes = readFileSync(path);
    keepCodes(path, before, CODES);
    expect(() => keepCodes(path, before, new Map([["ben", "c-004"]]))).toThrow(RangeError);
    expect(readFileSync(path)).toEqual(bytes);
    keepCodes(path, before, new Map([...CODES, ["ben", "c-004"]]));
    expect([...readCandidateCodes(path).codes]).toEqual([...CODES, ["ben", "c-004"]]);
  });

  test("is not written over what somebody else wrote meanwhile", () => {
    const path = join(temporaryFolder(), "candidates.json");
    const none = readCandidateCodes(path);
    keepCodes(path, none, CODES);
    const first = readCandidateCodes(path);
    expect(toldBy(() => keepCodes(path, none, new Map([["ben", "c-001"]])))).toMatch(/meantime/);
    keepCodes(path, first, new Map([...CODES, ["ben", "c-004"]]));
    expect(toldBy(() => keepCodes(path, first, new Map([...CODES, ["cem", "c-004"]])))).toMatch(/meantime/);
    expect(readCandidateCodes(path).codes.get("ben")).toBe("c-004");
  });

  test("keeps the last name that a source has of somebody, beside what it is told by", () => {
    const path = join(temporaryFolder(), "candidates.json");
    const codes = new Map([
      ["ann@x.test", "c-001"],
      ["bob@x.test", "c-002"],
    ]);
    const keep = (name: string): void =>
      writeCandidateCodes(path, readCandidateCodes(path), { codes, names: new Map([["c-001", name]]) });
    keepCodes(path, readCandidateCodes(path), codes);
    keep("Ann Ash");
    keep("Ann Ash-Bay");
    keepCodes(path, readCandidateCodes(path), codes);
    expect(readFileSync(path, "utf8")).toBe(
      '{\n  "schema": 1,\n  "candidates": [\n    {"code":"c-001","identity":"ann@x.test","name":"Ann Ash-Bay"},\n' +
        '    {"code":"c-002","identity":"bob@x.test"}\n  ]\n}\n',
    );
  });

  test("is refused when damaged, and stays as it is", () => {
    const entry = '{"code":"c-001","identity":"a"}';
    const damaged = [
      "",
      "{",
      "[]",
      '{"schema":2,"candidates":[]}',
      '{"schema":1,"candidates":[{"code":"../x","identity":"a"}]}',
      '{"schema":1,"candidates":[{"code":"c-001","identity":"a","extra":1}]}',
      `{"schema":1,"candidates":[${entry},${entry}]}`,
      `{"schema":1,"candidates":[${entry},{"code":"c-001","identity":"b"}]}`,
      Buffer.from([0x7b, 0xff, 0x7d]),
    ];
    const root = temporaryFolder();
    for (const [at, content] of damaged.entries()) {
      const path = join(root, `${at}.json`);
      writeFile(path, content);
      const told = toldBy(() => readCandidateCodes(path));
      expect(told).toMatch(/^.*\.json cannot be used: /);
      expect(told).not.toMatch(/identity|c-001/);
    }
    expect(Object.values(filesOf(root))).toEqual(damaged.map((content) => content.toString()));
  });

  test("holds whatever candidates are called", () => {
    const path = join(temporaryFolder(), "candidates.json");
    const names = fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(names, (identities) => {
        const before = readCandidateCodes(path);
        const added = identities.filter((identity) => !before.codes.has(identity));
        const codes = new Map(before.codes);
        for (const identity of added) codes.set(identity, `c-${codes.size + 1}`);
        keepCodes(path, before, codes);
        expect([...readCandidateCodes(path).codes]).toEqual([...codes]);
      }),
      { numRuns: 25 },
    );
  });
});
