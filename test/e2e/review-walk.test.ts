import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BANK, deskProject, type DeskProject } from "../cli/desk-project.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { hasTerminal, lastScreen, typeAt, type TypistResult, type TypistStep } from "./typist.ts";

const BIN = resolve(import.meta.dirname, "../../dist/bin.js");
const LOG = "outputs/decisions.jsonl";
const ESCAPE = "\u001B";
const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

async function drafted(questions: number): Promise<DeskProject> {
  return deskProject({ files: { [BANK]: unfilledBank(questions) } });
}

async function walk(
  { cwd }: DeskProject,
  steps: readonly TypistStep[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly size?: readonly [number, number] } = {},
): Promise<TypistResult> {
  const { env = {}, size = [24, 80] } = options;
  return typeAt({
    command: [process.execPath, BIN, "review", "--by", "Ada"],
    cwd,
    env: { NO_COLOR: "1", ...env },
    size,
    steps,
  });
}

function command({ cwd }: DeskProject, ...args: readonly string[]): Promise<CliResult> {
  return runCli(args, { cwd });
}

/** Keys, each typed when the screen has been drawn again. */
function keys(...typed: readonly string[]): readonly TypistStep[] {
  return typed.map((type) => ({ see: "q quit|q back|Esc back", type }));
}

const listed = z.object({ items: z.array(z.object({ status: z.string(), edited: z.boolean() })) });
const decided = z.object({ action: z.string(), via: z.string(), actor: z.string(), reason: z.string().optional() });

async function statuses(project: DeskProject): Promise<readonly string[]> {
  const { out } = await command(project, "review", "list", "--json");
  return listed.parse(JSON.parse(out)).items.map(({ status, edited }) => (edited ? `${status}, edited` : status));
}

/** What the log says, without what a run makes new each time. */
function decisions({ cwd }: DeskProject): readonly string[] {
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
    // A reason, a number and a yes are asked for, and not given by these either.
    const reason = ["r", "\r", `${ESCAPE}[200~1\r${ESCAPE}[201~`, ESCAPE, "r", `${ESCAPE}[A`, "\u007F", "\r", ESCAPE];
    const batch = ["A", "\r", "2", "\r", `${ESCAPE}[B`, ESCAPE];
    const typed = [...strange, ...burst, ...unknown, ...reason, ...batch, "q"];
    const session = await walk(project, keys(...typed));
    expect({ code: session.code, isRestored: session.isRestored }).toEqual({
      code: 1,
      isRestored: true,
    });
    expect(session.chunks.at(-1)).toContain("0 decisions saved, 3 left");
    expect(filesOf(project.cwd)).toEqual(before);
    expect(session.chunks.join("")).not.toMatch(/\u001B\[[0-9;]*m/);
  });

  test("accept, reject, redo, undo, edit until it is sound, accept all by their number, write, take out again", async () => {
    const project = await drafted(4);
    const original = project.read();
    writeFile(join(project.cwd, "editor.cjs"), EDITOR);
    const steps: readonly TypistStep[] = [
      // Accepted, rejected for a reason by digit, sent back with a note; that and the rejection taken back.
      ...keys("a", "r", "3", "x"),
      { see: "different", type: "s" },
      { see: "s_", type: "o" },
      { see: "so_", type: "\r" },
      { see: "fill drafts another", type: "u" },
      { see: "1 decision taken back", type: "u", pauseMs: 150 },
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
    ];
    const first = await walk(project, steps, { env: { EDITOR: `${process.execPath} editor.cjs` } });
    expect({ code: first.code, isRestored: first.isRestored }).toEqual({
      code: 0,
      isRestored: true,
    });
    expect((await statuses(project)).toSorted()).toEqual(["applied", "applied", "applied", "applied, edited"]);
    expect(project.read()).toContain("```text\nan example\n```");
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

    await command(project, "review", "undo", "--all");
    const second = await walk(project, [
      ...keys("a"),
      { see: "accepted", type: "w" },
      { see: "1 answer", type: "y" },
      { see: "1 answer written", type: "u" },
      { see: "1 answer taken out", type: "u", pauseMs: 150 },
      { see: "nothing to take back", type: "q" },
    ]);
    expect({ code: second.code, bank: project.read() }).toEqual({ code: 1, bank: original });
    expect((await command(project, "review", "check")).out).toContain("chain whole");
  });

  test("a window of another size gets a screen of that size, in colours where they are wanted", async () => {
    const project = await drafted(2);
    const steps: readonly TypistStep[] = [
      { see: "q quit", resize: [30, 52] },
      { see: "q quit", resize: [6, 20] },
      { see: "q quit", type: "q" },
    ];
    const session = await walk(project, steps, { size: [24, 100], env: { NO_COLOR: "", FORCE_COLOR: "1" } });
    const sizes = session.chunks.slice(0, 3).map((chunk) => {
      const screen = lastScreen(chunk);
      return { rows: screen.length, widest: Math.max(...screen.map((line) => line.length)) };
    });
    expect(sizes).toEqual([
      { rows: 24, widest: 100 },
      { rows: 30, widest: 52 },
      { rows: 6, widest: 20 },
    ]);
    expect(session.chunks[0]).toContain(`${ESCAPE}[1m1/2 parts.md Q1 ${ESCAPE}[22m${ESCAPE}[32m[clean]${ESCAPE}[39m`);
  });

  test.each([
    ["Ctrl-C", { type: "\u0003" }],
    ["SIGTERM", { signal: "SIGTERM" }],
  ] as const)("%s ends with 130, the decisions saved and the terminal as it was", async (_title, end) => {
    const project = await drafted(2);
    const session = await walk(project, [...keys("a"), { see: "accepted", ...end }]);
    expect({ code: session.code, isRestored: session.isRestored, said: session.chunks.at(-1) }).toEqual({
      code: 130,
      isRestored: true,
      said:
        `${ESCAPE}[?7h${ESCAPE}[?2004l${ESCAPE}[?25h${ESCAPE}[?1049l` +
        "1 decision saved, 1 left\r\nnext: answerkey apply --dry-run\r\n",
    });
    expect((await statuses(project)).toSorted()).toEqual(["accepted", "pending"]);
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

  test.skipIf(!hasBash)("a shell stops it, gets its terminal back, and lets it go on", async () => {
    const project = await drafted(2);
    const session = await typeAt({
      command: ["bash", "--norc", "--noprofile", "-i"],
      cwd: project.cwd,
      env: { NO_COLOR: "1" },
      steps: [
        { see: PROMPT, type: `${process.execPath} ${BIN} review --by Ada\r` },
        { see: "q quit", type: "\u001A" },
        { see: `1049l(?s:.)*Stopped(?s:.)*${PROMPT}`, type: "fg\r" },
        { see: "1049h(?s:.)*q quit", type: "a" },
        { see: "accepted", type: "q" },
        { see: `1 decision saved, 1 left(?s:.)*${PROMPT}`, type: "exit 7\r" },
      ],
    });
    expect(session.code).toBe(7);
  });

  test("ACCESSIBLE=1: numbered lines, nothing drawn again, and Enter alone decides nothing", async () => {
    const project = await drafted(3);
    const ask = "a number, then Enter:\\r\\n$";
    const steps: readonly TypistStep[] = [
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
    ];
    const session = await walk(project, steps, { env: { ACCESSIBLE: "1" } });
    expect({ code: session.code, isRestored: session.isRestored }).toEqual({
      code: 1,
      isRestored: true,
    });
    expect(session.chunks.join("")).not.toContain(ESCAPE);
    expect(session.chunks.at(-1)).toContain("1 decision saved, 2 left");
    expect(decisions(project)).toEqual(["accept terminal Ada", "reject terminal Ada not ours", "undo terminal Ada"]);
  });

  test("no control, bidi or tag character of a draft reaches a terminal or a pipe", async () => {
    const project = await drafted(1);
    const [path = ""] = Object.keys(filesOf(project.cwd)).filter((each) => each.startsWith("outputs/proposals/"));
    const file = join(project.cwd, path);
    const text = readFileSync(file, "utf8").replace("it hands its input on", HOSTILE);
    writeFileSync(file, text.replace("findings: []", `findings: [${JSON.stringify(HOSTILE)}]`));
    const pasted = `${ESCAPE}[200~${HOSTILE}${ESCAPE}[201~`;
    const session = await walk(project, keys("d", "i", "q", "?", "q", "r", pasted, ESCAPE, "q"));
    const shown = session.chunks.join("");
    expect(shown).toContain("<U+202E>evil<U+202C>");
    expect(RAW.exec(shown.replaceAll(OURS, ""))).toBe(null);
    const spoken = await walk(project, [{ see: "then Enter:", type: "\u0004" }], { env: { TERM: "dumb" } });
    expect(RAW.exec(spoken.chunks.join(""))).toBe(null);
    const id = path.replaceAll(/^.*\/|\.md$/g, "");
    for (const args of [["review"], ["review", "show", id], ["review", "--filter", "text=evil", "--json"]]) {
      const { out, err } = await command(project, ...args);
      expect([args.length, RAW.exec(out + err)]).toEqual([args.length, null]);
    }
  });
});

/** A shell's, at the end of what was seen. */
const PROMPT = "[#$] $";

/** Run twice: leaves a fence open first, and closes it when told so. */
const EDITOR = `
const { readFileSync, writeFileSync } = require("node:fs");
const path = process.argv.at(-1);
const text = readFileSync(path, "utf8");
const isTold = text.startsWith("<!-- answerkey: this cannot be saved: ");
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
const OURS = /\u001B\[(?:\?(?:1049|25|2004|7)[hl]|\d+H|[KJ])/g;

describe("where there is no terminal", () => {
  test("review lists what there is, names the commands for scripts and ends", async () => {
    const project = await drafted(2);
    writeFile(join(project.cwd, "outputs/proposals/questions/notes.md"), "mine\n");
    const open = await command(project, "review");
    expect({ code: open.code, err: open.err }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "outputs/proposals/questions/notes.md:1: not a proposal: it has no front matter
      review walks card by card on a terminal, and this is none; for scripts there are:
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
    await command(project, "review", "reject", "--all");
    expect((await command(project, "review")).code).toBe(0);
  });

  test("filters choose what is listed; one that matches nothing or is none ends with 2", async () => {
    const project = await drafted(2);
    const json = await command(project, "review", "--filter", "state=clean", "--filter", 'text="number 2"', "--json");
    expect({ code: json.code, items: listed.parse(JSON.parse(json.out)).items.length }).toEqual({ code: 1, items: 1 });
    const lines = [["--filter", "state=conflict"], ["--filter", "stat=clean"], ["--sort", "size"], ["lst"]];
    const told = await Promise.all(lines.map((line) => command(project, "review", ...line)));
    expect(told.map(({ code, err }) => `${code} ${err}`)).toMatchInlineSnapshot(`
      [
        "2 error: no proposal matches state=conflict
        answerkey review list shows what there is
      ",
        "2 error: --filter: there is no filter stat
        did you mean state?
      ",
        "2 error: --sort: expected one of file, confidence, cost, length
        see --help for what it takes
      ",
        "2 error: unknown command 'review lst'
        Did you mean review list?
      ",
      ]
    `);
  });
});
