import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runCli } from "../support/run-cli.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { BANK, draftingProject, proposalPaths, type DraftingProject } from "./drafting-project.ts";
import { hasTerminal, lastScreen, typeAt, type TypistResult, type TypistStep } from "./typist.ts";

const BIN = resolve(import.meta.dirname, "../../dist/bin.js");
const LOG = "outputs/decisions.jsonl";
const ESCAPE = "\u001B";

async function drafted(questions: number): Promise<DraftingProject> {
  const project = await draftingProject({ questions });
  await project.run("fill");
  return project;
}

async function walk(
  { cwd }: DraftingProject,
  steps: readonly TypistStep[],
  options: { env?: Record<string, string>; args?: readonly string[]; size?: readonly [number, number] } = {},
): Promise<TypistResult> {
  const { env = {}, args = [], size = [24, 80] } = options;
  const command = [process.execPath, BIN, "review", "--by", "Ada", ...args];
  return typeAt({ command, cwd, env: { NO_COLOR: "1", ...env }, size, steps });
}

/** Keys, each typed when the screen has been drawn again. */
function keys(...typed: readonly string[]): readonly TypistStep[] {
  return typed.map((type) => ({ see: "q quit|q back|Esc back", type }));
}

const listed = z.object({ items: z.array(z.object({ status: z.string(), edited: z.boolean() })) });
const decided = z.object({ action: z.string(), via: z.string(), actor: z.string(), reason: z.string().optional() });

async function statuses(project: DraftingProject): Promise<readonly string[]> {
  const { out } = await project.run("review", "list", "--json");
  return listed.parse(JSON.parse(out)).items.map(({ status, edited }) => (edited ? `${status}, edited` : status));
}

/** What the log says, without what a run makes new each time. */
function decisions({ cwd }: DraftingProject): readonly string[] {
  const lines = readFileSync(join(cwd, LOG), "utf8").trim().split("\n");
  return lines.map((line) => {
    const { action, via, actor, reason } = decided.parse(JSON.parse(line));
    return [action, via, actor, ...(reason === undefined ? [] : [reason])].join(" ");
  });
}

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test("Enter, Esc, arrows, pastes and unknown keys decide nothing and leave no trace", async () => {
    const project = await drafted(3);
    const before = filesOf(project.cwd);
    const pasted = `${ESCAPE}[200~a\rA\r3\ry${ESCAPE}[201~`;
    const strange = ["\r", "\n", ESCAPE, `${ESCAPE}[A`, `${ESCAPE}[B`, `${ESCAPE}[C`, `${ESCAPE}[6~`, pasted];
    const burst = ["a\r", "aaaa", "r1", "A3\r"];
    const unknown = ["z", "Q", "5", "y", "\t", `${ESCAPE}a`, `${ESCAPE}[1;2P`, `${ESCAPE}[99;99a`, "\u0001"];
    const session = await walk(project, keys(...strange, ...burst, ...unknown, "q"));
    expect({ code: session.code, isRestored: session.isRestored, seen: session.chunks.length }).toEqual({
      code: 1,
      isRestored: true,
      seen: strange.length + burst.length + unknown.length + 2,
    });
    expect(session.chunks.at(-1)).toContain("0 decisions saved, 3 left");
    expect(filesOf(project.cwd)).toEqual(before);
  });

  test("nor do they where a reason, a number or a yes is asked for, until it is typed", async () => {
    const project = await drafted(3);
    const before = filesOf(project.cwd);
    const reason = ["r", "\r", `${ESCAPE}[200~1\r${ESCAPE}[201~`, ESCAPE, "r", `${ESCAPE}[A`, "\u007F", "\r", ESCAPE];
    const batch = ["A", "\r", "2", "\r", `${ESCAPE}[B`, ESCAPE];
    const session = await walk(project, keys(...reason, ...batch, "q"));
    expect(session.chunks.at(-1)).toContain("0 decisions saved, 3 left");
    expect(filesOf(project.cwd)).toEqual(before);
  });

  test("accept, reject, edit until it is sound, undo, accept all by their number, write, take out again", async () => {
    const project = await drafted(4);
    const bank = (): string => readFileSync(join(project.cwd, BANK), "utf8");
    const original = bank();
    writeFile(join(project.cwd, "editor.cjs"), EDITOR);
    const first = await walk(
      project,
      [
        // Accepted, rejected for a reason by digit, sent back with a note; that and the rejection taken back.
        ...keys("a", "r", "3", "x"),
        { see: "different", type: "s" },
        { see: "s_", type: "o" },
        { see: "so_", type: "\r" },
        { see: "fill drafts another", type: "u" },
        { see: "1 decision taken back", type: "u" },
        // Edited: the first attempt leaves a fence open, the second one closes it.
        { see: "1 decision taken back", type: "e" },
        { see: "edited; a accepts it", type: "a" },
        { see: "accepted", type: "A" },
        { see: "type 2 and Enter", type: "3" },
        { see: "3_", type: "\r" },
        { see: "3 is not their number", type: "2" },
        { see: "2_", type: "\r" },
        { see: "2 drafts accepted; nothing here waits", type: "w" },
        { see: "parts.md: 4 answers", type: "y" },
        { see: "4 answers written into 1 file", type: "q" },
      ],
      { env: { EDITOR: `${process.execPath} editor.cjs` } },
    );
    expect(lastScreen(first.chunks.at(-2) ?? "").at(-1)).toBe("4 answers written into 1 file");
    expect({ code: first.code, isRestored: first.isRestored }).toEqual({ code: 0, isRestored: true });
    expect(await statuses(project)).toEqual(["applied", "applied, edited", "applied", "applied"]);
    expect(bank()).toContain("```text\nan example\n```");
    expect(Object.keys(filesOf(project.cwd)).filter((path) => path.startsWith("outputs/edits"))).toEqual([]);
    expect(decisions(project)).toEqual([
      "accept terminal Ada",
      "reject terminal Ada beside the question",
      "redo terminal Ada so",
      "undo terminal Ada",
      "undo terminal Ada",
      "edit terminal Ada",
      "accept terminal Ada",
      "accept terminal Ada",
      "accept terminal Ada",
      ...Array.from({ length: 4 }, () => "apply apply Ada"),
    ]);

    await project.run("review", "undo", "--all");
    expect(bank()).toBe(original);
    const second = await walk(project, [
      ...keys("a"),
      { see: "accepted", type: "w" },
      { see: "1 answer", type: "y" },
      { see: "1 answer written", type: "u" },
      { see: "1 answer taken out", type: "u" },
      { see: "nothing to take back", type: "q" },
    ]);
    expect({ code: second.code, bank: bank() }).toEqual({ code: 1, bank: original });
    expect((await project.run("review", "check")).out).toContain("chain whole");
  });

  test("a window of another size gets a screen of that size", async () => {
    const project = await drafted(2);
    const session = await walk(
      project,
      [
        { see: "q quit", resize: [30, 52] },
        { see: "q quit", resize: [6, 20] },
        { see: "q quit", type: "q" },
      ],
      { size: [24, 100] },
    );
    const sizes = session.chunks.slice(0, 3).map((chunk) => {
      const screen = lastScreen(chunk);
      return { rows: screen.length, widest: Math.max(...screen.map((line) => line.length)) };
    });
    expect(sizes).toEqual([
      { rows: 24, widest: 100 },
      { rows: 30, widest: 52 },
      { rows: 6, widest: 20 },
    ]);
  });

  test.each([
    ["Ctrl-C", { type: "\u0003" }],
    ["SIGTERM", { signal: "SIGTERM" }],
    ["SIGINT", { signal: "SIGINT" }],
  ] as const)("%s ends with 130, the decisions saved and the terminal as it was", async (_title, end) => {
    const project = await drafted(2);
    const session = await walk(project, [...keys("a"), { see: "accepted", ...end }]);
    expect({ code: session.code, isRestored: session.isRestored }).toEqual({ code: 130, isRestored: true });
    expect(session.chunks.at(-1)).toBe(
      `${ESCAPE}[?7h${ESCAPE}[?2004l${ESCAPE}[?25h${ESCAPE}[?1049l` +
        "1 decision saved, 1 left\r\nnext: answerkey apply --dry-run\r\n",
    );
    expect(await statuses(project)).toEqual(["accepted", "pending"]);
  });

  test("after it was stopped and continued it draws again and takes keys", async () => {
    const project = await drafted(2);
    const session = await walk(project, [
      // Nobody controls this job, so it is not stopped; being continued is the same to it.
      ...keys("\u001A", "a"),
      { see: "accepted", signal: "SIGCONT" },
      { see: "q quit", type: "a" },
      { see: "nothing here waits", type: "q" },
    ]);
    expect({ code: session.code, isRestored: session.isRestored }).toEqual({ code: 1, isRestored: true });
    expect(await statuses(project)).toEqual(["accepted", "accepted"]);
  });

  test("without colours it says the same without colours", async () => {
    const project = await drafted(1);
    const plain = await walk(project, keys("q"));
    const coloured = await walk(project, keys("q"), { env: { FORCE_COLOR: "1", NO_COLOR: "" } });
    expect(plain.chunks.join("")).not.toMatch(/\u001B\[[0-9;]*m/);
    expect(coloured.chunks.join("")).toMatch(/\u001B\[1m1\/1 parts\.md Q1 \u001B\[22m\u001B\[32m\[clean\]\u001B\[39m/);
    expect(lastScreen(coloured.chunks[0] ?? "")).toEqual(lastScreen(plain.chunks[0] ?? ""));
  });

  test.each([
    ["ACCESSIBLE=1", { ACCESSIBLE: "1" }],
    ["TERM=dumb", { TERM: "dumb" }],
  ])("%s: numbered lines, nothing drawn again, and Enter alone decides nothing", async (_title, env) => {
    const project = await drafted(3);
    const ask = "a number, then Enter:\\r\\n$";
    const session = await walk(
      project,
      [
        { see: ask, type: "\r" },
        { see: ask, type: "99\r" },
        { see: "99 is no choice here", type: "1\r2\r1\r" },
        { see: "several lines at once", type: "1\r" },
        { see: "2/3(?s:.)*accepted", type: "2\r" },
        { see: "in your words", type: "\r" },
        { see: ask, type: "2\r" },
        { see: "in your words", type: "not ours\r" },
        { see: "3/3(?s:.)*rejected", type: "6\r" },
        { see: "1 decision taken back", type: "\u0004" },
      ],
      { env },
    );
    expect({ code: session.code, isRestored: session.isRestored }).toEqual({ code: 1, isRestored: true });
    expect(session.chunks.join("")).not.toContain(ESCAPE);
    expect(session.chunks.at(-1)).toContain("1 decision saved, 2 left");
    expect(decisions(project)).toEqual(["accept terminal Ada", "reject terminal Ada not ours", "undo terminal Ada"]);
  });
});

/** Run twice: leaves a fence open first, and closes it when told so. */
const EDITOR = `
const { readFileSync, writeFileSync } = require("node:fs");
const path = process.argv.at(-1);
const text = readFileSync(path, "utf8");
const isTold = text.startsWith("<!-- answerkey: this cannot be saved: a code fence is not closed");
writeFileSync(path, isTold ? text + "\`\`\`\\n" : text + "\\n\`\`\`text\\nan example\\n");
`;

const HOSTILE = [
  "\u001B[2J\u001B[31mred",
  "\u001B]0;title\u0007",
  "\u001BPq#0;2;0;0;0\u001B\\",
  "\u009B31m",
  "a\rb",
  "a\bb",
  "\u0007",
  "\u202Eevil\u202C",
  "\u2066x\u2069",
  "\u200Bzero",
  "\u{E0041}\u{E0042}",
  "\u007F",
  "\uFEFFx\u00AD",
].join(" | ");
const RAW =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E0FFF}]|\r(?!\n)/u;
const OURS = /\u001B\[(?:\??[0-9;]*[hlmHJK])/g;

test.skipIf(!hasTerminal)("no control, bidi or tag character of a draft reaches a terminal or a pipe", async () => {
  const project = await drafted(1);
  const [path = ""] = proposalPaths(project.cwd);
  const file = join(project.cwd, path);
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text.replace("It hands its input on", HOSTILE).replace("findings: []", `findings: [${JSON.stringify(HOSTILE)}]`),
  );
  const session = await walk(
    project,
    keys("d", "i", "q", "?", "q", "r", `${ESCAPE}[200~${HOSTILE}${ESCAPE}[201~`, ESCAPE, "q"),
  );
  const shown = session.chunks.join("");
  expect(shown).toContain("<U+202E>evil<U+202C>");
  expect(RAW.exec(shown.replaceAll(OURS, ""))).toBe(null);
  const spoken = await walk(project, [{ see: "then Enter:", type: "\u0004" }], { env: { ACCESSIBLE: "1" } });
  expect(RAW.exec(spoken.chunks.join(""))).toBe(null);
  for (const args of [["review"], ["review", "show", path.replace(/^.*\/|\.md$/g, "")]]) {
    const { out, err } = await project.run(...args);
    expect(RAW.exec(out + err)).toBe(null);
  }
});

describe("where there is no terminal", () => {
  test("review lists what there is, names the commands for scripts and ends at once", async () => {
    const project = await drafted(2);
    const start = performance.now();
    const open = await project.run("review");
    expect(performance.now() - start).toBeLessThan(1_000);
    expect({ code: open.code, err: open.err }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "review walks card by card on a terminal, and this is none; for scripts there are:
        answerkey review list                    what waits, with ids
        answerkey review show <id>               one proposal in full
        answerkey review accept <id…> | --all    --by, --reason
        answerkey review reject <id…> | --all    --redo asks for another draft
        answerkey review undo <id…> | --all      also takes applied answers out again
        answerkey review check                   the gate for CI
        answerkey apply --dry-run                the diff of what is accepted
      ",
      }
    `);
    expect(open.out).toContain("2 proposals: 2 pending");
    await project.run("review", "reject", "--all");
    expect((await project.run("review")).code).toBe(0);
  });

  test("filters choose what is listed; one that matches nothing or is none ends with 2", async () => {
    const project = await drafted(2);
    const json = await project.run("review", "--filter", "state=clean", "--filter", "text=number,2", "--json");
    expect(listed.parse(JSON.parse(json.out)).items.length).toBe(2);
    const nothing = await project.run("review", "--filter", "state=conflict");
    const strange = await project.run("review", "--filter", "stat=clean");
    const order = await project.run("review", "--sort", "size");
    expect([nothing, strange, order].map(({ code, err }) => [code, err])).toMatchInlineSnapshot(`
      [
        [
          2,
          "error: no proposal matches state=conflict
        answerkey review list shows what there is
      ",
        ],
        [
          2,
          "error: --filter: there is no filter stat
        did you mean state?
      ",
        ],
        [
          2,
          "error: --sort: expected one of file, confidence, cost, length
        see --help for what it takes
      ",
        ],
      ]
    `);
  });
});

test("files that are no proposals are told and do not end the review", async () => {
  const project = await drafted(1);
  writeFile(join(project.cwd, "outputs/proposals/questions/notes.md"), "mine\n");
  const { code, err } = await runCli(["review"], { cwd: project.cwd });
  expect({ code, line: err.split("\n")[0] }).toEqual({
    code: 1,
    line: "outputs/proposals/questions/notes.md:1: not a proposal: it has no front matter",
  });
  expect(existsSync(join(project.cwd, LOG))).toBe(false);
});
