import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFile } from "../support/temporary-folder.ts";
import {
  ANSWERS,
  entriesOf,
  EXAM,
  gradesOf,
  gradingProject,
  judgeInputIn,
  reportFigures,
  rubricPath,
  setFiles,
  type GradingProject,
} from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;

function edit({ cwd }: GradingProject, change: (text: string) => string): void {
  const path = join(cwd, rubricPath(QUEUE));
  const before = readFileSync(path, "utf8");
  expect(change(before)).not.toBe(before);
  writeFile(path, change(before));
}

const lessForBursts = (text: string): string =>
  text.replace("id: full, points: 2", "id: full, points: 1.5").replace("max: 6", "max: 5.5");
const otherWords = (text: string): string =>
  text.replace("Says so, and that callers are served meanwhile.", "Says so, and why.");
const otherLevel = (text: string): string => text.replace("id: named", "id: mentioned");

/** What `grade report` says besides where the report is, its exit code, and the requests it made. */
async function report(
  project: GradingProject,
): Promise<{ code: number | null; out: readonly string[]; requests: number }> {
  const before = project.server.requests.length;
  const { code, out } = await project.run("grade", "report");
  return { code, out: out.split("\n").slice(0, -2), requests: project.server.requests.length - before };
}

/** Which questions a command asks the judge about. */
async function asked(project: GradingProject, ...args: readonly string[]): Promise<readonly string[]> {
  const before = project.server.requests.length;
  await project.run(...args);
  return [...new Set(project.server.requests.slice(before).map((seen) => judgeInputIn(seen).question))];
}

/** What people read of a set; its log only grows. */
function readable(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("records.jsonl")));
}

const STALE_WORDS = {
  code: 1,
  out: [
    `rubric ${QUEUE.id}: 3 grades now stale, because the rubric's words changed; answerkey grade marks them again`,
    "2 graded · 3 stale since the rubric changed · 1 blank, no mark",
    "mean of the 2 marks that count: 66.7%",
  ],
  requests: 0,
};
const AS_GRADED = ["5 graded · 1 blank, no mark", "mean of the 5 marks that count: 60.0%"];

test("a changed rubric reaches exactly the grades that it touches, without a call", { timeout: 60_000 }, async () => {
  const project = await gradingProject({ env: { SOURCE_DATE_EPOCH: "1767225600" } });
  await project.run("grade", ANSWERS);
  const before = setFiles(project.cwd);
  const original = readFileSync(join(project.cwd, rubricPath(QUEUE)), "utf8");
  const putBack = (): void => writeFile(join(project.cwd, rubricPath(QUEUE)), original);

  // Points: counted anew, with what they were and what they are; shares are of the new full marks.
  edit(project, lessForBursts);
  expect(await report(project)).toEqual({
    code: 0,
    out: [
      `rubric ${QUEUE.id}: 3 grades counted anew by the changed points; no model was asked`,
      "  candidate  question        before  after",
      `  c-001      ${QUEUE.id}       6    5.5`,
      "5 graded · 1 blank, no mark",
      `mean of the 5 marks that count: ${(((5.5 / 5.5 + 1 / 5.5 + 3 / 5.5 + 1 + 1 / 3) / 5) * 100).toFixed(1)}%`,
    ],
    requests: 0,
  });
  expect(entriesOf(project.cwd).filter(({ type }) => type === "rubric-change")).toMatchObject([
    {
      effect: "recomputed",
      changes: expect.arrayContaining([
        expect.objectContaining({ candidate: "c-001", question: QUEUE.id, before: 6000, after: 5500 }),
      ]),
    },
  ]);

  // Put back: what people read is what it was.
  putBack();
  expect((await report(project)).out.slice(-2)).toEqual(AS_GRADED);
  expect(readable(setFiles(project.cwd))).toEqual(readable(before));

  // Words of one level: the grades of that question are stale and in no mean, until they are put back or made again.
  edit(project, otherWords);
  expect(await report(project)).toEqual(STALE_WORDS);
  expect(await report(project)).toEqual({ ...STALE_WORDS, out: STALE_WORDS.out.slice(1) });
  expect(reportFigures(project.cwd)).toMatchObject({ Graded: "2", Stale: "3", Blank: "1" });
  putBack();
  expect(await report(project)).toMatchObject({ code: 0, requests: 0 });
  edit(project, otherWords);
  expect(await asked(project, "grade", ANSWERS)).toEqual([QUEUE.text]);
  expect(gradesOf(project.cwd).filter(({ question }) => question === INDEX.id)).toHaveLength(3);

  // Another structure is not comparable; the judge's earlier words are asked for no more.
  edit(project, otherLevel);
  expect((await report(project)).out[0]).toBe(
    `rubric ${QUEUE.id}: 3 grades now stale, because the rubric's criteria or levels changed; answerkey grade marks them again`,
  );
  expect(await asked(project, "grade", ANSWERS)).toEqual([QUEUE.text]);
  expect((await report(project)).out).toEqual(AS_GRADED);
  expect((await project.run("grade", "verify")).code).toBe(0);

  // What was said to a rubric before is in the journal.
  putBack();
  expect(await asked(project, "grade", ANSWERS)).toEqual([]);
  expect((await report(project)).out).toEqual(AS_GRADED);
});
