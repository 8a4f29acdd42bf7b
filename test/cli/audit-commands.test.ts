import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runInProcess } from "../support/run-in-process.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";

const headed = (...questions: readonly (readonly [string, string])[]): string =>
  questions
    .map(([text, answer], at) => `## Question ${at + 1}\n\n**${text}**\n\n**Answer:** ${answer}\n`)
    .join("\n---\n\n");

const OPEN = "_[To be filled]_";
const GLUED = headed(
  ["What isa queueand howis it used?", OPEN],
  ["Why is a queue used, and what is it?", "It keeps work until somebody takes it."],
);
const FILES = {
  "questions/a.md": `Total questions: 7\r\n\r\n${GLUED.replaceAll("\n", "\r\n")}`,
  "questions/b.md": headed(["What is a queue and how is it used?", "It is a line."], ["What is a stack?", "A pile."]),
};

const bankOf = (cwd: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith("questions/")));

const listed = z.object({ items: z.array(z.object({ id: z.string(), kind: z.string(), state: z.string() })) });

describe("audit --fix", () => {
  test("proposes, is reviewed and applied like answers, changes nothing else, and is taken back to the byte", async () => {
    const cwd = temporaryFolder(FILES);
    const run = (...args: readonly string[]): ReturnType<typeof runInProcess> => runInProcess(args, { cwd });
    const dry = await run("audit", "--fix", "--dry-run");
    expect(dry).toEqual({
      code: 0,
      out:
        "questions/a.md:1  totals  7 -> 2  fewer-counted\n" +
        "questions/a.md:3  glue  isa queueand howis -> is a queue and how is\n" +
        "1 wording and 1 overview would be proposed; nothing was written\n",
      err: "1 question without an answer, asked elsewhere with one: answerkey audit --fix --rules links\n",
    });
    expect(existsSync(join(cwd, "outputs/proposals"))).toBe(false);

    const made = await run("audit", "--fix");
    expect(made.out.split("\n").slice(-3)).toEqual([
      "1 wording and 1 overview proposed in outputs/proposals/",
      "next: answerkey review",
      "",
    ]);
    expect((await run("audit", "--fix")).out).toContain("2 wait for review already\n");
    expect(bankOf(cwd)).toEqual(FILES);

    // An answer for the same question, in the same file, goes the same way at the same time.
    expect((await run("fill", "--provider", "offline", "--quiet")).code).toBe(0);
    const { items } = listed.parse(JSON.parse((await run("review", "list", "--json")).out));
    await run("review", "accept", ...items.map(({ id }) => id), "--by", "Ada");
    const applied = await run("apply", "--by", "Ada");
    const wanted = FILES["questions/a.md"].replace("isa queueand howis", "is a queue and how is").replace("7", "2");
    const kinds = items.map(({ kind }) => kind).toSorted();
    expect(applied.code).toBe(0);
    expect(kinds).toContain("answer");
    const after = bankOf(cwd)["questions/a.md"] ?? "";
    expect(after.startsWith(wanted.slice(0, wanted.indexOf(OPEN)))).toBe(true);
    expect(after).not.toContain(OPEN);
    expect((await run("apply", "--by", "Ada")).out).toContain("nothing to apply");
    expect((await run("review", "check")).code).toBe(0);
    // The question's id is what it was, and with it the answer's proposal.
    const now = listed.parse(JSON.parse((await run("review", "list", "--json")).out)).items;
    expect(now.map(({ id, state }) => [id, state])).toEqual(items.map(({ id }) => [id, "done"]));

    expect((await run("review", "undo", "--all", "--by", "Ada")).code).toBe(0);
    expect(bankOf(cwd)).toEqual(FILES);
  });

  test("lets a reviewer move blanks and nothing else", async () => {
    const cwd = temporaryFolder({ "questions/a.md": GLUED });
    const run = (...args: readonly string[]): ReturnType<typeof runInProcess> => runInProcess(args, { cwd });
    await run("audit", "--fix", "--rules", "glue");
    const { items } = listed.parse(JSON.parse((await run("review", "list", "--json")).out));
    const path = `outputs/proposals/questions/a/${items[0]?.id}.md`;
    const [proposal] = Object.entries(filesOf(cwd)).filter(([name]) => name.endsWith(".wording.md"));
    expect(proposal?.[0]).toBe(path);
    writeFile(join(cwd, path), (proposal?.[1] ?? "").replace(/[^\n]*\n$/, "What was a queue?\n"));
    await run("review", "accept", items[0]?.id ?? "", "--by", "Ada");
    const refused = await run("apply", "--by", "Ada");
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("would break the file: ");
    expect(bankOf(cwd)).toEqual({ "questions/a.md": GLUED });
  });

  test("names what it knows", async () => {
    const cwd = temporaryFolder(FILES);
    const { code, err } = await runInProcess(["audit", "--fix", "--rules", "glue,spelling"], { cwd });
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: --rules: expected one of glue, totals, contents, links\n  see --help for what it takes\n",
    });
  });
});

test("audit conflicts shows two answers side by side", async () => {
  const cwd = temporaryFolder({
    ...FILES,
    "questions/c.md": headed(["What is a stack?", "It gives back first\n\n- what came\n- last."]),
  });
  const { code, out } = await runInProcess(["audit", "conflicts"], { cwd });
  expect(code).toBe(1);
  expect(out.replace(/ {2,}/g, " ")).toMatchInlineSnapshot(`
    "What is a stack?
    questions/b.md:9 q-e6da58539003 | questions/c.md:1 q-e6da58539003-2
     |
    A pile. | It gives back first
     |
     | - what came
     | - last.

    1 answer to a question that an earlier place answers otherwise
    "
  `);
});

test.each([
  [["--since", "HEAD", "conflicts"], "--since <revision>", "audit conflicts"],
  [["conflicts", "a.md", "--since", "HEAD"], "--since <revision>", "audit conflicts"],
  [["--fix", "answers"], "--fix", "audit answers"],
])("audit %j is refused, for the flag would do nothing", async (words, flag, name) => {
  const cwd = temporaryFolder(FILES);
  expect(await runInProcess(["audit", ...words], { cwd })).toEqual({
    code: 2,
    out: "",
    err: `error: ${flag} is an option of answerkey audit, not of answerkey ${name}\n(add --help for what it takes)\n`,
  });
});

/** A project in a git repository with one commit. */
function repository(files: Readonly<Record<string, string>>): { readonly cwd: string; readonly commit: () => void } {
  const cwd = temporaryFolder(files);
  const git = (...args: readonly string[]): void =>
    void execFileSync(
      "git",
      ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args],
      { cwd },
    );
  const commit = (): void => {
    git("add", "-A");
    git("commit", "-q", "-m", "state");
  };
  git("init", "-q");
  commit();
  return { cwd, commit };
}

describe("audit --since", () => {
  test("tells what was lost, with both places, and fails; two revisions as well as the files as they are", async () => {
    const { cwd, commit } = repository(FILES);
    const run = (...args: readonly string[]): ReturnType<typeof runInProcess> =>
      runInProcess(["audit", ...args], { cwd });
    expect(await run("--since", "HEAD")).toEqual({
      code: 0,
      out: "4 questions at HEAD, 4 now: 0 new, 0 newly answered\nnothing lost, reworded, moved or altered\n",
      err: "",
    });
    writeFile(join(cwd, "questions/b.md"), headed(["What is a heap?", "A tree."]));
    writeFile(join(cwd, "questions/a.md"), FILES["questions/a.md"].replace("until somebody", "till anybody"));
    const now = await run("--since", "HEAD");
    expect({ ...now, out: now.out.replace(/q-[0-9a-f]{12}/g, "q-…") }).toEqual({
      code: 1,
      out:
        'questions/a.md:11 -> questions/a.md:11  warning  q-… is answered otherwise: "Why is a queue used, and what is it?"  [answer-altered]\n' +
        'questions/b.md:1 -> questions/a.md:3  error  q-…-2 its answer is gone: "What is a queue and how is it used?"  [answer-lost]\n' +
        'questions/b.md:9 -> questions/b.md:1  error  q-… nothing asks this any more: "What is a stack?"  [lost]\n' +
        "questions/b.md: 1 question, was 2\n" +
        "4 questions at HEAD, 3 now: 1 new, 0 newly answered\n" +
        "1 question lost, 1 answer lost, 1 answer altered\n",
      err: "",
    });
    commit();
    const between = await run("--since", "HEAD~1..HEAD", "--json");
    const document = z
      .object({ counts: z.record(z.string(), z.number()), before: z.string(), after: z.string() })
      .parse(JSON.parse(between.out));
    expect({ code: between.code, ...document }).toEqual({
      code: 1,
      before: "HEAD~1",
      after: "HEAD",
      counts: { lost: 1, "answer-lost": 1, reworded: 0, "answer-altered": 1, "copy-dropped": 0, moved: 0, respaced: 0 },
    });
    expect((await run("--since", "HEAD", "--fail-on", "info")).code).toBe(0);
    expect((await run("questions/a.md", "--since", "HEAD~1")).code).toBe(0);
    expect((await run("questions/a.md", "--since", "HEAD~1", "--fail-on", "warning")).code).toBe(1);
    rmSync(join(cwd, "questions"), { recursive: true });
    expect((await run("--since", "HEAD")).code).toBe(1);
  });

  test("reads a file that no longer passes for a bank as it was, and a new one as the file its questions came from", async () => {
    const bold = ["heap", "stack", "queue", "tree", "trie"].map((name) => `**What is a ${name}?**\n\nIt is kept.\n`);
    const { cwd } = repository({ "questions/a.md": bold.join("\n"), "questions/notes.md": "**Read this.**\n" });
    writeFile(join(cwd, "questions/a.md"), bold.slice(0, 4).join("\n"));
    writeFile(join(cwd, "questions/b.md"), `# Trees\n\n${bold[4] ?? ""}`);
    const moved = await runInProcess(["audit", "--since", "HEAD"], { cwd });
    expect({ ...moved, out: moved.out.replace(/q-[0-9a-f]{12}/g, "q-…") }).toEqual({
      code: 0,
      out:
        'questions/a.md:17 -> questions/b.md:3  info  q-… stands in another file: "What is a trie?"  [moved]\n' +
        "questions/a.md: 4 questions, was 5\n" +
        "5 questions at HEAD, 5 now: 0 new, 0 newly answered\n" +
        "1 moved\n",
      err:
        "questions/a.md: read as bold-question like before; no command takes it for a bank until its layout is named in answerkey.config.yaml\n" +
        "questions/b.md: read as bold-question like questions/a.md; no command takes it for a bank until its layout is named in answerkey.config.yaml\n",
    });
    const reread = z.object({ reread: z.array(z.unknown()) });
    expect(reread.parse(JSON.parse((await runInProcess(["audit", "--since", "HEAD", "--json"], { cwd })).out))).toEqual(
      {
        reread: [
          { path: "questions/a.md", dialects: ["bold-question"], like: "questions/a.md" },
          { path: "questions/b.md", dialects: ["bold-question"], like: "questions/a.md" },
        ],
      },
    );
    writeFile(join(cwd, "questions/a.md"), "# Nothing any more\n");
    rmSync(join(cwd, "questions/b.md"));
    const lost = await runInProcess(["audit", "--since", "HEAD"], { cwd });
    expect({
      code: lost.code,
      err: lost.err,
      first: lost.out.replace(/q-[0-9a-f]{12}/g, "q-…").split("\n")[0],
    }).toEqual({
      code: 1,
      err: "",
      first: 'questions/a.md:1 -> (no question left)  error  q-… nothing asks this any more: "What is a heap?"  [lost]',
    });
  });

  test("is no gate that is passed where neither state asks anything", async () => {
    const { cwd } = repository({ "questions/notes.md": "# Notes\n\nNothing is asked here.\n" });
    const hint = "  answerkey init --dry-run shows what is here, and what came near\n";
    expect(await runInProcess(["audit", "--since", "HEAD"], { cwd })).toEqual({
      code: 2,
      out: "",
      err: `error: no question was found at HEAD and none now: there was nothing to compare\n${hint}`,
    });
    expect((await runInProcess(["audit", "--since", "HEAD..HEAD"], { cwd })).err).toBe(
      `error: no question was found at HEAD and none at HEAD: there was nothing to compare\n${hint}`,
    );
    writeFile(join(cwd, "questions/b.md"), headed(["What is a heap?", "A tree."], ["What is a stack?", "A pile."]));
    expect(await runInProcess(["audit", "--since", "HEAD"], { cwd })).toEqual({
      code: 0,
      out: "0 questions at HEAD, 2 now: 2 new, 0 newly answered\nnothing lost, reworded, moved or altered\n",
      err: "",
    });
  });

  test("works in a folder inside a repository", async () => {
    const { cwd } = repository(
      Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`docs/kb/${path}`, text])),
    );
    const { code, out } = await runInProcess(["audit", "--since", "HEAD"], { cwd: join(cwd, "docs/kb") });
    expect({ code, out: out.split("\n")[0] }).toEqual({
      code: 0,
      out: "4 questions at HEAD, 4 now: 0 new, 0 newly answered",
    });
  });

  test.each([
    ["--output=pwned", "--output=pwned is not the name of a git revision"],
    ["-p", "-p is not the name of a git revision"],
    ["$(touch pwned)", "$(touch pwned) is not the name of a git revision"],
    ["HEAD;touch pwned", "HEAD;touch pwned is not the name of a git revision"],
    ["HEAD\n--batch", "HEAD --batch is not the name of a git revision"],
    ["a...b", "--since: expected a revision, or two as in main..work"],
    ["", "--since: expected a revision, or two as in main..work"],
    ["..", "--since: expected a revision, or two as in main..work"],
    ["nowhere", "git does not know the revision nowhere"],
    ["HEAD:questions/a.md", "git does not know the revision HEAD:questions/a.md"],
  ])("refuses %j", async (name, message) => {
    const { cwd } = repository(FILES);
    const { code, err } = await runInProcess(["audit", `--since=${name}`], { cwd });
    expect({ code, err: err.split("\n")[0] }).toEqual({ code: 2, err: `error: ${message}` });
    expect(existsSync(join(cwd, "pwned"))).toBe(false);
  });

  test("runs nothing that the repository names", async () => {
    const { cwd } = repository(FILES);
    for (const [key, value] of [
      ["core.fsmonitor", "touch pwned"],
      ["core.pager", "touch pwned"],
      ["core.sshCommand", "touch pwned"],
    ]) {
      execFileSync("git", ["config", key ?? "", value ?? ""], { cwd });
    }
    expect((await runInProcess(["audit", "--since", "HEAD"], { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, "pwned"))).toBe(false);
  });

  test("says where there is no repository", async () => {
    const cwd = temporaryFolder(FILES);
    const { code, err } = await runInProcess(["audit", "--since", "HEAD"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("not a git repository");
  });
});
