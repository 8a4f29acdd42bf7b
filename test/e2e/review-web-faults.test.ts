import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { BANK, deskProject, type DeskProject } from "../cli/desk-project.ts";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openPage, queueOf, type PageClient, type Reply } from "./page-client.ts";
import { hasTerminal, typeAt } from "./typist.ts";

const checked = z.object({
  statuses: z.record(z.string(), z.number()),
  log: z.looseObject({ status: z.string(), entries: z.number().optional() }),
});

async function drafted(questions: number): Promise<DeskProject> {
  return deskProject({ files: { [BANK]: unfilledBank(questions) } });
}

async function check(cwd: string): Promise<z.infer<typeof checked>> {
  return checked.parse(JSON.parse((await runCli(["review", "check", "--json"], { cwd })).out));
}

function accept(page: PageClient, { id, etag }: { readonly id: string; readonly etag: string }): Promise<Reply> {
  return page.send("POST", `/api/items/${id}/decision`, { action: "accept" }, etag);
}

async function rowsOf(page: PageClient): Promise<Awaited<ReturnType<typeof queueOf>>["rows"]> {
  return (await queueOf(page)).rows;
}

async function decidedOne() {
  const { cwd } = await drafted(4);
  const page = await openPage(cwd);
  const [first, second, third] = await rowsOf(page);
  if (first === undefined || second === undefined || third === undefined) throw new Error("nothing was drafted");
  await accept(page, first);
  await accept(page, second);
  return { cwd, page, first, third, log: join(cwd, "outputs/decisions.jsonl") };
}

/** Puts the outputs on a file system of their own, where the tests may mount one. */
function mounted(cwd: string, options: string): boolean {
  const at = join(cwd, "outputs");
  const aside = temporaryFolder();
  cpSync(at, aside, { recursive: true });
  if (spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", at]).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["-l", at]));
  cpSync(aside, at, { recursive: true });
  return true;
}

test.skipIf(!hasTerminal)(
  "two pages and a terminal decide at once: each draft once, and none lost",
  async () => {
    const { cwd } = await drafted(60);
    const pages = await Promise.all([openPage(cwd), openPage(cwd)]);
    const rows = await rowsOf(pages[0]);
    const steps = Array.from({ length: 12 }, () => ({ see: "q quit", type: "a" }));
    const bin = join(import.meta.dirname, "../../dist/bin.js");
    const terminal = typeAt({
      command: [process.execPath, bin, "review", "--by", "Ada"],
      cwd,
      env: { NO_COLOR: "1" },
      steps: [...steps, { see: "q quit|nothing here waits", type: "q" }],
    });
    const replies = await Promise.all(
      pages.map(async (page, window) => {
        const codes: number[] = [];
        for (const row of window === 0 ? rows : rows.toReversed()) codes.push((await accept(page, row)).status);
        return codes;
      }),
    );
    expect((await terminal).isRestored).toBe(true);
    const codes = replies.flat();
    expect(codes.filter((code) => code !== 200 && code !== 412)).toEqual([]);
    const lines = readFileSync(join(cwd, "outputs/decisions.jsonl"), "utf8").trim().split("\n");
    const byTerminal = lines.filter((line) => line.includes('"via":"terminal"')).length;
    expect(codes.filter((code) => code === 200).length + byTerminal).toBe(60);
    expect(await check(cwd)).toMatchObject({ statuses: { accepted: 60 }, log: { status: "whole", entries: 60 } });
  },
  60_000,
);

describe("a disk that takes no decision", () => {
  test("a full one: said in words with what to do, nothing half done, and it goes on when there is room", async (context) => {
    const { cwd } = await drafted(40);
    if (!mounted(cwd, "size=1m")) context.skip("mounting is not permitted here");
    const page = await openPage(cwd);
    const [first, ...others] = await rowsOf(page);
    if (first === undefined) throw new Error("nothing was drafted");
    const filler = join(cwd, "outputs/filler.bin");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=4k"]);
    const refused = await accept(page, first);
    expect(refused).toEqual({
      status: 422,
      body: {
        status: "refused",
        message: expect.stringMatching(/^cannot .*: no space left on the disk \(ENOSPC\)\. Free some space/),
      },
    });
    expect((await rowsOf(page)).map(({ status }) => status)).toEqual([first, ...others].map(() => "pending"));
    const draft = await page.send("PUT", `/api/items/${first.id}/draft`, { draft: "Mine." }, first.etag);
    expect(draft).toMatchObject({ status: 422, body: { message: expect.stringContaining("Free some space") } });
    const edit = await page.send("POST", "/api/apply", { dryRun: false });
    expect(edit.status).toBe(200);

    // Room for some of a batch: what was accepted is said, and can be taken back.
    truncateSync(filler, 700_000);
    const batch = await page.send("POST", "/api/batch", {
      items: (await rowsOf(page)).map(({ id, etag }) => ({ id, etag })),
      expectedCount: 40,
    });
    const accepted = (await rowsOf(page)).filter(({ status }) => status === "accepted").length;
    expect({ status: batch.status, accepted }).toEqual({ status: 200, accepted: 40 });
    const { log, statuses } = await check(cwd);
    expect({ statuses, log: log.status }).toEqual({
      statuses: expect.objectContaining({ accepted: 40 }),
      log: "whole",
    });
  });

  test("a read-only one: said in words with what to do, and nothing changed", async (context) => {
    const { cwd } = await drafted(2);
    if (!mounted(cwd, "size=1m")) context.skip("mounting is not permitted here");
    const page = await openPage(cwd);
    const [row] = await rowsOf(page);
    if (spawnSync("mount", ["-o", "remount,ro", join(cwd, "outputs")]).status !== 0) context.skip("not permitted");
    const refused = await accept(page, row ?? { id: "", etag: "" });
    expect(refused).toMatchObject({
      status: 422,
      body: { message: expect.stringMatching(/read-only.*\. Remount it writable/) },
    });
    spawnSync("mount", ["-o", "remount,rw", join(cwd, "outputs")]);
    expect((await accept(page, row ?? { id: "", etag: "" })).status).toBe(200);
    expect((await check(cwd)).log).toMatchObject({ status: "whole", entries: 1 });
  });
});

describe("a log that somebody touched while the page is open", () => {
  test("cut mid-line: the next decision stands whole, and the check tells of the cut", async () => {
    const { cwd, page, third, log } = await decidedOne();
    truncateSync(log, readFileSync(log).length - 20);
    expect((await accept(page, third)).status).toBe(200);
    const text = readFileSync(log, "utf8");
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => z.looseObject({ seq: z.number() }).parse(JSON.parse(line)).seq),
    ).toEqual([1, 2]);
    expect((await check(cwd)).log.status).toBe("broken");
    expect((await check(cwd)).statuses).toMatchObject({ accepted: 3 });
  });

  test("a changed line: decisions go on, the check tells of it, and items are still shown", async () => {
    const { cwd, page, first, third, log } = await decidedOne();
    writeFileSync(log, readFileSync(log, "utf8").replace('"accept"', '"reject"'));
    expect((await accept(page, third)).status).toBe(200);
    expect(await page.get(`/api/items/${first.id}`)).toMatchObject({ kind: "answer" });
    expect((await check(cwd)).log.status).toBe("broken");
  });

  test("a line of something else: the log's page fails alone, and the terminal says which line and what to do", async () => {
    const { page, first, third, log } = await decidedOne();
    appendFileSync(log, "nonsense\n");
    expect(await page.get("/api/log")).toEqual({
      message: "Something went wrong; the terminal that the command runs in says what.",
    });
    expect(await page.get(`/api/items/${first.id}`)).toMatchObject({ kind: "answer" });
    expect((await accept(page, third)).status).toBe(200);
    const { err } = await page.stop();
    expect(err).toContain("decisions.jsonl: line 3 is not a decision");
    expect(err).toContain("Restore the file from a copy, or remove that line to go on without it.");
  });

  test("drafts are compared while one of them is torn: the others are", async () => {
    const { page, first, cwd } = await decidedOne();
    const compared = async (): Promise<unknown> =>
      page.get("/api/compare?left=2030-01-02t03-04-05z&right=2030-01-02t03-04-05z");
    expect(await compared()).toMatchObject({ compared: 4, rows: [] });
    const folder = join(cwd, "outputs/proposals/questions/parts");
    const [name] = spawnSync("ls", [folder]).stdout.toString().split("\n");
    writeFileSync(join(folder, name ?? ""), "torn");
    expect(await compared()).toMatchObject({ compared: 3 });
    expect(first.id).not.toBe("");
  });
});
