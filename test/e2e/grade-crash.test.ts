import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seeded } from "../support/model-rig.ts";
import { collect, runCli, type CliResult } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { journalLines, requestsSeen } from "./drafting-project.ts";
import {
  EXAM,
  EXAM_FILES,
  gradesOf,
  gradingProject,
  KEY,
  MODEL,
  setFiles,
  type GradingProject,
} from "./grading-project.ts";

const CANDIDATES = 32;
const ANSWERS = CANDIDATES * EXAM.length;
/** Of each of two projects. */
const KILLS = 10;
const RECORDING_KILL = 3;
const CONCURRENCY = 2;
const WORDS =
  "batch page latch cache log disk lock row scan leaf root merge flush shard lease epoch clock mark sweep pool heap wire".split(
    " ",
  );

/** An answer of its own for each candidate, with some of what earns credit. */
function answersOf(random: () => number): string {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  const phrases = ["absorbs bursts", "decoupled", "idempotent", "every write gets slower", "pick the wrong one"];
  const rows = Array.from({ length: CANDIDATES }, (_, at) =>
    EXAM.map(({ id: question }) => {
      const salad = Array.from({ length: 14 }, word).join(" ");
      const said = phrases.filter(() => random() < 0.4).join(" and ");
      const candidate = `c-${String(at + 1).padStart(3, "0")}`;
      return JSON.stringify({ candidate, question, answer: `${salad}. It is ${said}. ${word()} ${word()}.` });
    }),
  );
  return `${rows.flat().join("\n")}\n`;
}

/** Kills a command so long after its next request; records are written once a second. */
async function killAfter(project: GradingProject, args: readonly string[], milliseconds: number): Promise<CliResult> {
  const child = project.start(...args);
  const ended = collect(child);
  await requestsSeen(project.server, project.server.requests.length + 1, ended);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill("SIGKILL");
  return ended;
}

/** Records as they are compared: without whose run it was. */
function plain(cwd: string): readonly string[] {
  const records = gradesOf(cwd, "all").map((record) => JSON.stringify({ ...record, run: { ...record.run, id: "" } }));
  return records.toSorted();
}

function table(cwd: string, name: string): string {
  return readFileSync(join(cwd, "outputs/grades/all", name), "utf8");
}

/** Kills a run so often at moments of its own, then lets it end; answers of each seed are the same every time. */
async function killedProject(seed: number): Promise<{ readonly project: GradingProject; readonly end: CliResult }> {
  const random = seeded(seed);
  const project = await gradingProject({ files: { "all.jsonl": answersOf(random) }, delayMs: 80 });
  for (let kill = 0; kill < KILLS; kill += 1) {
    const command = kill % 3 === 2 ? ["resume"] : ["grade", "all.jsonl"];
    // Once late enough for records to be there, which the next runs go on from.
    const moment = Math.floor(random() * 300) + (kill === RECORDING_KILL ? 1_500 : 0);
    const end = await killAfter(project, [...command, "--concurrency", String(CONCURRENCY)], moment);
    expect({ kill, ...end }).toMatchObject({ kill, code: null });
  }
  const done = gradesOf(project.cwd, "all").length;
  expect(done > 0 && done < ANSWERS).toBe(true);
  return { project, end: await project.run("resume", "--json") };
}

const SEEDS = [20_260_202, 7];

describe("a run of grades that is killed again and again", () => {
  test("ends as a whole one does, and pays for nothing twice that was recorded", { timeout: 120_000 }, async () => {
    const projects = await Promise.all(SEEDS.map(killedProject));
    expect(KILLS * projects.length).toBe(20);
    for (const { project, end } of projects) {
      const results = journalLines(project.cwd).flatMap(({ type, key }) => (type === "result" ? [key] : []));
      expect(new Set(results).size).toBe(results.length);
      expect(project.server.requests.length).toBeLessThanOrEqual(results.length + KILLS * CONCURRENCY);

      const whole = temporaryFolder({ ...EXAM_FILES, "all.jsonl": readFileSync(join(project.cwd, "all.jsonl")) });
      const line = ["grade", "all.jsonl", "--base-url", project.server.url, "--model", MODEL];
      const wholeEnd = await runCli(line, { cwd: whole, env: { OPENAI_API_KEY: KEY } });
      expect(end).toMatchObject({ code: wholeEnd.code, err: expect.not.stringContaining("tampered") });
      expect(gradesOf(whole, "all")).toHaveLength(ANSWERS);
      expect(plain(project.cwd)).toEqual(plain(whole));
      expect(Object.keys(setFiles(project.cwd, "all"))).toEqual(Object.keys(setFiles(whole, "all")));
      expect(table(project.cwd, "grades.csv")).toBe(table(whole, "grades.csv"));
      expect(table(project.cwd, "grades-wide.csv")).toBe(table(whole, "grades-wide.csv"));
      expect((await project.run("grade", "verify")).code).toBe(0);
    }
  });
});
