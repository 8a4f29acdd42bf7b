import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seeded } from "../support/model-rig.ts";
import { collect } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { draftingProject, type DraftingProject } from "./drafting-project.ts";

const FILES = ["questions/parts.md", "questions/wheels.md", "questions/doors.md"] as const;
const KILLS = 10;

const bytesOf = ({ cwd }: DraftingProject): readonly string[] =>
  FILES.map((path) => readFileSync(join(cwd, path)).toString("latin1"));

/** Kills `apply` after so many milliseconds, unless it has ended before. */
async function applyAndKill(project: DraftingProject, milliseconds: number): Promise<void> {
  const child = project.start("apply");
  const ended = collect(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  await ended;
  clearTimeout(timer);
}

test("apply killed anywhere leaves each file old or new; run again it completes, and undo gives every byte back", async () => {
  const project = await draftingProject({
    questions: 12,
    files: { [FILES[1]]: unfilledBank(12, "wheel").replaceAll("\n", "\r\n"), [FILES[2]]: unfilledBank(12, "door") },
  });
  await project.run("fill");
  const before = bytesOf(project);
  await project.run("review", "accept", "--all", "--quiet");
  const accepted = join(temporaryFolder(), "accepted");
  cpSync(project.cwd, accepted, { recursive: true });
  const startedAt = performance.now();
  expect((await project.run("apply")).out).toMatch(/^36 answers written into 3 files\n/);
  const whole = performance.now() - startedAt;
  const after = bytesOf(project);
  expect(after.filter((text, index) => text === before[index])).toEqual([]);

  const random = seeded(7);
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (const folder of ["questions", "outputs"]) {
      rmSync(join(project.cwd, folder), { recursive: true });
      cpSync(join(accepted, folder), join(project.cwd, folder), { recursive: true });
    }
    // The first half of its time passes before it touches a file.
    await applyAndKill(project, whole * (0.45 + 0.5 * random()));
    const now = bytesOf(project);
    expect(now.filter((text, index) => text !== before[index] && text !== after[index])).toEqual([]);
    expect((await project.run("apply")).code).toBe(0);
    expect(bytesOf(project)).toEqual(after);
    if (kill % 3 > 0) continue;
    expect((await project.run("review", "undo", "--all")).code).toBe(0);
    expect(bytesOf(project)).toEqual(before);
  }
  const check = await project.run("review", "check");
  expect(check.out).toMatch(/decision log: \d+ decisions, chain whole/);
});
