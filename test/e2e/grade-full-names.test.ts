import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { EXAM, offlineProject, type OfflineProject } from "./grading-project.ts";

const [QUEUE] = EXAM;

function csv(...rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n")}\n`;
}

const FORM = csv(
  ["Timestamp", "Email Address", "Full name", QUEUE.text],
  ["2026/01/01 9:00:00", "ada.k@example.org", "Ada Quillfeather", QUEUE.strong],
  ["2026/01/01 9:01:00", "ben@example.org", "Ben Ostrander", QUEUE.weak],
);

async function graded(files: Readonly<Record<string, string>> = {}): Promise<OfflineProject> {
  const project = offlineProject({ "form.csv": FORM, ...files });
  const { code, err } = await project.call("grade", "form.csv", "--provider", "offline");
  expect([code, err]).toEqual([0, expect.anything()]);
  return project;
}

test("the name of a form stands in the user's own list, and in no other file", async () => {
  const { cwd } = await graded();
  expect(JSON.parse(readFileSync(join(cwd, "outputs/grades/form/candidates.json"), "utf8"))).toEqual({
    schema: 1,
    candidates: [
      { code: "c-001", identity: "ada.k@example.org", name: "Ada Quillfeather" },
      { code: "c-002", identity: "ben@example.org", name: "Ben Ostrander" },
    ],
  });
  const holding = Object.entries(filesOf(join(cwd, "outputs"))).filter(([, text]) =>
    /quillfeather|ostrander/i.test(text),
  );
  expect(holding.map(([path]) => path)).toEqual(["grades/form/candidates.json"]);
});

test("a learning system gets the name beside the address", async () => {
  const { cwd, call } = await graded();
  await call("grade", "export", "--to", "canvas", "--out", "book.csv");
  const rows = readFileSync(join(cwd, "book.csv"), "utf8").split(/\r?\n/);
  expect(rows.slice(2, 4)).toEqual([
    '"Quillfeather, Ada",,,ada.k@example.org,,6',
    '"Ostrander, Ben",,,ben@example.org,,2',
  ]);
});

test("a candidate can be named by it, in an override, in --only and in a table of marks", async () => {
  const { cwd, call } = await graded();
  const set = ["--mark", "5", "--reason", "as we agreed", "--by", "eve"];
  const override = await call("grade", "override", "ada quillfeather", "Q1", ...set);
  expect([override.code, override.out.split("\n")[0]?.includes("c-001")]).toEqual([0, true]);
  const only = await call("grade", "form.csv", "--provider", "offline", "--redo", "--only", "Ben Ostrander");
  expect(only.out).toContain("1 answer looked at");
  writeFile(join(cwd, "marks.csv"), csv(["candidate", "question", "total"], ["Ben Ostrander", "1", "3"]));
  const agree = await call("grade", "agree", "marks.csv");
  expect([agree.code, agree.err]).toEqual([0, ""]);
});

test("two sets that call people differently are compared person by person", async () => {
  const other = csv(
    ["candidate", "question", "answer"],
    ["Ostrander, Ben", "1", `${QUEUE.weak} Web tier and store are decoupled.`],
    ["Ada Quillfeather", "1", QUEUE.strong],
  );
  const { cwd, call } = await graded({ "again.csv": other });
  await call("grade", "again.csv", "--provider", "offline");
  expect(
    Object.keys(filesOf(join(cwd, "outputs/grades"))).filter((path) => path.endsWith("records.jsonl")).length,
  ).toBe(2);
  const { out, err } = await call("diff", "form", "again");
  expect(out).toContain("2 answers on both sides, 1 changed.");
  expect(out).toContain(`c-002 ${QUEUE.id}: 2 graded to 4 graded (+2)`);
  expect(err).toContain("2 candidates told by the name that one set has beside another label");
});
