import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bashCompletion } from "../../src/cli/project/completion-bash.ts";
import { fishCompletion } from "../../src/cli/project/completion-fish.ts";
import { commandLine } from "../../src/cli/project/completion.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";

const COMMANDS = commandLine();

/** Asks bash for what it would offer after each of the lines; a `|` parts words, the last one is being typed. */
function offered(lines: readonly string[], cwd = temporaryFolder()): readonly (readonly string[])[] {
  const script = `${bashCompletion(COMMANDS)}
while IFS= read -r line; do
  IFS='|' read -r -a COMP_WORDS <<< "$line."
  last=$(( \${#COMP_WORDS[@]} - 1 ))
  COMP_WORDS[$last]=\${COMP_WORDS[$last]%.}
  COMP_CWORD=$last
  _answerkey
  echo "\${COMPREPLY[*]}"
done`;
  const printed = execFileSync("bash", ["--norc", "-c", script], {
    cwd,
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
  });
  return printed
    .split("\n")
    .slice(0, -1)
    .map((line) => (line === "" ? [] : line.split(" ")));
}

const typed = (path: readonly string[], ...rest: readonly string[]): string =>
  ["answerkey", ...path, ...rest].join("|");

describe("bash", () => {
  test("offers every option and every subcommand of every command, and no others", () => {
    const options = offered(COMMANDS.map(({ path }) => typed(path, "-")));
    expect(options).toEqual(COMMANDS.map((each) => each.options.map(({ long }) => long)));
    const subcommands = offered(COMMANDS.map(({ path }) => typed(path, "")));
    const first = COMMANDS.map(({ subcommands: names, operands: [operand] }) => [
      ...names,
      ...(operand?.value.kind === "words" ? operand.value.words : []),
    ]);
    expect(subcommands).toEqual(first);
  });

  test("offers the choices of every option that has some, after it and after an equals sign", () => {
    const choosing = COMMANDS.flatMap(({ path, options }) =>
      options.flatMap(({ long, value }) => (value?.kind === "words" ? [{ path, long, words: value.words }] : [])),
    );
    expect(choosing.length).toBeGreaterThan(10);
    const words = choosing.map((each) => [...each.words]);
    expect(offered(choosing.map(({ path, long }) => typed(path, long, "")))).toEqual(words);
    expect(offered(choosing.map(({ path, long }) => typed(path, long, "=", "")))).toEqual(words);
    expect(offered(choosing.map(({ path, long }) => typed(path, long, "=")))).toEqual(words);
  });

  test.each<[string, readonly string[]]>([
    ["answerkey|stat", ["status"]],
    ["answerkey|review|l", ["list"]],
    ["answerkey|review|--json|l", ["list"]],
    ["answerkey|review|--sort|cost|sh", ["show"]],
    ["answerkey|fill|--provider|off", ["offline"]],
    ["answerkey|fill|--retry|refused|trun", ["truncated"]],
    ["answerkey|fill|--retry|refused|--no-c", ["--no-critique"]],
    ["answerkey|fill|--limit|3|--", ["--json"]],
    ["answerkey|completion|", ["bash", "zsh", "fish"]],
    ["answerkey|review|--|l", []],
    ["answerkey|grade|report|--nothing", []],
  ])("%s", (line, expected) => {
    const [found = []] = offered([line]);
    expect(found.slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  test("offers runs, sets and proposals that are there, and never runs what a name says", () => {
    const cwd = temporaryFolder();
    for (const name of ["2030-01-02t03-04-05z", "$(touch planted)", "`touch planted`"]) {
      mkdirSync(join(cwd, "outputs/runs", name), { recursive: true });
    }
    mkdirSync(join(cwd, "outputs/grades/round-1"), { recursive: true });
    writeFile(join(cwd, "outputs/proposals/questions/a/q-0123456789ab.md"), "");
    writeFile(join(cwd, "outputs/proposals/questions/a/q-$(touch planted).md"), "");
    const lines = ["answerkey|resume|", "answerkey|grade|report|--set|", "answerkey|review|show|q-0"];
    expect(offered(lines, cwd)).toEqual([["2030-01-02t03-04-05z"], ["round-1"], ["q-0123456789ab"]]);
    expect(spawnSync("ls", [cwd], { encoding: "utf8" }).stdout).toBe("outputs\n");
  });
});

test.each(["bash", "zsh", "fish"])(
  "the script for %s is printed, and the shell can read it where it is installed",
  async (shell) => {
    const { code, out, err } = await runInProcess(["completion", shell], { cwd: temporaryFolder() });
    expect({
      code,
      err,
      names: ["status", "--budget", "truncated"].filter((word) => !out.includes(word.replace(/^--/, ""))),
    }).toEqual({ code: 0, err: "", names: [] });
    const path = join(temporaryFolder({ script: out }), "script");
    const { error, status, stderr } = spawnSync(shell, ["-n", path], { encoding: "utf8" });
    const [expected, said] = error === undefined ? [0, ""] : [null, null];
    expect({ status, stderr }).toEqual({ status: expected, stderr: said });
  },
);

const hasFish = spawnSync("fish", ["--version"]).error === undefined;

test.skipIf(!hasFish)("fish tells a value from a command, and offers further values", () => {
  const cwd = temporaryFolder({ "plain.md": "", script: fishCompletion(COMMANDS) });
  const lines = [
    "grade --set export re",
    "grade --retry refused t",
    "grade --retry refused --limit 2 p",
    "review sh",
    "runs ",
  ];
  const asked = lines.map((line) => `complete -C 'answerkey ${line}' | string replace -r '\\t.*' '' | string join ' '`);
  const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", `source script\n${asked.join("\n")}`], {
    cwd,
    encoding: "utf8",
  });
  expect({ offers: stdout.split("\n"), stderr }).toEqual({
    offers: ["report", "truncated", "plain.md", "show", "cancel forget redrive show", ""],
    stderr: "",
  });
});

test("a shell that is not known is refused", async () => {
  const { code, err } = await runInProcess(["completion", "tcsh"], { cwd: temporaryFolder() });
  expect({ code, err }).toEqual({
    code: 2,
    err: "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n(add --help for what it takes)\n",
  });
});
