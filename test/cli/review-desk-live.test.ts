import { mkdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProjectDesk } from "../../src/cli/review-desk/review-desk.ts";
import { openReview } from "../../src/cli/review/review-session.ts";
import { acquireLock } from "../../src/files/lock.ts";
import { ensureFolder } from "../../src/files/workspace.ts";
import { fileCallsIn } from "../support/file-calls.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { writeFile } from "../support/temporary-folder.ts";
import { BANK, deskProject, rowAt, type DeskProject } from "./desk-project.ts";

/** The next version that a desk tells; it looks every two seconds at the latest. */
function nextVersion(desk: ProjectDesk): Promise<string> {
  return new Promise((resolve) => {
    const stop = desk.onChange((version) => {
      stop();
      resolve(version);
    });
  });
}

describe("changes on the disk", () => {
  test.each<[string, (project: DeskProject) => void]>([
    ["a bank", ({ read, write }) => write(read().replace("_[To be filled]_", "By hand."))],
    ["a proposal", ({ project }) => openReview(project, []).store.setStatus(...firstPlace(project), "rejected")],
    ["a proposal that went away", ({ project }) => openReview(project, []).store.supersede(...firstPlace(project))],
  ])("%s: whoever listens is told, and the queue has it", async (_title, change) => {
    const project = await deskProject();
    const desk = project.desk();
    const before = desk.queue();
    const told = nextVersion(desk);
    change(project);
    expect(await told).toBe(desk.queue().version);
    expect(desk.queue().version).not.toBe(before.version);
    expect(desk.queue().rows).not.toEqual(before.rows);
  });

  test("one's own decision is told at once, to everybody", async () => {
    const project = await deskProject();
    const [desk, other] = [project.desk(), project.desk("grace")];
    const told = Promise.all([nextVersion(desk), nextVersion(other)]);
    const { id, etag } = rowAt(desk, 0);
    await desk.decide(id, etag, { action: "accept" });
    const { version } = desk.queue();
    expect(await told).toEqual([version, version]);
  });

  test("what changes nothing is told to nobody", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const versions: string[] = [];
    desk.onChange((version) => versions.push(version));
    project.write(project.read());
    writeFile(join(project.cwd, "questions/notes.txt"), "nothing");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(versions).toEqual([]);
  });
});

type Place = Parameters<ReturnType<typeof openReview>["store"]["supersede"]>;

function firstPlace(project: DeskProject["project"]): Place {
  const [first] = openReview(project, []).items;
  const question = first !== undefined && "place" in first.state ? first.state.place.question : undefined;
  if (question === undefined) throw new Error("there is no proposal");
  return [BANK, question.id];
}

test("two desks on one folder: 200 decisions, each as it was given, none lost", async () => {
  const project = await deskProject({ files: { [BANK]: unfilledBank(100) } });
  const desks = [project.desk("ada"), project.desk("grace")];
  const rows = desks[0]?.queue().rows ?? [];
  // Both decide on everything that they saw at first: of each pair one decision counts, and the other is told.
  const changes = await Promise.all(
    rows.flatMap(({ id, etag }, at) =>
      (at % 2 === 0 ? desks : desks.toReversed()).map((desk, turn) =>
        desk.decide(id, etag, turn === 0 ? { action: "accept" } : { action: "reject", reason: "" }),
      ),
    ),
  );
  expect(changes.map(({ status }) => status)).toEqual(rows.flatMap(() => ["done", "conflict"]));
  const { items, log } = openReview(project.project, []);
  expect(items.map(({ proposal }) => proposal.header.status)).toEqual(rows.map(() => "accepted"));
  expect(log.readAll().map(({ actor }) => actor)).toEqual(rows.map((_, at) => (at % 2 === 0 ? "ada" : "grace")));
  expect(log.verifyChain().status).toBe("whole");
});

function hold({ project }: DeskProject): () => void {
  const path = join(ensureFolder(project.workspace.locks), "bank.lock");
  return acquireLock(path, project.clock).release;
}

describe("while another process is at work in the project", () => {
  test("a decision waits a little, and this process goes on meanwhile", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    const release = hold(project);
    const change = desk.decide(id, etag, { action: "accept" });
    setTimeout(release, 100);
    expect(await change).toMatchObject({ status: "done" });
  });

  test("and stays so: whoever decides is told, and nothing is changed", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    const release = hold(project);
    let turns = 0;
    const beat = setInterval(() => (turns += 1), 20);
    const change = await desk.decide(id, etag, { action: "accept" });
    const written = await desk.apply(false);
    clearInterval(beat);
    release();
    const words =
      /^another answerkey, process \d+, has been at work here for \d+ s; nothing was changed, try again when it is done/i;
    expect(change).toEqual({ status: "refused", message: expect.stringMatching(words) });
    expect(written).toMatchObject({ written: 0, refused: [{ id: "", reason: expect.stringMatching(words) }] });
    expect(turns).toBeGreaterThan(5);
    expect(rowAt(desk, 0)).toMatchObject({ status: "pending", etag });
  });
});

test("killed after the log and before the proposal's status: it still waits, and can be decided on again", async () => {
  const project = await deskProject();
  const desk = project.desk();
  const { id, etag } = rowAt(desk, 0);
  const path = openReview(project.project, []).store.list().proposals[0]?.path ?? "";
  const before = project.read(path);
  await desk.decide(id, etag, { action: "accept" });
  project.write(before, path);
  const again = project.desk();
  expect(rowAt(again, 0)).toMatchObject({ id, etag, status: "pending" });
  expect(await again.decide(id, etag, { action: "accept" })).toMatchObject({ status: "done" });
  expect(openReview(project.project, []).log.verifyChain()).toMatchObject({ status: "whole", entries: 2 });
});

test("a decision asks the disk for as much in a long queue as in a short one, and answers as briefly", async () => {
  const asked = [];
  for (const questions of [20, 400]) {
    const desk = (await deskProject({ files: { [BANK]: unfilledBank(questions) } })).desk();
    const decided: unknown[] = [];
    // The first one makes folders.
    for (let at = 0; at < 5; at += 1) {
      const { id, etag } = rowAt(desk, at);
      let bytes = 0;
      const calls = await fileCallsIn(async () => {
        bytes = JSON.stringify(await desk.decide(id, etag, { action: "accept" })).length;
      });
      decided.push({ ...calls, bytes });
    }
    asked.push(decided.slice(1));
  }
  const [short, long] = asked;
  expect(long).toEqual(short);
  expect(new Set(long?.map((each) => JSON.stringify(each)))).toHaveProperty("size", 1);
});

test("3,000 proposals: the queue comes soon, and a decision does not read them all", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [`questions/bank-${at}.md`, unfilledBank(60, `part of machine ${at}`)]),
  );
  const project = await deskProject({ files });
  const started = performance.now();
  const desk = project.desk();
  expect(desk.queue().rows).toHaveLength(3_000);
  const opened = performance.now() - started;

  const decisions: number[] = [];
  for (let at = 0; at < 30; at += 1) {
    const { id, etag } = rowAt(desk, at * 97);
    const begun = performance.now();
    expect(await desk.decide(id, etag, { action: "accept" })).toMatchObject({ status: "done" });
    decisions.push(performance.now() - begun);
  }
  const median = decisions.toSorted((left, right) => left - right)[15] ?? Infinity;
  // On an idle machine a tenth of these: what they find is a decision that reads everything again.
  expect({ opened: opened < 10_000, median: median < 250 }).toEqual({ opened: true, median: true });
}, 60_000);

test("a batch that the disk stops: what was accepted is said, stays, and is taken back as one", async () => {
  const project = await deskProject({ files: { [BANK]: unfilledBank(60) } });
  const desk = project.desk();
  const log = join(project.cwd, "outputs/decisions.jsonl");
  const stop = desk.onChange(() => {
    stop();
    renameSync(log, `${log}.aside`);
    mkdirSync(log);
  });
  const items = desk.queue().rows.map(({ id, etag }) => ({ id, etag }));
  const stopped = await desk.acceptAll(items, 60);
  expect({ ...stopped, message: stopped.message.replaceAll(project.cwd, "<project>") }).toEqual({
    status: "refused",
    message:
      "25 drafts accepted, then it stopped: cannot read <project>/outputs/decisions.jsonl: it is a folder (EISDIR). Name a file.",
  });
  rmdirSync(log);
  renameSync(`${log}.aside`, log);
  const statuses = (): readonly string[] => desk.queue().rows.map(({ status }) => status);
  expect(statuses().filter((status) => status === "accepted").length).toBe(25);
  expect(await desk.undo(null)).toMatchObject({ status: "done" });
  expect(new Set(statuses())).toEqual(new Set(["pending"]));
});

test("a log of grades that cannot be read is a fault of its own when things are compared", async () => {
  const project = await deskProject();
  writeFile(join(project.cwd, "outputs/grades/june/records.jsonl"), "nonsense\n");
  const run = "2030-01-02t03-04-05z";
  expect(() => project.desk().compare(run, run)).toThrow(/line 1 is not a/);
});
