import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Identity, identityOf } from "../../../src/grade/submissions/identity.ts";
import { makeRedactor } from "../../../src/grade/submissions/redact.ts";

function identity(told: Parameters<typeof identityOf>[0]): Identity {
  return identityOf(told) ?? { key: "", names: [], hints: [] };
}

const JANE = identity({ label: "71", name: "Jane Marie O'Brien", email: "jane.obrien@example.org" });
const LEE = identity({ label: "Lee, Max" });
const WANG = identity({ label: "73", name: "王小明" });
const JOSE = identity({ label: "José Núñez-Ruiz" });
const FILE = identity({ label: "pat_rivera" });
const redactor = makeRedactor([JANE, LEE, WANG, JOSE, FILE]);

function redacted(text: string, own = JANE): string {
  return redactor(text, own).text;
}

describe("names", () => {
  test.each([
    ["I am Jane Marie O'Brien, hello", "I am [name], hello"],
    ["Jane O’Brien / O'Brien, Jane / O'BRIEN JANE / jane o'brien", "[name] / [name] / [name] / [name]"],
    ["signed: Jane. (Marie's own words)", "signed: [name]. ([name]'s own words)"],
    ["Discussed with Max Lee and lee, max", "Discussed with [name] and [name]"],
    ["JOSE NUNEZ RUIZ helped, as did José Núñez-Ruiz", "[name] helped, as did [name]"],
    ["我和王小明一起写的", "我和[name]一起写的"],
    ["Jane_Counter, janet, Janes, jane() and max(a, b) stay", "Jane_Counter, janet, Janes, jane() and max(a, b) stay"],
    ["Max pooling and the Lee distance are not mine", "Max pooling and the Lee distance are not mine"],
    ["pat rivera is somebody's file, not said to be a name", "pat rivera is somebody's file, not said to be a name"],
  ])("%s", (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

  test("single words count only in the answers of their owner, and only with a capital", () => {
    expect(redacted("Max pooling takes the max; Lee wrote this", LEE)).toBe(
      "[name] pooling takes the max; [name] wrote this",
    );
    expect(redacted("Pat here. pat rivera", FILE)).toBe("[name] here. [name]");
  });

  test("counts what was replaced", () => {
    expect(redactor("Jane O'Brien, Jane: jane@example.org, +49 170 1234567", JANE)).toEqual({
      text: "[name], [name]: [email], [phone]",
      replaced: { names: 2, emails: 1, phones: 1 },
    });
  });
});

describe("addresses", () => {
  test.each([
    ["mail jane@example.org.", "mail [email]."],
    ["<Jane.O'Brien+x@mail.uni-koeln.de>", "<[email]>"],
    ["jürgen@müller.de, a@b.xn--p1ai, 王@例子.中国", "[email], [email], [email]"],
    [
      "写信jane@example.com谢谢大家一起来学习这个很长的句子不要停下来真的很长",
      "[email]谢谢大家一起来学习这个很长的句子不要停下来真的很长",
    ],
    ["https://user:pw@host.example.com/x", "https://user:[email]/x"],
    ["a@b@example.com", "a@[email]"],
    ["@app.route('/x')", "@app.route('/x')"],
    ["@Override public void f()", "@Override public void f()"],
    [
      "npm i lodash@4.17.21 react@18.2.0-rc.next @types/node@20.1.0",
      "npm i lodash@4.17.21 react@18.2.0-rc.next @types/node@20.1.0",
    ],
    ["root@10.0.0.1 user@host A @ B.T X@W.T", "root@10.0.0.1 user@host A @ B.T X@W.T"],
  ])("%s", (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });
});

describe("telephone numbers", () => {
  test.each([
    "+49 170 1234567",
    "+1 (555) 123-4567",
    "+491701234567",
    "(555) 123-4567",
    "555-123-4567",
    "555.123.4567",
    "0170 1234567",
    "030/12345678",
    "0221-123456 78",
  ])("%s", (number) => {
    expect(redacted(`Call ${number}, please`)).toBe("Call [phone], please");
  });

  test("after a word that says so", () => {
    expect(redacted("Phone: 123 45 67 89; tel. no 5551234567")).toBe("Phone: [phone]; tel. no [phone]");
  });

  test.each([
    "version 1.2.3.4 and 10.15.7",
    "192.168.100.200 and 127.0.0.1:8080",
    "2026-11-23 08:30:00, 23.11.2026, 01/02/2026",
    "1700000000 ms, 3.14159265, 6.022e23",
    "f(x) = 3 +12000 4000 and (2) +10000000000",
    "1024 2048 4096 8192",
    "0101 1100101 in binary, 0755 for the mode",
    "978-3-16-148410-0",
    "x[12345678] = 100200300",
    "1,000,000 rows; 123-456-789",
    "10^12345678901",
  ])("%s is none", (text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe("for any text", () => {
  const pieces = fc.constantFrom(
    ..."Jane|jane|O'Brien|Marie|Max|Lee|王小明|José| |, |.|@|_|-|+|+49 |170 1234567|(555) |123-4567|a|example.org|.com|[name]|\n|tel |9".split(
      "|",
    ),
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join("")),
    fc.string({ unit: "grapheme" }),
  );
  const plainAddress = /[a-z0-9]@[a-z]+\.[a-z]{2,}(?![a-z0-9])/i;

  test("doing it again changes nothing, and no address is left", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(JANE, LEE, WANG, JOSE, FILE), (answer, own) => {
        const once = redacted(answer, own);
        expect(redacted(once, own)).toBe(once);
        expect(once).not.toMatch(plainAddress);
      }),
      { numRuns: 2_000 },
    );
  });

  test("an address is found wherever it stands", () => {
    const address = fc.emailAddress().filter((each) => /^[\w.+-]+@[a-z0-9.-]+$/i.test(each) && !/@\d+\.\d/.test(each));
    const around = fc.string().filter((each) => !each.includes("@"));
    fc.assert(
      fc.property(around, address, around, (before, email, after) => {
        expect(redacted(`${before} ${email} ${after}`)).not.toContain(email);
      }),
    );
  });

  test("hostile text takes no longer than its length", () => {
    const hostile = ["a".repeat(300_000), "a@".repeat(150_000), "1 ".repeat(150_000), "+1 (".repeat(75_000)];
    hostile.push("Jane ".repeat(60_000), `a@${"b.".repeat(150_000)}`, "tel ".repeat(75_000), "王".repeat(200_000));
    const start = performance.now();
    for (const each of hostile) redacted(each);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
