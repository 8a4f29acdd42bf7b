import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goodReply } from "../support/model-replies.ts";
import { startModelServer } from "../support/model-server.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { BANK, draftingProject, type DraftingProject } from "./drafting-project.ts";

const LOG = "outputs/decisions.jsonl";

interface Filled extends DraftingProject {
  readonly original: string;
  readonly filled: string;
  readonly undo: () => Promise<CliResult>;
  readonly bank: () => string;
  /** Puts a folder or file back to what it was: what a killed process had not got to. */
  readonly putBack: (path: string, from: "accepted" | "applied") => void;
}

/** Six answers accepted and applied, with copies of the project from before and after the apply. */
async function filled(): Promise<Filled> {
  const project = await draftingProject({ questions: 6 });
  const bank = (): string => readFileSync(join(project.cwd, BANK), "utf8");
  const original = bank();
  const copies = temporaryFolder();
  await project.run("fill");
  await project.run("review", "accept", "--all", "--by", "Ada");
  cpSync(project.cwd, join(copies, "accepted"), { recursive: true });
  await project.run("apply", "--by", "Ada");
  cpSync(project.cwd, join(copies, "applied"), { recursive: true });
  return {
    ...project,
    original,
    filled: bank(),
    bank,
    undo: () => project.run("review", "undo", "--all", "--by", "Ada"),
    putBack: (path, from) => {
      rmSync(join(project.cwd, path), { recursive: true });
      cpSync(join(copies, from, path), join(project.cwd, path), { recursive: true });
    },
  };
}

const UNDONE = { code: 0, out: "6 answers taken out of the bank again\n", err: "" };

describe("undo after a process was killed", () => {
  test("an undo that had logged and not yet written is done by the next one", async () => {
    const project = await filled();
    expect(await project.undo()).toEqual(UNDONE);
    project.putBack(BANK, "applied");
    project.putBack("outputs/proposals", "applied");
    expect(await project.undo()).toEqual(UNDONE);
    expect(project.bank()).toBe(project.original);
  });

  test("an undo that had written and not yet said so is said by the next one", async () => {
    const project = await filled();
    await project.undo();
    project.putBack("outputs/proposals", "applied");
    expect(await project.undo()).toEqual(UNDONE);
    expect(project.bank()).toBe(project.original);
    expect((await project.run("review", "check")).out).toContain("6 pending, 0 accepted, 0 rejected, 0 applied");
  });

  test("answers of an apply that had written and not yet said so leave the bank, too", async () => {
    const project = await filled();
    project.putBack("outputs/proposals", "accepted");
    expect(await project.undo()).toEqual(UNDONE);
    expect(project.bank()).toBe(project.original);
    expect((await project.run("review", "check")).out).toContain("6 pending, 0 accepted, 0 rejected, 0 applied");
  });
});

describe("undo from a log that was tampered with", () => {
  test("a changed line in the middle stops it before it writes", async () => {
    const project = await filled();
    const lines = readFileSync(join(project.cwd, LOG), "utf8").split("\n");
    lines[7] = (lines[7] ?? "").replace('"actor":"Ada"', '"actor":"Eve"');
    writeFileSync(join(project.cwd, LOG), lines.join("\n"));
    const { code, err } = await project.undo();
    expect({ code, err: err.split("\n")[0] }).toEqual({
      code: 2,
      err: "error: outputs/decisions.jsonl:9: the log was tampered with: the line before it is not the one it was written after",
    });
    expect(project.bank()).toBe(project.filled);
  });

  test("a changed last line shows, and is not followed", async () => {
    const project = await filled();
    const text = readFileSync(join(project.cwd, LOG), "utf8").trimEnd();
    const last = text.lastIndexOf("\n") + 1;
    writeFileSync(join(project.cwd, LOG), `${text.slice(0, last)}${text.slice(last).replace("fill", "f1ll")}\n`);
    const { code, err } = await project.undo();
    expect(code).toBe(2);
    expect(err).toMatch(/the log was tampered with: it is not the line that was written/);
    expect(project.bank()).toBe(project.filled);
  });

  test("a changed last line, which no chain can show without its head, puts nothing foreign into the bank", async () => {
    const project = await filled();
    const text = readFileSync(join(project.cwd, LOG), "utf8").trimEnd();
    const start = text.lastIndexOf("\n") + 1;
    const last = text.slice(start).replaceAll("_[To be filled]_", "planted");
    expect(last).not.toBe(text.slice(start));
    writeFileSync(join(project.cwd, LOG), `${text.slice(0, start)}${last}\n`);
    rmSync(join(project.cwd, `${LOG}.head`));
    const { code, out } = await project.undo();
    expect(code).toBe(1);
    expect(out).toMatch(
      /^5 answers taken out of the bank again\nq-[0-9a-f]+ has a record in the log that does not fit/,
    );
    expect(project.bank()).not.toContain("planted");
  });
});

describe("files that came with a cloned folder", () => {
  test("a link in outputs that leads out of the project is refused, and its target stays as it was", async () => {
    const project = await draftingProject({ questions: 1 });
    await project.run("fill");
    const outside = join(temporaryFolder(), "rc");
    writeFileSync(outside, "export A=1\nalias ll=x");
    symlinkSync(outside, join(project.cwd, LOG));
    const { code, err } = await project.run("review", "accept", "--all", "--by", "Ada");
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: outputs/decisions.jsonl is not used as a path: a symbolic link leads out of the project\n  Name a file or folder below the project folder.\n",
    });
    expect(readFileSync(outside, "utf8")).toBe("export A=1\nalias ll=x");
  });

  test("a run's own file does not say where the key is sent", async () => {
    const [named, own] = await Promise.all([startModelServer(goodReply), startModelServer(goodReply)]);
    const request = { operands: [], options: { baseUrl: named.url, model: "gpt-4.1-mini" } };
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(2) });
    writeFile(join(cwd, "outputs/runs/2026-11-23t12-00-00z/request.json"), JSON.stringify(request));
    writeFile(join(cwd, "outputs/runs/2026-11-23t12-00-00z/journal.jsonl"), "");
    const env = { OPENAI_API_KEY: "sk-planted", OPENAI_BASE_URL: own.url };
    expect((await runCli(["resume"], { cwd, env })).code).toBe(0);
    expect({ named: named.requests.length, own: own.requests.length }).toEqual({ named: 0, own: 4 });
    await Promise.all([named.close(), own.close()]);
  });
});
