import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Identity, identityOf } from "../../../src/grade/submissions/identity.ts";
import { cleanForPrompt } from "../../../src/core/sanitise.ts";
import { makeRedactor } from "../../../src/grade/submissions/redact.ts";
import { seenText } from "../../../src/grade/submissions/text-view.ts";
import { growthOf } from "../../support/growth.ts";

function identity(told: Parameters<typeof identityOf>[0]): Identity {
  return identityOf(told) ?? { key: "", names: [], hints: [], handles: [] };
}

const JANE = identity({ label: "71", names: ["Jane Marie O'Brien"], email: "jane.obrien@example.org" });
const LEE = identity({ label: "Lee, Max" });
const WANG = identity({ label: "73", names: ["王小明"] });
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

describe("names of every kind", () => {
  const HANS = identity({ label: "Müller_Hans" });
  const ALL = [
    HANS,
    identity({ label: "1", names: ["Jörg Mueller"], email: "annlee42@example.org" }),
    identity({ label: "小龙" }),
    identity({ label: "2", names: ["Ng"] }),
    identity({ label: "3", names: ["Ивана Петрова"] }),
    identity({ label: "4", names: ["山田 太郎"] }),
    identity({ label: "5", names: ["Doe, Jane"] }),
    identity({ label: "6", names: ["12345"] }),
    identity({ label: "John Smith (4711081)" }),
  ];
  const redact = makeRedactor(ALL);

  test.each([
    ["Hans Müller, Müller Hans, HANS MUELLER, Hans Muller; hans müller", "[name], [name], [name], [name]; hans müller"],
    ["Joerg Müller, Jörg Mueller and jorg muller", "[name], [name] and [name]"],
    ["我和小龙一起, 小明没来", "我和[name]一起, 小明没来"],
    ["Ng says so. king, ng and Nguyen too", "[name] says so. king, ng and Nguyen too"],
    ["Ивана Петрова и Петрова Ивана", "[name] и [name]"],
    ["山田太郎, 太郎 山田, 山本", "[name], [name], 山本"],
    ["github.com/annlee42, janedoe, jane_doe", "github.com/[name], [name], [name]"],
    ["Do it with John Smith; 12345 and 4711081 stay", "Do it with [name]; 12345 and 4711081 stay"],
    ["𝐉𝐚𝐧𝐞 𝐃𝐨𝐞 and Ｊａｎｅ　Ｄｏｅ and J̲a̲n̲e̲ D̲o̲e̲", "[name] and [name] and [name]"],
  ])("%s", (text, expected) => {
    expect(redact(text, identity({ label: "c-9" })).text).toBe(expected);
  });

  test("the candidate's own, in small letters and in part", () => {
    expect(redact("hans müller; yours, Hans", HANS).text).toBe("[name]; yours, [name]");
    const john = identity({ label: "John Smith (4711081)" });
    expect(redact("John, 4711081, 47110815", john).text).toBe("[name], [name], 47110815");
  });
});

describe("addresses", () => {
  test.each([
    ["j.mueller[at]uni[dot]example, j.mueller (at) uni.example", "[email], [email]"],
    ["jane@uni[dot]example [dot] org; jane{at}example.org", "[email]; [email]"],
    ["words[at].length, f(at) and x[at] is 1.5", "words[at].length, f(at) and x[at] is 1.5"],
    ["ｊａｎｅ＠ｅｘａｍｐｌｅ．ｏｒｇ, ju\u0308rgen@mu\u0308ller.de", "[email], [email]"],
  ])("written for people: %s", (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

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

  test("beside another number, where a plus adds nothing", () => {
    expect(redacted("+170 1234567 +123-4567123-4567 +49 170 1234567")).toBe("[phone] [phone] [phone]");
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

  test("a word beside what was replaced says nothing of the next number", () => {
    const once = redacted("+170 1234567tel 123-4567");
    expect([once, redacted(once)]).toEqual(["[phone]tel 123-4567", "[phone]tel 123-4567"]);
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

  const HIDDEN = Array.from(
    "\u0000\u0008\u001F\u007F\u0085\u00AD\u034F\u061C\u115F\u180E\u200B\u200D\u200F\u2028\u202E\u2060\u2065\u206F" +
      "\u3164\uFE0F\uFEFF\uFFA0\uFFF9\u{1BCA0}\u{1D173}\u{E0001}\u{E0041}\u{E0FFF}",
  ).concat("\uFE00\uFE01", "\u200B".repeat(40), "\uD800");

  test("nothing hidden within a name, an address or a number hides it", () => {
    const known = fc.constantFrom(
      "jane.obrien@example.org",
      "someone@else.example",
      "j.mueller[at]uni[dot]example",
      "Jane Marie O'Brien",
      "Jose Nunez",
      "Lee, Max",
      "王小明",
      "+49 170 1234567",
    );
    const hidden = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...HIDDEN)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(known, hidden, (told, inserted) => {
        const characters = Array.from(told);
        for (const [at, character] of inserted) characters.splice(at % (characters.length + 1), 0, character);
        const answer = redacted(`By ${characters.join("")} .`);
        const shown = seenText(cleanForPrompt(answer).text).text;
        expect(shown.replace(/[^\p{L}[\]]/gu, "")).toMatch(/^By\[(?:name|email|phone)\]$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("whatever a prompt leaves out is left out of the search", () => {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (cleanForPrompt(character).text === "")
        expect([codePoint, seenText(`a${character}b`).text]).toEqual([codePoint, "ab"]);
    }
  });

  test("what is hidden elsewhere stays to be seen", () => {
    expect(redacted("x\u200By Jane\u00AD Marie O'Brien z\u202E")).toBe("x\u200By [name] z\u202E");
  });

  test("hostile text takes no longer than its length", () => {
    for (const unit of ["a", "a@", "1 ", "+1 (", "Jane ", "b.", "tel ", "王"]) {
      const prepare = (size: number) => {
        const hostile = `a@${unit.repeat(size / unit.length)}`;
        return () => redacted(hostile);
      };
      expect([unit, growthOf(prepare, 60_000)]).toEqual([unit, "linear"]);
    }
  });
});
