import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSubmissionFiles, type SubmissionFiles } from "../../src/files/submission-files.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";

function shown({ files, skipped }: SubmissionFiles): unknown {
  return {
    files: files.map(({ path, folders, bytes }) => [path, folders.join("/"), Buffer.from(bytes).toString()]),
    skipped: skipped.map(({ path, reason }) => `${path}: ${reason}`),
  };
}

describe("gathering files with answers", () => {
  test("a folder with files and folders, past hidden files and notes to readers", () => {
    const root = temporaryFolder({
      "in/ben.md": "b",
      "in/anna/q1.md": "a1",
      "in/anna/part 2/q2.txt": "a2",
      "in/all.csv": "rows",
      "in/README.md": "",
      "in/.DS_Store": "",
      "in/.git/x.md": "",
      "in/scan.pdf": "",
    });
    expect(shown(readSubmissionFiles(root, ["in"]))).toEqual({
      files: [
        ["in/all.csv", "", "rows"],
        ["in/anna/part 2/q2.txt", "anna/part 2", "a2"],
        ["in/anna/q1.md", "anna", "a1"],
        ["in/ben.md", "", "b"],
      ],
      skipped: ["in/scan.pdf: markdown, text, CSV and JSON lines are read, this is none"],
    });
  });

  test("a folder of candidates below the one that was named is one more folder with answers", () => {
    const root = temporaryFolder({
      "exam/candidates/c-001.md": "a",
      "exam/week 2/candidates/c-002.md": "b",
      "exam/sources/notes.md": "",
      "exam/node_modules/x.md": "",
    });
    expect(shown(readSubmissionFiles(root, ["exam"]))).toEqual({
      files: [
        ["exam/candidates/c-001.md", "candidates", "a"],
        ["exam/week 2/candidates/c-002.md", "week 2/candidates", "b"],
      ],
      skipped: [],
    });
  });

  test("folders are counted from what was named", () => {
    const root = temporaryFolder({ "in/anna/q1.md": "a1", "x.jsonl": "x" });
    const folders = (...operands: readonly string[]): unknown =>
      readSubmissionFiles(root, operands).files.map((file) => [file.path, file.folders]);
    expect(folders(".")).toEqual([
      ["in/anna/q1.md", ["in", "anna"]],
      ["x.jsonl", []],
    ]);
    expect(folders("in/anna", "in")).toEqual([["in/anna/q1.md", []]]);
    expect(folders(join(root, "in/anna/q1.md"), "x.jsonl")).toEqual([
      ["in/anna/q1.md", []],
      ["x.jsonl", []],
    ]);
  });

  test("links are followed where they are named, and never out of the project by a walk", () => {
    const outside = temporaryFolder({ "secret.csv": "secret", "folder/a.md": "" });
    const root = temporaryFolder({ "in/real.md": "real", "far/anna/q1.md": "" });
    symlinkSync(join(outside, "secret.csv"), join(root, "in/link.csv"));
    symlinkSync(join(outside, "folder"), join(root, "outer"));
    symlinkSync("far", join(root, "near"));
    expect(shown(readSubmissionFiles(root, ["in"]))).toEqual({
      files: [["in/real.md", "", "real"]],
      skipped: ["in/link.csv: it is a symbolic link; name it to have it read"],
    });
    expect(shown(readSubmissionFiles(root, ["in/link.csv", "near"]))).toEqual({
      files: [
        ["far/anna/q1.md", "anna", ""],
        ["in/link.csv", "", "secret"],
      ],
      skipped: [],
    });
    expect(toldBy(() => readSubmissionFiles(root, ["outer"]))).toMatch(/outer lies outside the project folder/);
    expect(toldBy(() => readSubmissionFiles(root, [join(outside, "secret.csv")]))).toMatch(/lies outside the project/);
  });

  test("what cannot be read is refused by name", () => {
    const root = temporaryFolder({ "answers.xlsx": "PK", "empty/README.md": "" });
    writeFile(join(root, "huge.csv"), "");
    truncateSync(join(root, "huge.csv"), 51 * 1024 * 1024);
    expect(toldBy(() => readSubmissionFiles(root, ["answers.xlsx"]))).toMatch(
      /^cannot read answers from answers\.xlsx: .*Save a spreadsheet as CSV/s,
    );
    expect(toldBy(() => readSubmissionFiles(root, ["huge.csv"]))).toMatch(/huge\.csv: it is larger than 50 MB/);
    expect(toldBy(() => readSubmissionFiles(root, ["missing"]))).toMatch(/missing/);
    expect(toldBy(() => readSubmissionFiles(root, ["empty"]))).toMatch(/^there are no answers in empty/);
    expect(toldBy(() => readSubmissionFiles(join(root, "nowhere"), ["x"]))).toMatch(/nowhere/);
  });
});

test("an empty folder of a candidate is told, a hidden one is not", () => {
  const root = temporaryFolder({ "exam/ada/answers.md": "a" });
  for (const folder of ["ben", ".git", "cleo/drafts"]) mkdirSync(join(root, "exam", folder), { recursive: true });
  expect(readSubmissionFiles(root, ["exam"]).skipped).toEqual([
    { path: "exam/ben", reason: "the folder is empty, so there is no answer of whoever it is for" },
    { path: "exam/cleo/drafts", reason: "the folder is empty, so there is no answer of whoever it is for" },
  ]);
});
