import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { BANK, deskProject } from "../cli/desk-project.ts";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf } from "../support/temporary-folder.ts";
import { openPage, queueOf, type PageClient } from "./page-client.ts";

/** A project with a pending draft for each of its questions. */
async function draftedProject(questions: number): Promise<string> {
  return (await deskProject({ files: { [BANK]: unfilledBank(questions) } })).cwd;
}

const change = z.looseObject({ status: z.string(), etag: z.string().nullable().optional() });
const applied = z.looseObject({
  written: z.number(),
  files: z.array(z.object({ path: z.string(), diff: z.string() })),
});
const statuses = async (page: PageClient): Promise<readonly string[]> =>
  (await queueOf(page)).rows.map(({ status }) => status);

function decide(page: PageClient, id: string, etag: string, action: string): ReturnType<PageClient["send"]> {
  return page.send("POST", `/api/items/${id}/decision`, { action }, etag);
}

test("a session over HTTP: decide, apply, take back; the bank is as it was, to the byte", async () => {
  const cwd = await draftedProject(3);
  const before = readFileSync(join(cwd, BANK), "utf8");
  const key = "sk-never-to-be-read-by-a-review";
  const page = await openPage(cwd, ["review", "--web", "--by", "Ada"], { OPENAI_API_KEY: key });
  const [first, second] = (await queueOf(page)).rows;
  if (first === undefined || second === undefined) throw new Error("nothing was drafted");

  expect((await decide(page, first.id, first.etag, "accept")).status).toBe(200);
  expect((await decide(page, first.id, first.etag, "accept")).status).toBe(412);
  expect((await page.send("POST", `/api/items/${first.id}/decision`, { action: "accept" })).status).toBe(428);
  const broken = await page.send(
    "PUT",
    `/api/items/${second.id}/draft`,
    { draft: "## Question 9\n\nWhat?" },
    second.etag,
  );
  expect(broken).toMatchObject({ status: 422, body: { status: "refused" } });

  const dry = applied.parse((await page.send("POST", "/api/apply", { dryRun: true })).body);
  expect(readFileSync(join(cwd, BANK), "utf8")).toBe(before);
  const real = applied.parse((await page.send("POST", "/api/apply", { dryRun: false })).body);
  expect(dry.files).toEqual(real.files);
  expect(real).toMatchObject({ written: 1, files: [{ path: BANK }] });
  expect(readFileSync(join(cwd, BANK), "utf8")).not.toBe(before);
  expect(await statuses(page)).toEqual(["applied", "pending", "pending"]);

  expect((await page.send("POST", "/api/undo", { seq: null })).status).toBe(200);
  expect(readFileSync(join(cwd, BANK), "utf8")).toBe(before);

  const { code, out, err } = await page.stop();
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ schema: 1, url: page.url });
  expect(err).toContain("1 change saved; 3 wait for a decision, 0 for answerkey apply\n");
  expect([out, err, JSON.stringify(filesOf(cwd))].filter((text) => text.includes(key))).toEqual([]);
  expect(filesOf(cwd)["outputs/decisions.jsonl"]).toContain('"actor":"Ada"');
});

test("two windows of two processes: 200 decisions, of each pair one counts and the other is told", async () => {
  const cwd = await draftedProject(100);
  const pages = await Promise.all([openPage(cwd), openPage(cwd)]);
  const { rows } = await queueOf(pages[0]);
  const replies = await Promise.all(
    pages.map(async (page, window) => {
      const codes: number[] = [];
      // One begins at the top and the other at the bottom, so that they meet.
      for (const { id, etag } of window === 0 ? rows : rows.toReversed()) {
        codes.push((await decide(page, id, etag, "accept")).status);
      }
      return codes;
    }),
  );
  const codes = replies.flat();
  expect([
    codes.length,
    codes.filter((code) => code === 200).length,
    codes.filter((code) => code === 412).length,
  ]).toEqual([200, 100, 100]);
  const { out } = await runCli(["review", "check", "--json"], { cwd });
  expect(JSON.parse(out)).toMatchObject({ statuses: { accepted: 100 }, log: { status: "whole", entries: 100 } });
});

test("killed in the middle of a batch: what is accepted is in the log, and the rest still waits", async () => {
  const cwd = await draftedProject(200);
  const page = await openPage(cwd);
  const { rows } = await queueOf(page);
  const items = rows.map(({ id, etag }) => ({ id, etag }));
  expect((await page.send("POST", "/api/batch", { items, expectedCount: 199 })).status).toBe(409);
  const batch = page.send("POST", "/api/batch", { items, expectedCount: 200 }).catch(() => "cut off");
  await untilLogged(cwd, 30);
  page.child.kill("SIGKILL");
  expect(await batch).toBe("cut off");

  const again = await openPage(cwd);
  const accepted = (await statuses(again)).filter((status) => status === "accepted").length;
  const { out } = await runCli(["review", "check", "--json"], { cwd });
  const { log } = z.object({ log: z.object({ status: z.string(), entries: z.number() }) }).parse(JSON.parse(out));
  expect(log.status).toBe("whole");
  expect(accepted).toBeGreaterThan(0);
  expect(accepted).toBeLessThan(200);
  // Of the few that were being accepted together some may stand in the log without having reached their proposals.
  expect(log.entries - accepted).toBeGreaterThanOrEqual(0);
  expect(log.entries - accepted).toBeLessThanOrEqual(25);
  const [next] = (await queueOf(again)).rows.filter(({ status }) => status === "pending");
  expect(change.parse((await decide(again, next?.id ?? "", next?.etag ?? "", "accept")).body).status).toBe("done");
});

/** Resolves when the decision log has so many lines. */
async function untilLogged(cwd: string, lines: number): Promise<void> {
  const path = join(cwd, "outputs/decisions.jsonl");
  while (!existsSync(path) || readFileSync(path, "utf8").split("\n").length <= lines) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test.each([
  [["review", "--web", "nowhere"], "there is no file or folder nowhere"],
  [["review", "--web", "--port", "70000"], "--port: expected at most 65535"],
])("%j says what is wrong", async (args, message) => {
  const cwd = await draftedProject(1);
  const { code, err } = await runCli(args, { cwd });
  expect({ code, isSaid: err.includes(message) }).toEqual({ code: 2, isSaid: true });
});
