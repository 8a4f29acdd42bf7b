import { expect, test } from "vitest";
import { EXAM, offlineProject } from "../e2e/grading-project.ts";
import { filesOf } from "../support/temporary-folder.ts";

const [QUEUE, INDEX] = EXAM;
const CSV = [
  "candidate,question,answer",
  "Ada@example.org,Q1,A queue keeps messages in order.",
  "ada@example.org,Q2,An index is a sorted copy.",
  "bob@example.org,Q1,It holds messages.",
].join("\n");

async function gradedOnly(...names: readonly string[]): Promise<readonly string[]> {
  const { cwd, call } = offlineProject({ "answers.csv": CSV });
  const { out } = await call(
    "grade",
    "answers.csv",
    "--set",
    "exam",
    "--provider",
    "offline",
    "--only",
    ...names,
    "--json",
  );
  expect(JSON.parse(out)).toMatchObject({ stopped: null });
  const runs = Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith("outputs/runs/"));
  expect(runs.filter(([, text]) => text.includes("example.org"))).toEqual([]);
  const records = String(filesOf(cwd)["outputs/grades/exam/records.jsonl"]);
  return Array.from(
    records.matchAll(/"candidate":"(c-\d+)".{0,40}?"question":"(q-[0-9a-f]+)"/g),
    ([, who, what]) => `${who} ${what}`,
  );
}

test("--only takes people as their answers call them and questions by number, and writes no address into the run", async () => {
  expect(await gradedOnly("ADA@example.org")).toEqual([`c-001 ${QUEUE.id}`, `c-001 ${INDEX.id}`]);
  expect(await gradedOnly("Q2")).toEqual([`c-001 ${INDEX.id}`]);
  expect(await gradedOnly("bob@example.org", "ada@example.org")).toEqual([
    `c-001 ${QUEUE.id}`,
    `c-001 ${INDEX.id}`,
    `c-002 ${QUEUE.id}`,
  ]);
});

test("--only with candidates and questions takes the answers of these to those", async () => {
  expect(await gradedOnly("Q2", "ada@example.org")).toEqual([`c-001 ${INDEX.id}`]);
  expect(await gradedOnly("Q1", "Q2", "c-002")).toEqual([`c-002 ${QUEUE.id}`]);
});
