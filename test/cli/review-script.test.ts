import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fileCallsIn } from "../support/file-calls.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { BANK, deskProject, type DeskProject } from "./desk-project.ts";

const OTHER = "questions/others.md";

/** Two banks of three questions; the second draft of the others is doubtful. */
async function project(): Promise<DeskProject> {
  return deskProject({
    files: { [BANK]: unfilledBank(3), [OTHER]: unfilledBank(3).replaceAll("part", "piece") },
    flags: [[], ["thin"]],
  });
}

const listing = z.object({
  statuses: z.record(z.string(), z.number()),
  items: z.array(z.object({ path: z.string(), status: z.string(), flags: z.array(z.string()) })),
});

async function listed(cwd: string, ...args: readonly string[]): Promise<z.infer<typeof listing>> {
  const { out } = await runInProcess(["review", "list", "--json", ...args], { cwd });
  return listing.parse(JSON.parse(out));
}

async function pathsOf(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  return (await listed(cwd, ...args)).items.map(({ path }) => path);
}

describe("--filter means the same in every command", () => {
  test("list shows what matches", async () => {
    const { cwd } = await project();
    expect(await pathsOf(cwd, "--filter", "file=others")).toEqual([OTHER, OTHER, OTHER]);
    expect(await pathsOf(cwd, "--filter", "file=others", "--filter", "flag=thin")).toEqual([OTHER]);
  });

  test("accept --all takes the clean ones of it, undo --all takes back those of it", async () => {
    const { cwd } = await project();
    const accept = await runInProcess(["review", "accept", "--all", "--filter", "file=others"], { cwd });
    expect(accept.err).toBe("1 left for a look: flag thin\n");
    expect((await listed(cwd)).statuses).toEqual({ pending: 4, accepted: 2, rejected: 0, applied: 0 });
    await runInProcess(["review", "accept", "--all"], { cwd });
    await runInProcess(["review", "undo", "--all", "--filter", "file=parts"], { cwd });
    expect((await listed(cwd)).statuses).toEqual({ pending: 4, accepted: 2, rejected: 0, applied: 0 });
  });

  test("accept --all takes drafts with a flag where that flag is named", async () => {
    const { cwd } = await project();
    const other = await runInProcess(["review", "accept", "--all", "--despite", "thick"], { cwd });
    expect(other.err).toBe("1 left for a look: flag thin\n");
    expect((await listed(cwd)).statuses).toEqual({ pending: 1, accepted: 5, rejected: 0, applied: 0 });
    const named = await runInProcess(["review", "accept", "--all", "--despite", "thick", "thin"], { cwd });
    expect(named.err).toBe("");
    expect((await listed(cwd)).statuses).toEqual({ pending: 0, accepted: 6, rejected: 0, applied: 0 });
  });

  test("accept --all takes flags with commas between them, as --filter does", async () => {
    const { cwd } = await project();
    await runInProcess(["review", "accept", "--all", "--despite", "thick,thin"], { cwd });
    expect((await listed(cwd)).statuses).toEqual({ pending: 0, accepted: 6, rejected: 0, applied: 0 });
  });

  test("check looks at what matches", async () => {
    const { cwd } = await project();
    await runInProcess(["review", "reject", "--all", "--filter", "file=others"], { cwd });
    const gate = async (file: string): Promise<number | null> =>
      (await runInProcess(["review", "check", "--filter", `file=${file}`], { cwd })).code;
    expect([await gate("others"), await gate("parts")]).toEqual([0, 1]);
  });

  test.each([
    [["list", "--filter", "state=foo"], "--filter: there is no state foo"],
    [["accept", "--all", "--filter", "file=nowhere"], "no proposal matches file=nowhere"],
    [["accept", "--filter", "file=parts"], "--filter is for --all"],
    [["accept", "--despite", "thin"], "--despite is for --all"],
    [["undo", "q-000000000000", "--filter", "file=parts"], "--filter is for --all"],
    [["reject", "q-000000000000", "--all"], "ids and --all exclude each other"],
    [["undo"], "no proposal is named"],
    [["--web", "--filter", "stat=pending"], "--filter: there is no filter stat"],
  ])("review %j ends with 2: %s", async (args, message) => {
    const { cwd } = await project();
    const { code, err } = await runInProcess(["review", ...args], { cwd });
    expect({ code, message: err.split("\n")[0] }).toEqual({ code: 2, message: `error: ${message}` });
    expect((await listed(cwd)).statuses["pending"]).toBe(6);
  });
});

test("an id that is named twice is decided once", async () => {
  const { cwd } = await project();
  const [id = ""] = (await runInProcess(["review", "list"], { cwd })).out.match(/q-[0-9a-f]{12}/) ?? [];
  const { code } = await runInProcess(["review", "accept", id, id], { cwd });
  expect([code, (await runInProcess(["review", "check"], { cwd })).out.match(/decision log: .*/)?.[0]]).toEqual([
    0,
    "decision log: 1 decision, chain whole",
  ]);
});

test("many are decided with as few waits for the disk as few", async () => {
  const counts = [];
  for (const questions of [2, 60]) {
    const { cwd } = await deskProject({ files: { [BANK]: unfilledBank(questions) } });
    for (const action of ["accept", "undo"]) {
      const { synced } = await fileCallsIn(() => runInProcess(["review", action, "--all"], { cwd }));
      counts.push(synced);
    }
  }
  const [few, fewBack] = counts;
  expect(counts).toEqual([few, fewBack, few, fewBack]);
  expect(few).toBeGreaterThan(0);
});
