import { describe, expect, test } from "vitest";
import { seeded } from "../support/model-rig.ts";
import { filesOf } from "../support/temporary-folder.ts";
import {
  draftingProject,
  filesWithKey,
  journalLines,
  keyOf,
  killAfter,
  proposalPaths,
  resultKeys,
  type DraftingProject,
} from "./drafting-project.ts";

const QUESTIONS = 60;
const KILLS = 12;
const CONCURRENCY = 6;

/** Kills a run after a seeded number of further requests; gives the keys that were recorded before and sent again after. */
async function killAndGoOn(project: DraftingProject): Promise<readonly string[]> {
  const random = seeded(20_260_101);
  const repeated: string[] = [];
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const recorded = kill === 0 ? new Set<string>() : resultKeys(project.cwd);
    const before = project.server.requests.length;
    const command = kill % 3 === 2 ? ["resume"] : ["fill", "--concurrency", String(CONCURRENCY)];
    const further = kill === KILLS ? Number.POSITIVE_INFINITY : 1 + Math.floor(random() * 12);
    const end = await killAfter(project, command, before + further);
    expect({ kill, ...end }).toMatchObject({ code: kill === KILLS ? 0 : null });
    const sent = project.server.requests.slice(before).map((seen) => keyOf(project.server, seen));
    repeated.push(...sent.filter((key) => recorded.has(key)));
  }
  return repeated;
}

describe("a run that is killed again and again", () => {
  test("pays for nothing twice that was recorded, and ends with one proposal and one outcome a question", async () => {
    const project = await draftingProject({ questions: QUESTIONS, delayMs: 25 });
    const repeated = await killAndGoOn(project);
    expect(repeated).toEqual([]);
    const ids = proposalPaths(project.cwd).map((path) => /(q-[0-9a-f]{12})\.md$/.exec(path)?.[1]);
    expect(new Set(ids).size).toBe(QUESTIONS);
    expect(ids).toHaveLength(QUESTIONS);

    const lines = journalLines(project.cwd);
    const outcomes = lines.filter(({ type }) => type === "item").map(({ id, status }) => `${id} ${status}`);
    // Killed between a proposal and its line in the journal, the proposal alone is the outcome; never are there two.
    expect(new Set(outcomes).size).toBe(outcomes.length);
    expect(outcomes.length).toBeGreaterThanOrEqual(QUESTIONS - KILLS * CONCURRENCY);
    expect(outcomes.filter((outcome) => !outcome.endsWith(" ok"))).toEqual([]);

    const booked = lines.filter(({ type }) => type === "attempt").length;
    const seen = project.server.requests.length;
    expect(booked).toBeLessThanOrEqual(seen);
    expect(booked).toBeGreaterThanOrEqual(seen - KILLS * CONCURRENCY);
    // The keys worked out from what the server saw are the journal's own, or the first check would prove nothing.
    const asked = project.server.requests.map((request) => keyOf(project.server, request));
    expect(new Set(asked)).toEqual(resultKeys(project.cwd));
    expect(resultKeys(project.cwd).size).toBe(2 * QUESTIONS);

    expect(project.server.requests.filter(({ headers }) => headers.authorization === undefined)).toEqual([]);
    expect(filesWithKey(project.cwd)).toEqual([]);
    const before = filesOf(project.cwd);
    expect((await project.run("fill")).code).toBe(0);
    expect(filesOf(project.cwd)).toEqual(before);
  });
});
