import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { BANK, draftingProject, proposalPaths, type DraftingProject } from "./drafting-project.ts";

const bankOf = ({ cwd }: DraftingProject): string => readFileSync(join(cwd, BANK), "utf8");

async function accepted(questions: number): Promise<DraftingProject> {
  const project = await draftingProject({ questions });
  await project.run("fill");
  expect((await project.run("review", "accept", "--all", "--by", "Ada")).out).toContain(
    `${questions} proposal${questions === 1 ? "" : "s"} accepted by Ada`,
  );
  return project;
}

function idOf(project: DraftingProject, question: string): string {
  const found = Object.entries(filesOf(project.cwd)).find(
    ([path, text]) => path.startsWith("outputs/proposals/") && text.includes(question),
  );
  return /(q-[^/]+)\.md$/.exec(found?.[0] ?? "")?.[1] ?? "";
}

describe("a bank that changed between accept and apply", () => {
  test("an answer written by hand is kept, the other questions are filled, the conflict is named", async () => {
    const project = await accepted(3);
    const id = idOf(project, "part number 2 ");
    const edited = bankOf(project).replace(/(number 2 do[^_]*)_\[To be filled\]_/, "$1It was answered by hand.");
    writeFile(join(project.cwd, BANK), edited);
    const applied = await project.run("apply");
    expect(applied).toEqual({
      code: 1,
      out: [
        "2 answers written into 1 file",
        `${BANK}: ${id}: the place holds something else now; nothing was overwritten`,
        "to take it back: answerkey review undo --all",
        "",
      ].join("\n"),
      err: "",
    });
    expect(bankOf(project)).toContain("**Answer:** It was answered by hand.\n");
    await project.run("review", "undo", "--all");
    expect(bankOf(project)).toBe(edited);
  });

  test("a question that was reworded, removed or asked twice is named, and gets no answer that is not its own", async () => {
    const project = await accepted(3);
    const [first, second, third] = [1, 2, 3].map((number) => idOf(project, `part number ${number} `));
    const blocks = bankOf(project).split(/^(?=## )/m);
    const reworded = blocks[1]?.replace("part number 1 do", "wheel number 1 break") ?? "";
    const changed = [blocks[0], reworded, blocks[3], blocks[3]?.replace("## Question 3", "## Question 4")].join("");
    writeFile(join(project.cwd, BANK), changed);
    const list = await project.run("review", "list", "--json");
    const states = new Map<string, string>(
      JSON.parse(list.out).items.map((item: { id: string; state: string }) => [item.id, item.state]),
    );
    expect([first, second, third].map((id) => states.get(id ?? ""))).toMatchInlineSnapshot(`
      [
        "stale",
        "missing",
        "clean",
      ]
    `);
    const applied = await project.run("apply");
    expect(applied.code).toBe(1);
    expect(
      applied.out
        .replaceAll(first ?? "-", "<first>")
        .replaceAll(second ?? "-", "<second>")
        .replaceAll(third ?? "-", "<third>"),
    ).toMatchInlineSnapshot(`
      "1 answer written into 1 file
      questions/parts.md: <first>: the question was reworded since
      questions/parts.md: <second>: the question is gone
      to take it back: answerkey review undo --all
      "
    `);
    expect(bankOf(project).split(/^(?=## )/m)[1]).toBe(reworded);
    await project.run("review", "undo", "--all");
    expect(bankOf(project)).toBe(changed);
  });
});

describe("a proposal that somebody touched", () => {
  test("edited by hand, what is applied is what the editor left; undo gives the bank back", async () => {
    const project = await draftingProject({ questions: 1 });
    await project.run("fill");
    const before = bankOf(project);
    const [path = ""] = proposalPaths(project.cwd);
    const text = readFileSync(join(project.cwd, path), "utf8");
    const end = text.indexOf("\n---\n", 4) + 5;
    writeFile(join(project.cwd, path), `${text.slice(0, end)}\nWritten by a person.\r\n\r\nIn two paragraphs.\r\n`);
    const id = idOf(project, "part number 1 ");
    expect((await project.run("review", "show", id)).out).toContain("edited by hand");
    await project.run("review", "accept", id);
    expect((await project.run("apply")).code).toBe(0);
    expect(bankOf(project)).toBe(before.replace(" _[To be filled]_", "\n\nWritten by a person.\n\nIn two paragraphs."));
    await project.run("review", "undo", id);
    expect(bankOf(project)).toBe(before);
  });

  test("broken or emptied, it is named with its line and left alone, and nothing of it reaches the bank", async () => {
    const project = await draftingProject({ questions: 5 });
    await project.run("fill");
    const before = bankOf(project);
    const broken = ["", "Just text.\n", "---\nid: [\n---\n\nText.\n", "---\nschema: 1\nevil: true\n---\n\nText.\n"];
    const paths = proposalPaths(project.cwd).slice(0, broken.length);
    for (const [index, path] of paths.entries()) writeFile(join(project.cwd, path), broken[index] ?? "");
    await project.run("review", "accept", "--all");
    const check = await project.run("review", "check");
    const named = check.out.split("\n").flatMap((line) => /^(.+):\d+: not a proposal: ./.exec(line)?.[1] ?? []);
    expect({ code: check.code, named }).toEqual({ code: 1, named: paths.slice(1) });
    expect((await project.run("apply")).code).toBe(0);
    expect(paths.map((path) => readFileSync(join(project.cwd, path), "utf8"))).toEqual(broken);
    expect(bankOf(project).split("_[To be filled]_")).toHaveLength(5);
    await project.run("review", "undo", "--all");
    expect(bankOf(project)).toBe(before);

    // An empty file is no proposal, so its question is drafted anew; a broken one may hold somebody's work.
    const fill = await project.run("fill");
    expect({
      code: fill.code,
      requests: project.server.requests.length,
      kept: fill.err.includes("  3 have a proposal that cannot be read (repair it or move it away)\n"),
    }).toEqual({
      code: 0,
      requests: 10,
      kept: true,
    });
    expect(paths.slice(1).map((path) => readFileSync(join(project.cwd, path), "utf8"))).toEqual(broken.slice(1));
  });
});

test("a decision log that was tampered with is named by line, and the gate stays shut", async () => {
  const project = await accepted(3);
  await project.run("apply");
  expect((await project.run("review", "check")).code).toBe(0);
  const log = join(project.cwd, "outputs/decisions.jsonl");
  const lines = readFileSync(log, "utf8").split("\n");
  writeFile(log, [lines[0], lines[1]?.replace('"Ada"', '"Eve"'), ...lines.slice(2)].join("\n"));
  const changed = await project.run("review", "check");
  expect({ code: changed.code, out: changed.out.split("\n").filter((line) => line.startsWith("outputs/")) }).toEqual({
    code: 1,
    out: [
      "outputs/decisions.jsonl:3: the log was tampered with: the line before it is not the one it was written after",
    ],
  });
  writeFile(log, lines.slice(1).join("\n"));
  expect((await project.run("review", "check")).out).toContain(
    "outputs/decisions.jsonl:1: the log was tampered with: ",
  );
});

/** A file system of its own, where the tests may mount one. */
function mounted(cwd: string, options: string): boolean {
  const at = join(cwd, "questions");
  mkdirSync(at, { recursive: true });
  if (spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", at]).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", [at]));
  return true;
}

describe("a disk that does not take it", () => {
  test("a full one leaves the bank as it was, says so, and goes on when there is room", async (context) => {
    const project = await draftingProject({ questions: 1 });
    const text = bankOf(project);
    if (!mounted(project.cwd, "size=128k")) context.skip("mounting is not permitted here");
    writeFile(join(project.cwd, BANK), text);
    await project.run("fill");
    await project.run("review", "accept", "--all");
    const filler = join(project.cwd, "questions/filler.bin");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=4k"]);
    const applied = await project.run("apply");
    expect({ code: applied.code, err: applied.err.replaceAll(project.cwd, "<project>") }).toEqual({
      code: 1,
      err: `cannot write <project>/${BANK}: no space left on the disk (ENOSPC)\n  Free some space and run the command again.\n`,
    });
    expect(bankOf(project)).toBe(text);
    expect(Object.keys(filesOf(join(project.cwd, "questions")))).toEqual(["filler.bin", "parts.md"]);
    writeFile(filler, "");
    expect((await project.run("apply")).code).toBe(0);
    await project.run("review", "undo", "--all");
    expect(bankOf(project)).toBe(text);
  });

  test("a read-only one leaves the bank as it was and says so", async (context) => {
    const project = await draftingProject({ questions: 1 });
    const text = bankOf(project);
    if (!mounted(project.cwd, "size=1m")) context.skip("mounting is not permitted here");
    writeFile(join(project.cwd, BANK), text);
    await project.run("fill");
    await project.run("review", "accept", "--all");
    if (spawnSync("mount", ["-o", "remount,ro", join(project.cwd, "questions")]).status !== 0) {
      context.skip("mounting is not permitted here");
    }
    const applied = await project.run("apply");
    expect({ code: applied.code, err: applied.err.replaceAll(project.cwd, "<project>") }).toEqual({
      code: 1,
      err: `cannot write <project>/${BANK}: the file system is read-only (EROFS)\n  Remount it writable, or work on a copy.\n`,
    });
    expect(bankOf(project)).toBe(text);
  });
});
