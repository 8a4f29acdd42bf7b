import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const COMMANDS = [
  "status",
  "audit",
  "fill",
  "resume",
  "review",
  "review list",
  "review show",
  "review accept",
  "review reject",
  "review undo",
  "review check",
  "apply",
] as const;

const words = (line: string): readonly string[] => line.split(" ");

describe("help", () => {
  test.each(COMMANDS)("answerkey %s --help shows how it is used and an example, on stdout", async (command) => {
    const { code, out, err } = await runCli([...words(command), "--help"], { cwd: temporaryFolder() });
    expect({ code, err, usage: out.split("\n")[0]?.startsWith(`Usage: answerkey ${command} `) }).toEqual({
      code: 0,
      err: "",
      usage: true,
    });
    const examples = out
      .split("\nExamples:\n")[1]
      ?.split("\n")
      .filter((line) => line !== "");
    expect(
      examples?.filter((line) => !line.startsWith(`  answerkey ${command}`) && !/^ {2}answerkey review /.test(line)),
    ).toEqual([]);
    expect(examples?.length).toBeGreaterThan(0);
  });

  test("the version is the package's", async () => {
    const { code, out } = await runCli(["--version"], { cwd: temporaryFolder() });
    expect({ code, isVersion: /^\d+\.\d+\.\d+\n$/.test(out) }).toEqual({ code: 0, isVersion: true });
  });
});

const USAGE = [
  ["stauts", ["error: unknown command 'stauts'", "(Did you mean status?)", "(add --help for what it takes)"]],
  ["fill --limt 3", ["error: unknown option '--limt'", "(Did you mean --limit?)", "(add --help for what it takes)"]],
  ["fill --limit many", ["error: --limit: expected a number", "  see --help for what it takes"]],
  ["fill --budget -1", ["error: --budget: expected more than 0", "  see --help for what it takes"]],
  ["fill --concurrency 0", ["error: --concurrency: expected at least 1", "  see --help for what it takes"]],
  ["fill --rpm 1.5", ["error: --rpm: expected a whole number", "  see --help for what it takes"]],
  ["fill --max-wait 0", ["error: --max-wait: expected at least 1 second", "  see --help for what it takes"]],
  [
    "fill --states blank",
    [
      "error: --states: expected one of filled, placeholder, empty, metadata-only, partial, choice, personal",
      "  see --help for what it takes",
    ],
  ],
  [
    "fill --provider nobody",
    [
      "error: option '--provider <name>' argument 'nobody' is invalid. Allowed choices are auto, openai, local, offline, recorded.",
      "(add --help for what it takes)",
    ],
  ],
  [
    "fill --retry refused --redo",
    ["error: --retry and --redo exclude each other", "  --retry is for what failed, --redo for drafts"],
  ],
  [
    "fill --only q-0123456789ab",
    ["error: there is no question q-0123456789ab", "  answerkey review list and the summaries show ids"],
  ],
  [
    "fill --provider openai",
    [
      "error: there is no key for the OpenAI endpoint",
      "  set OPENAI_API_KEY (in the environment or in .env), or name a local server with --base-url, or use --provider offline",
    ],
  ],
  [
    "fill --base-url ftp://x --model m",
    ["error: the base URL is not an http or https address", "  for example https://api.openai.com/v1"],
  ],
  [
    "fill --base-url http://a:b@x --model m",
    ["error: the base URL holds credentials", "  give the key by the environment instead"],
  ],
  ["resume", ["error: there is no run to take up", "  start one with answerkey fill or answerkey grade"]],
  ["review lst", ["error: unknown command 'review lst'", "  Did you mean review list?"]],
  ["help", ["error: unknown command 'help'", "  Did you mean answerkey --help?"]],
  ["help review list", ["error: unknown command 'help'", "  Did you mean answerkey review list --help?"]],
  ["-v", ["error: unknown option '-v'", "  Did you mean -V?"]],
  ["--v", ["error: unknown option '--v'", "  Did you mean --version?"]],
  ["fill --dry", ["error: unknown option '--dry'", "  Did you mean --dry-run?"]],
  ["export --too csv", ["error: unknown option '--too'", "  Did you mean --to?"]],
  ["export --out=x.csv --too=csv", ["error: unknown option '--too=csv'", "  Did you mean --to?"]],
  ["export csv", ["error: required option '--to <format>' not specified", "  Did you mean --to csv?"]],
  ["export", ["error: required option '--to <format>' not specified", "(add --help for what it takes)"]],
  [
    "export --to cvs",
    [
      "error: option '--to <format>' argument 'cvs' is invalid. Allowed choices are jsonl, csv, html, anki, moodle.",
      "  Did you mean csv?",
    ],
  ],
  ["audit fix", ["error: there is no fix here", "  Did you mean --fix?"]],
  ["review accept all", ["error: there is no all here", "  Did you mean --all?"]],
  ["audit --fix --rules fix --dry", ["error: unknown option '--dry'", "  Did you mean --dry-run?"]],
  ["fill --only model --dry", ["error: unknown option '--dry'", "  Did you mean --dry-run?"]],
  ["review show q-1", ["error: there is no proposal q-1", "  answerkey review list shows them all"]],
  ["review accept", ["error: no proposal is named", "  answerkey review accept <id…>, or --all"]],
  ["review undo q-1 --all", ["error: ids and --all exclude each other", "  answerkey review undo <id…>, or --all"]],
] as const;

describe("a command line that cannot be run says what is wrong, writes nothing and exits 2", () => {
  test.each(USAGE)("answerkey %s", async (line, expected) => {
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(2) });
    const before = filesOf(cwd);
    const plain = await runCli(words(line), { cwd });
    expect(plain).toEqual({ code: 2, out: "", err: `${expected.join("\n")}\n` });
    expect(filesOf(cwd)).toEqual(before);
  });

  test.each(["stauts", "fill --limt 3", "fill --limit many", "review show q-1", "resume"])(
    "answerkey %s --json prints exactly one document",
    async (line) => {
      const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
      const { code, out, err } = await runCli([...words(line), "--json"], { cwd });
      const document: unknown = JSON.parse(out);
      expect({ code, document }).toEqual({
        code: 2,
        document: { error: { message: expect.stringMatching(/^\S.+\S$/), hint: expect.any(String), exit_code: 2 } },
      });
      expect(err).toMatch(/^error: /);
    },
  );

  test("a folder without questions/ and a path that is not there are named", async () => {
    const cwd = temporaryFolder();
    expect(await runCli(["status"], { cwd })).toEqual({
      code: 2,
      out: "",
      err: "error: there is no folder questions/ here, and no file or folder is named\n  name the files or folders that hold your questions, as in: answerkey status docs/questions; answerkey init finds them\n",
    });
    expect(await runCli(["status", "nowhere"], { cwd })).toEqual({
      code: 2,
      out: "",
      err: `error: cannot read ${cwd}/nowhere: the file or its folder does not exist (ENOENT)\n  Check the path.\n`,
    });
  });
});

describe("the streams", () => {
  test("--json gives one document on stdout for every command, and words for people on stderr only", async () => {
    const cwd = temporaryFolder();
    cpSync(resolve(import.meta.dirname, "../../questions"), join(cwd, "questions"), { recursive: true });
    const codes: Record<string, number | null> = {};
    for (const line of [
      "status",
      "audit",
      "fill --provider offline --dry-run",
      "fill --provider offline",
      "fill --provider offline",
      "resume",
      "review list",
      "review check",
      "review accept --all",
      "apply --dry-run",
      "apply",
      "review undo --all",
      "review reject --all",
    ]) {
      const { code, out } = await runCli([...words(line), "--json"], { cwd });
      expect(() => void JSON.parse(out), line).not.toThrow();
      codes[line] = code;
    }
    expect(codes).toMatchInlineSnapshot(`
      {
        "apply": 0,
        "apply --dry-run": 0,
        "audit": 1,
        "fill --provider offline": 0,
        "fill --provider offline --dry-run": 0,
        "resume": 0,
        "review accept --all": 0,
        "review check": 1,
        "review list": 0,
        "review reject --all": 0,
        "review undo --all": 0,
        "status": 0,
      }
    `);
  });

  test("--quiet leaves the result; colours come only where they are asked for", async () => {
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(2) });
    const quiet = await runCli(["status", "--quiet"], { cwd });
    expect(quiet.err).toBe("");
    const loud = await runCli(["status"], { cwd });
    expect({ out: loud.out, err: loud.err }).toEqual({ out: quiet.out, err: "next: answerkey fill --dry-run\n" });
    const forced = await runCli(["status"], { cwd, env: { NO_COLOR: "", FORCE_COLOR: "1" } });
    expect(forced.out).toBe(loud.out.replace(/^(.+)$/m, "\u001B[1m$1\u001B[22m"));
    const both = await runCli(["status"], { cwd, env: { NO_COLOR: "1", FORCE_COLOR: "1" } });
    expect(both.out).toBe(loud.out);
  });

  test("review without a terminal shows what waits and what scripts use, and ends", async () => {
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(2) });
    const { code, err } = await runCli(["review"], { cwd });
    expect({ code, head: err.split("\n")[0] }).toEqual({
      code: 0,
      head: "review walks card by card on a terminal, and this is none; for scripts there are:",
    });
    expect(err).toContain("answerkey review check");
  });
});
