import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXAM, offlineProject } from "./grading-project.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";

const [QUEUE] = EXAM;
const CODES = "outputs/grades/exam/candidates.json";

const GIVEN = [
  { candidate: "ada@example.org", question: QUEUE.id, answer: QUEUE.strong },
  { candidate: "ben@example.org", question: QUEUE.id, answer: QUEUE.weak },
];

function linesOf(rows: readonly object[]): string {
  return `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
}

function codesOf(identities: readonly string[]): string {
  const candidates = identities.map((identity, at) => ({ code: `c-00${at + 1}`, identity }));
  return JSON.stringify({ schema: 1, candidates });
}

async function graded(): Promise<ReturnType<typeof offlineProject>> {
  const project = offlineProject({ "exam.jsonl": linesOf(GIVEN) });
  await project.call("grade", "exam.jsonl", "--provider", "offline");
  return project;
}

const OUT = "book.csv";

async function exported({ cwd, call }: ReturnType<typeof offlineProject>): Promise<readonly unknown[]> {
  rmSync(join(cwd, OUT), { force: true });
  const { code, err } = await call("grade", "export", "--to", "canvas", "--out", OUT);
  const table = filesOf(cwd)[OUT] ?? "";
  return [code, table.split(/\r?\n/).slice(2).join("\n").trim(), err];
}

describe("grade export gives a mark to whoever wrote the answer that was graded", () => {
  test("as it stands", async () => {
    const [code, table] = await exported(await graded());
    expect([code, table]).toEqual([0, ",,,ada@example.org,,6\n,,,ben@example.org,,2"]);
  });

  test("and to nobody where the list of candidates was turned round since", async () => {
    const project = await graded();
    writeFile(join(project.cwd, CODES), codesOf(["ben@example.org", "ada@example.org"]));
    const [code, table, err] = await exported(project);
    expect([code, table]).toEqual([1, ",,,ben@example.org,,\n,,,ada@example.org,,"]);
    expect(err).toContain("2 answers are not those that were graded");
  });

  test("and to nobody whom the list does not name any more", async () => {
    const project = await graded();
    writeFile(join(project.cwd, CODES), codesOf(["ada@example.org"]));
    const [code, table, err] = await exported(project);
    expect([code, table]).toEqual([2, ""]);
    expect(err).toContain("candidates.json does not say who c-002 is");
  });
});

describe("grade verify", () => {
  test("holds the list of candidates against the answers", async () => {
    const project = await graded();
    const verify = async (): Promise<readonly unknown[]> => {
      const { code, out } = await project.call("grade", "verify");
      return [code, ...out.split("\n").filter((line) => line.includes("candidates.json"))];
    };
    expect(await verify()).toEqual([0]);
    writeFile(join(project.cwd, CODES), codesOf(["ben@example.org", "ada@example.org"]));
    const why = "it was handed in since, or candidates.json was changed";
    expect(await verify()).toEqual([
      1,
      `c-001 ${QUEUE.id}: the answer under this code is not the one that was graded: ${why}`,
      `c-002 ${QUEUE.id}: the answer under this code is not the one that was graded: ${why}`,
    ]);
    writeFile(join(project.cwd, CODES), codesOf(["ada@example.org"]));
    expect(await verify()).toEqual([1, "candidates.json does not say who c-002 is"]);
  });
});

test("grade export says what is in the way of its folder", async () => {
  const { cwd, call } = await graded();
  writeFile(join(cwd, "scores"), "");
  const { code, err } = await call("grade", "export", "--to", "gradescope", "--out", "scores");
  expect([code, err.split("\n")[0]?.replace(cwd, ".")]).toEqual([
    2,
    expect.stringMatching(/scores is a file, and a folder is needed there$/),
  ]);
});
