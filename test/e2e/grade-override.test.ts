import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf } from "../support/temporary-folder.ts";
import { ANSWERS, entriesOf, EXAM, marksOf, offlineProject, reportFigures, setFiles } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const OFFLINE = ["grade", ANSWERS, "--provider", "offline"] as const;
const BY = ["--by", "ada@example.org"] as const;

/** The row of a candidate in the wide table: marks and states of both questions. */
function row(cwd: string, candidate: string): readonly (string | undefined)[] {
  const wide = setFiles(cwd)["grades-wide.csv"] ?? "";
  const cells =
    wide
      .split("\r\n")
      .find((line) => line.startsWith(`${candidate},`))
      ?.split(",") ?? [];
  return [cells[1], cells[2], cells[7], cells[8]];
}

describe("a person's word", () => {
  test("wins over the judge's, keeps who, why, when and what was before, and survives a new grading", async () => {
    const { cwd, run } = offlineProject();
    await run(...OFFLINE);
    const judged = entriesOf(cwd);
    const levels = ["--level", "bursts=named", "decoupling=met", "--reason", "only half of it"];
    expect(await run("grade", "override", "c-002", QUEUE.id, ...levels, ...BY)).toEqual({
      code: 0,
      out: `c-002 ${QUEUE.id}: 2 → 3, marked by ada@example.org: only half of it\n`,
      err: "",
    });
    expect(row(cwd, "c-002")).toEqual(["3", "overridden", "2", "graded"]);
    expect(reportFigures(cwd)).toMatchObject({ "Mean mark": "70%", Graded: "4" });
    const sheet = setFiles(cwd)["sheets/c-002.md"] ?? "";
    expect(sheet.split("\n").filter((line) => line.includes("ada"))).toEqual([
      "- Set by ada\\@example\\.org on 2026-01-01T00:00:00.000Z; before: 2.",
    ]);

    await run("grade", "override", "c-003", INDEX.id, "--mark", "0", "--reason", "had the time", ...BY);
    await run(...OFFLINE, "--redo");
    expect([row(cwd, "c-002"), row(cwd, "c-003")]).toEqual([
      ["3", "overridden", "2", "graded"],
      ["4", "graded", "0", "overridden"],
    ]);
    const entries = entriesOf(cwd);
    expect(entries.slice(0, judged.length)).toEqual(judged);
    expect(entries.filter(({ type }) => type === "override")).toMatchObject([
      {
        candidate: "c-002",
        by: "ada@example.org",
        reason: "only half of it",
        levels: [
          { criterion: "bursts", from: "full", to: "named" },
          { criterion: "decoupling", from: "unmet", to: "met" },
        ],
        mark: null,
        withdraws: false,
      },
      { candidate: "c-003", reason: "had the time", levels: [], mark: { from: null, to: 0 }, withdraws: false },
    ]);

    // Taken back, the judge's own counts again; the record of both stays.
    const back = await run("grade", "override", "c-002", QUEUE.id, "--withdraw", "--reason", "mixed up", ...BY);
    expect(back.out).toBe(`c-002 ${QUEUE.id}: 3 → 2, override taken back by ada@example.org: mixed up\n`);
    expect(row(cwd, "c-002")).toEqual(["2", "graded", "2", "graded"]);
    expect((await run("grade", "verify")).code).toBe(0);
  });

  test("can be that the judge was right: what waited counts from then on", async () => {
    // Copied from each other, so that a person must look.
    const rows = ["c-001", "c-002"].map((candidate) =>
      JSON.stringify({ candidate, question: "1", answer: QUEUE.strong }),
    );
    const { cwd, run } = offlineProject({ "storage.jsonl": `${rows.join("\n")}\n` });
    const first = await run("grade", "storage.jsonl", "--provider", "offline");
    expect({ code: first.code, marks: marksOf(cwd) }).toEqual({
      code: 1,
      marks: { "c-001 q1": "needs-review 6", "c-002 q1": "needs-review 6" },
    });
    const confirmed = await run(
      "grade",
      "override",
      "c-001",
      QUEUE.id,
      "--confirm",
      "--reason",
      "wrote it first",
      ...BY,
    );
    expect(confirmed.out).toBe(`c-001 ${QUEUE.id}: 6 → 6, marked by ada@example.org: wrote it first\n`);
    const report = await run("grade", "report");
    expect({ code: report.code, out: report.out.split("\n").slice(0, 2) }).toEqual({
      code: 1,
      out: ["1 marked by a person · 1 wait for a person", "mean of the 1 mark that count: 100.0%"],
    });
  });

  test("is refused where it says nothing, too much, or what cannot be, and then changes no byte", async () => {
    const { cwd, run } = offlineProject();
    await run(...OFFLINE);
    await run("grade", "override", "c-001", QUEUE.id, "--mark", "5", "--reason", "well", ...BY);
    const before = filesOf(cwd);
    const why = ["--reason", "because", ...BY];
    const wishes: readonly (readonly [readonly string[], string])[] = [
      [["c-001", QUEUE.id, "--mark", "3"], "an override needs a reason"],
      [["c-001", QUEUE.id, "--mark", "3", "--reason", " ", ...BY], "an override needs a reason"],
      [
        ["c-001", QUEUE.id, ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [
        ["c-001", QUEUE.id, "--mark", "3", "--withdraw", ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [
        ["c-001", QUEUE.id, "--level", "bursts=full", "--confirm", ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [["c-001", QUEUE.id, "--confirm", ...why], `c-001 ${QUEUE.id} was marked by ada@example.org already`],
      [["c-003", INDEX.id, "--confirm", ...why], `c-003 ${INDEX.id} has no verdict that could be confirmed`],
      [["c-002", QUEUE.id, "--withdraw", ...why], `c-002 ${QUEUE.id} has no override to take back`],
      [["c-001", QUEUE.id, "--mark", "6.5", ...why], "a mark of 6.5 is outside the scale"],
      [
        ["c-001", QUEUE.id, "--mark", "1.00001", ...why],
        "--mark: points must be a number of at most three decimals, a million at most",
      ],
      [["c-001", QUEUE.id, "--level", "bursts=most", ...why], "criterion bursts has no level most"],
      [["c-001", QUEUE.id, "--level", "burst=full", ...why], "the rubric has no criterion burst"],
      [["c-001", QUEUE.id, "--mark", "", ...why], "--mark: expected points, such as 7.5"],
      [["c-009", QUEUE.id, "--mark", "1", ...why], "the set storage has no candidate c-009"],
      [["c-001", "q-0", "--mark", "1", ...why], "c-001 has no grade for q-0"],
    ];
    const ends = await Promise.all(wishes.map(([args]) => run("grade", "override", ...args)));
    expect(ends.map(({ code, err }) => `${code} ${err.split("\n")[0]}`)).toEqual(
      wishes.map(([, message]) => `2 error: ${message}`),
    );
    expect(filesOf(cwd)).toEqual(before);
  });
});

function joined(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

describe("grade verify", () => {
  test("finds every line that was edited, taken out, swapped or put in; a line torn by a crash is none", async () => {
    const { cwd, run } = offlineProject();
    await run(...OFFLINE);
    const path = join(cwd, "outputs/grades/storage/records.jsonl");
    const whole = readFileSync(path, "utf8");
    const lines = whole.split("\n").slice(0, -1);
    const at = (place: number): string => lines[place] ?? "";
    const full = lines.findIndex((line) => line.includes('"mark":6000'));
    const lastEdited = joined([...lines.slice(0, -1), (lines.at(-1) ?? "").replace('"at":"2026', '"at":"2025')]);
    const TAMPERED: Readonly<Record<string, readonly [string, string | undefined]>> = {
      whole: [whole, undefined],
      edited: [
        joined(lines.with(full, at(full).replace('"mark":6000', '"mark":5000'))),
        `${full + 2}: the records were tampered with: the line before it is not the one it was written after`,
      ],
      "first edited": [
        joined(lines.with(0, at(0).replace('"at":"2026', '"at":"2025'))),
        "2: the records were tampered with: the line before it is not the one it was written after",
      ],
      removed: [
        joined(lines.toSpliced(3, 1)),
        "4: the records were tampered with: the line before it is not the one it was written after",
      ],
      "first removed": [
        joined(lines.slice(1)),
        "1: the records were tampered with: the line before it is not the one it was written after",
      ],
      swapped: [
        joined(lines.with(4, at(5)).with(5, at(4))),
        "5: the records were tampered with: the line before it is not the one it was written after",
      ],
      inserted: [
        joined(lines.toSpliced(4, 0, at(3))),
        "5: the records were tampered with: the line before it is not the one it was written after",
      ],
      "something else": [
        joined(lines.toSpliced(4, 0, "{}")),
        "5: the records were tampered with: it is not a grade record",
      ],
      "last edited": [
        lastEdited,
        `${lines.length}: the records were tampered with: it is not the line that was written`,
      ],
      "last removed": [
        joined(lines.slice(0, -1)),
        `${lines.length}: the records were tampered with: 1 line(s) from here on are gone`,
      ],
      torn: [whole + at(3).slice(0, 200), undefined],
    };
    for (const [name, [content, fault]] of Object.entries(TAMPERED)) {
      writeFileSync(path, content);
      const { code, out } = await run("grade", "verify");
      expect({ name, code, line: out.split("\n")[0] }).toEqual({
        name,
        code: fault === undefined ? 0 : 1,
        line:
          fault === undefined
            ? `storage: ${lines.length} records, chain whole`
            : `outputs/grades/storage/records.jsonl:${fault}`,
      });
    }
    const head = /^head: (.*)$/m.exec((await run("grade", "verify")).out)?.[1] ?? "";
    expect((await run("grade", "verify", "--head", head)).code).toBe(0);

    // Whoever changes the last line and takes away what the folder knows of it is found by what was noted elsewhere.
    const known = readFileSync(`${path}.head`, "utf8");
    rmSync(`${path}.head`);
    writeFileSync(path, lastEdited);
    expect((await run("grade", "verify")).code).toBe(0);
    expect(await run("grade", "verify", "--head", head)).toMatchObject({
      code: 1,
      out: expect.stringContaining("this is not the head that was noted"),
    });
    writeFileSync(`${path}.head`, known);
    writeFileSync(path, TAMPERED["torn"]?.[0] ?? "");
    // A torn line is cut off by the next record, and the chain goes on.
    await run("grade", "override", "c-001", QUEUE.id, "--mark", "5", "--reason", "well", ...BY);
    expect((await run("grade", "verify")).out.split("\n")[0]).toBe(`storage: ${lines.length + 1} records, chain whole`);
  });
});
