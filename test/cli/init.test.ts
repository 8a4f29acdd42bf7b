import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const PACKAGE = resolve(import.meta.dirname, "../..");

const SETTINGS = [".env.example", "answerkey.config.yaml", "answerkey.schema.json"];

/** Runs it with somebody at a terminal who types what is given. */
async function atTerminal(args: readonly string[], cwd: string, typed: string) {
  const written = { out: "", err: "" };
  const sink = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text), isTTY: true });
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(typed);
  const code = await main(args, {
    folder: cwd,
    streams: { out: sink("out"), err: sink("err"), in: input },
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

describe("in an empty folder", () => {
  test("copies the example bank byte for byte, and a configuration that reads it", async () => {
    const cwd = temporaryFolder({ ".git/HEAD": "ref: refs/heads/main\n", LICENSE: "MIT\n" });
    const { code, out, err } = await runInProcess(["init", "--yes"], { cwd });
    expect({ code, err: err.split("\n") }).toEqual({
      code: 0,
      err: [
        "not in .gitignore yet: .env and what outputs/ holds of replies and answers; --gitignore adds that",
        "next: answerkey fill --provider offline",
        "",
      ],
    });
    expect(out).toMatchInlineSnapshot(`
      "nothing is here yet: this starts with the example bank
      1 markdown file, 1 with questions

      where                                 files  layout            questions  unfilled  for example
      questions/llmops/theory_questions.md      1  headed (guessed)         20        20  What isMLOpsand how does it differ …

      20 questions, 20 unfilled

      to be written:
        questions/llmops/ (46 files)  the example: bank, notes, rubrics, answers
        answerkey.config.yaml         which files are banks, their layouts, defaults
        answerkey.schema.json         lets an editor complete and check that file
        .env.example                  shows where a key goes
      49 files written
      "
    `);
    const { ".git/HEAD": _head, LICENSE: _licence, ...files } = filesOf(cwd);
    const copied = Object.entries(files).filter(([path]) => !SETTINGS.includes(path));
    expect(Object.fromEntries(copied)).toEqual(
      Object.fromEntries(
        Object.entries(filesOf(join(PACKAGE, "questions"))).map(([path, text]) => [`questions/${path}`, text]),
      ),
    );
    const status = await runInProcess(["status", "--json"], { cwd });
    expect(JSON.parse(status.out)).toMatchObject({
      banks: [{ path: "questions/llmops/theory_questions.md", dialect: "headed", chosen_by: "config" }],
      totals: { questions: 20, unfilled: 20 },
    });
  });

  test("makes a folder that is not there yet", async () => {
    const cwd = temporaryFolder();
    expect((await runInProcess(["init", "interview/go", "--yes"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "interview/go/answerkey.config.yaml"), "utf8")).toContain("theory_questions.md");
  });
});

describe("in a repository of banks", () => {
  const REPOSITORY = {
    "README.md": `# Our questions\n\n${"These are the questions that we ask. ".repeat(80)}\n`,
    "docs/locks/basics.md": unfilledBank(3, "lock"),
    "docs/locks/more.md": unfilledBank(2, "bolt"),
    "docs/open.md": `${unfilledBank(2, "hinge")}\n\`\`\`sh\nls\n`,
    "docs/review.md":
      "# Review\n\n## What is a lock?\n\nText.\n\n## Why do we lock?\n\nText.\n\n## How long?\n\nText.\n",
  };

  test("shows what it found, file by file what might be questions too, and what it would write", async () => {
    const cwd = temporaryFolder(REPOSITORY);
    const { code, out, err } = await runInProcess(["init"], { cwd });
    expect({ code, err }).toEqual({
      code: 2,
      err: "nothing was written: there is no terminal to ask on; --yes writes what is shown\n",
    });
    expect(out).toMatchInlineSnapshot(`
      "5 markdown files, 3 with questions

      where         files  layout            questions  unfilled  for example
      docs/locks/       2  headed (guessed)          5         5  What does lock number 1 do, and where does it s…
      docs/open.md      1  headed (guessed)          2         1  What does hinge number 1 do, and where does it …

      7 questions, 6 unfilled

      docs/open.md:19: code fence \`\`\` is never closed; nothing is written to this file until it is

      not taken for questions, although they might be some. If they are, write what stands below each under banks:
        docs/review.md:3: "What is a lock?" and 2 more, 3 of them asking (layout heading)
            - { files: ["docs/review.md"], dialect: heading }

      to be written:
        answerkey.config.yaml  which files are banks, their layouts, defaults
        answerkey.schema.json  lets an editor complete and check that file
        .env.example           shows where a key goes
      "
    `);
    expect(filesOf(cwd)).toEqual(REPOSITORY);
  });

  test("questions in a layout that it does not know are told, with what to write", async () => {
    const table = [
      "| # | Question | Answer |",
      "|---|---|---|",
      ...["lock", "latch", "bolt"].map((what) => `| 1 | What is a ${what}? | |`),
    ];
    const cwd = temporaryFolder({ "notes/table.md": `# Locks\n\n${table.join("\n")}\n` });
    const { out } = await runInProcess(["init", "--dry-run"], { cwd });
    expect(out.slice(0, out.indexOf("\nto be written"))).toMatchInlineSnapshot(`
      "1 markdown file, 0 with questions

      not taken for questions, although they might be some. If they are, write what stands below each under banks:
        notes/table.md:5: "What is a lock?" and 2 more, 3 of them asking (in no layout known here)
            - { files: ["notes/table.md"], dialect: house } with a layout "house" of yours under dialects:
      "
    `);
    const { out: json } = await runInProcess(["init", "--dry-run", "--json"], { cwd });
    expect(JSON.parse(json)).toMatchObject({
      survey: {
        near_misses: [
          {
            path: "notes/table.md",
            line: 5,
            dialect: null,
            text: "What is a lock?",
            questions: 3,
            asking: 3,
            besides: [],
          },
        ],
      },
    });
    await runInProcess(["init", "--yes"], { cwd });
    expect(readFileSync(join(cwd, "answerkey.config.yaml"), "utf8")).toContain(
      "  # Not taken: notes/table.md:5 has 3 that might be questions, 3 of them ask something.\n" +
        '  # - files: ["notes/table.md"]\n',
    );
  });

  test.each([
    ["--dry-run", "nothing was written: answerkey init --yes writes it\n"],
    ["--dry-run --yes", "nothing was written: answerkey init --yes writes it\n"],
    ["--json", "nothing was written: answerkey init --yes writes it\n"],
  ])("%s writes nothing", async (flags, expected) => {
    const cwd = temporaryFolder(REPOSITORY);
    const { code, err } = await runInProcess(["init", ...flags.split(" ")], { cwd });
    expect({ code, err, files: filesOf(cwd) }).toEqual({ code: 0, err: expected, files: REPOSITORY });
  });

  test.each([
    ["y\n", true],
    [" YES \n", true],
    ["n\n", false],
    ["\n", false],
    ["yep\n", false],
    ["", false],
  ])("at a terminal, %j writes: %s", async (typed, writes) => {
    const cwd = temporaryFolder(REPOSITORY);
    const { code, err } = await atTerminal(["init"], cwd, typed);
    expect({ code, asked: err.startsWith("write these 3 files? [y/N] ") }).toEqual({ code: 0, asked: true });
    expect(Object.keys(filesOf(cwd)).filter((path) => SETTINGS.includes(path))).toEqual(writes ? SETTINGS : []);
  });

  test("the plan as a document names groups, near misses with their line, and steps", async () => {
    const cwd = temporaryFolder(REPOSITORY);
    const { out } = await runInProcess(["init", "--json"], { cwd });
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      root: cwd,
      kind: "banks",
      config_above: null,
      survey: {
        files: 5,
        banks: 3,
        questions: 7,
        unfilled: 6,
        groups: [
          expect.objectContaining({ where: "docs/locks/", dialect: "headed", files: 2, questions: 5, unfilled: 5 }),
          expect.objectContaining({ where: "docs/open.md", files: 1, read_only: 1 }),
        ],
        near_misses: [
          {
            path: "docs/review.md",
            line: 3,
            dialect: "heading",
            text: "What is a lock?",
            questions: 3,
            asking: 3,
            besides: [],
            take_up: '- { files: ["docs/review.md"], dialect: heading }',
          },
        ],
        skipped: [],
      },
      steps: [
        { action: "create", path: "answerkey.config.yaml", why: expect.any(String) },
        { action: "create", path: "answerkey.schema.json", why: expect.any(String) },
        { action: "create", path: ".env.example", why: expect.any(String) },
      ],
      written: false,
    });
  });

  test("a second run says what is there and touches nothing; what a person changed stays", async () => {
    const cwd = temporaryFolder({ ...REPOSITORY, ".env.example": "OURS=1\n" });
    await runInProcess(["init", "--yes"], { cwd });
    const before = filesOf(cwd);
    expect(before[".env.example"]).toBe("OURS=1\n");
    const { code, out, err } = await runInProcess(["init", "--yes"], { cwd });
    expect({ code, err, last: out.split("\n").slice(-3) }).toEqual({
      code: 0,
      err: "next: answerkey status\n",
      last: [
        "there already, and left alone: answerkey.config.yaml, answerkey.schema.json, .env.example",
        "nothing to write",
        "",
      ],
    });
    expect(filesOf(cwd)).toEqual(before);
  });

  test("adds to .gitignore only when asked, only what is missing, once", async () => {
    const cwd = temporaryFolder({ ...REPOSITORY, ".gitignore": "*.log\n.env" });
    await runInProcess(["init", "--yes", "--gitignore"], { cwd });
    const text = readFileSync(join(cwd, ".gitignore"), "utf8");
    expect(text).toMatchInlineSnapshot(`
      "*.log
      .env

      # answerkey: the key, replies and candidates' answers stay here; proposals and decisions may be committed
      outputs/*
      !outputs/proposals/
      !outputs/decisions.jsonl
      !outputs/decisions.jsonl.head
      "
    `);
    await runInProcess(["init", "--yes", "--gitignore"], { cwd });
    expect(readFileSync(join(cwd, ".gitignore"), "utf8")).toBe(text);
  });

  test("copies the prompts where that is asked for, and fill takes them from there", async () => {
    const cwd = temporaryFolder(REPOSITORY);
    await runInProcess(["init", "--yes", "--prompts"], { cwd });
    expect(filesOf(join(cwd, "prompts"))).toEqual(filesOf(join(PACKAGE, "prompts")));
  });

  test("writes through no link that leads out of the folder", async () => {
    const outside = temporaryFolder();
    const cwd = temporaryFolder(REPOSITORY);
    symlinkSync(join(outside, "planted"), join(cwd, "answerkey.config.yaml"));
    const { code, err } = await runInProcess(["init", "--yes"], { cwd });
    expect({ code, says: err.split(": ")[0], outside: filesOf(outside) }).toEqual({
      code: 2,
      says: "error",
      outside: {},
    });
  });

  test("says of a configuration further up that it stands there", async () => {
    const cwd = temporaryFolder({ "answerkey.config.yaml": "banks: []\n", "part/a.md": unfilledBank(2) });
    const { err } = await runInProcess(["init", "part", "--dry-run"], { cwd });
    expect(err.split("\n")[0]).toBe(
      `warning: ${join(cwd, "answerkey.config.yaml")} stands above; in this folder a file here would win over it`,
    );
  });
});

test("a folder without questions says how to go on", async () => {
  const cwd = temporaryFolder({ "package.json": "{}\n" });
  mkdirSync(join(cwd, "src"));
  const { code, out, err } = await runInProcess(["init", "--yes"], { cwd });
  expect({ code, err }).toEqual({
    code: 0,
    err: "next: describe the layout in answerkey.config.yaml, then answerkey status\n",
  });
  expect(out).toMatchInlineSnapshot(`
    "0 markdown files, 0 with questions

    no questions were recognised. If there are some, describe their layout under \`dialects:\` in answerkey.config.yaml,
    as its comments show; answerkey init --example copies a bank to look at

    to be written:
      answerkey.config.yaml  which files are banks, their layouts, defaults
      answerkey.schema.json  lets an editor complete and check that file
      .env.example           shows where a key goes
    3 files written
    "
  `);
});
