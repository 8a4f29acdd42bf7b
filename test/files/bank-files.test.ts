import { symlinkSync, truncateSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { hashOf } from "../../src/core/hash.ts";
import { BANK_WALK, readBankFiles } from "../../src/files/bank-files.ts";
import { readSourceNotes } from "../../src/files/source-notes.ts";
import { writeBankFile } from "../../src/files/write-bank-file.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";

function pathsOf(root: string, operands: readonly string[]): readonly string[] {
  return readBankFiles(root, operands, (path) => path).files;
}

describe("reading banks", () => {
  test("walks folders in path order past what holds no banks", () => {
    const root = temporaryFolder();
    const banks = ["B.md", "a.md", "a/b.markdown", "a/c.MDX", "a-b/x.md", "questions/sources.md", "ä.md"];
    const others = [
      "a.txt",
      ".hidden.md",
      ".git/a.md",
      "node_modules/a.md",
      "outputs/a.md",
      "q/_backup/a.md",
      "q/sources/a.md",
      "q/rubrics/a.md",
      "q/candidates/a.md",
    ];
    for (const path of [...banks, ...others]) writeFile(join(root, path), path);
    const { files, skipped } = readBankFiles(root, ["."], (path, bytes) => ({
      path,
      text: Buffer.from(bytes).toString(),
    }));
    expect(files).toEqual(
      banks.map((path) => ({ path, text: path })).toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    );
    expect(skipped).toEqual([]);
  });

  test("takes what is named as it is, once", () => {
    const root = temporaryFolder({ "notes.txt": "", "q/sources/a.md": "", "q/b.md": "" });
    expect(pathsOf(root, ["notes.txt", "q", "q/b.md", "q/sources", join(root, "notes.txt")])).toEqual([
      "notes.txt",
      "q/b.md",
      "q/sources/a.md",
    ]);
    expect(pathsOf(root, [])).toEqual([]);
    expect(
      readBankFiles(root, ["."], (path) => path, { ...BANK_WALK, accepts: (path) => path === "notes.txt" }).files,
    ).toEqual(["notes.txt"]);
  });

  test("follows a link only where it is named", () => {
    const outside = temporaryFolder({ "shared.md": "shared", "folder/x.md": "" });
    const root = temporaryFolder({ "q/real.md": "real" });
    const link = (target: string, path: string): void => symlinkSync(target, join(root, path));
    link(join(outside, "shared.md"), "q/shared.md");
    link("real.md", "q/link.md");
    link(join(outside, "folder"), "outer");
    link("q", "inner");
    const reason = "it is a symbolic link; name it to have it read";
    expect(readBankFiles(root, ["."], (path) => path)).toEqual({
      files: ["q/real.md"],
      skipped: [
        { path: "q/link.md", reason },
        { path: "q/shared.md", reason },
      ],
    });
    expect(
      readBankFiles(root, ["q/shared.md", "q"], (path, bytes) => `${path}: ${Buffer.from(bytes).toString()}`),
    ).toEqual({
      files: ["q/real.md: real", "q/shared.md: shared"],
      skipped: [{ path: "q/link.md", reason }],
    });
    expect(pathsOf(root, ["inner"])).toEqual(["q/real.md"]);
    expect(toldBy(() => pathsOf(root, ["outer"]))).toMatch(/outer lies outside the project folder/);
  });

  test("refuses what is named and cannot be used", () => {
    const root = temporaryFolder({ "q/big.md": "x" });
    truncateSync(join(root, "q/big.md"), 50 * 1024 * 1024 + 1);
    expect(
      ["none.md", "../none-of-this-name.md", "q/big.md", "/etc"].map((path) =>
        toldBy(() => pathsOf(root, [path]))
          .replaceAll(root, "ROOT")
          .replaceAll(dirname(root), "ABOVE"),
      ),
    ).toMatchInlineSnapshot(`
      [
        "cannot read ROOT/none.md: the file or its folder does not exist (ENOENT) | Check the path.",
        "ABOVE/none-of-this-name.md lies outside the project folder ROOT | Run answerkey in the folder that holds the banks.",
        "cannot read ROOT/q/big.md: it is larger than 50 MB | Split the file.",
        "/etc lies outside the project folder ROOT | Run answerkey in the folder that holds the banks.",
      ]
    `);
    expect(
      readBankFiles(root, ["q"], (path) => path).skipped.map(({ path, reason }) => [path, reason.replace(root, "")]),
    ).toEqual([["q/big.md", "cannot read /q/big.md: it is larger than 50 MB"]]);
  });

  test("lets an error of the reader through", () => {
    const root = temporaryFolder({ "a.md": "" });
    expect(() =>
      readBankFiles(root, ["."], () => {
        throw new UserError("unknown dialect");
      }),
    ).toThrow(new UserError("unknown dialect"));
  });
});

describe("source notes", () => {
  test("are those beside the banks and above them", () => {
    const root = temporaryFolder({
      "sources/top.md": "top",
      "q/sources/b.md": "b",
      "q/sources/a.md": "\uFEFFa",
      "q/sources/c.txt": "c",
      "q/sources/.d.md": "d",
      "q/deep/sources/e.md": "e",
      "other/sources/f.md": "f",
    });
    expect(readSourceNotes(root, ["q/deep/bank.md", "q/bank.md"])).toEqual([
      { path: "q/deep/sources/e.md", text: "e" },
      { path: "q/sources/a.md", text: "a" },
      { path: "q/sources/b.md", text: "b" },
      { path: "sources/top.md", text: "top" },
    ]);
    expect([readSourceNotes(root, []), readSourceNotes(root, ["bank.md"])]).toEqual([
      [],
      [{ path: "sources/top.md", text: "top" }],
    ]);
  });

  test("that lead out of the project are refused, since drafts are sent away", () => {
    const outside = temporaryFolder({ "key.md": "secret" });
    const root = temporaryFolder({ "q/sources/a.md": "" });
    symlinkSync(join(outside, "key.md"), join(root, "q/sources/key.md"));
    symlinkSync(outside, join(root, "sources"));
    expect(toldBy(() => readSourceNotes(root, ["q/bank.md"]))).toMatch(
      /^sources is not used as a path: a symbolic link leads out/,
    );
    expect(toldBy(() => readSourceNotes(join(root, "q"), ["bank.md"]))).toMatch(
      /^sources\/key.md is not used as a path: a symbolic link/,
    );
  });
});

describe("writing a bank", () => {
  const NEW = Buffer.from("new\n");

  test.each([
    [".bank.md.swp", "Vim"],
    [".#bank.md", "Emacs"],
    ["#bank.md#", "Emacs"],
    [".~lock.bank.md#", "LibreOffice"],
    [".bank.md.kate-swp", "Kate"],
  ])("is refused while %s stands beside it", (name, editor) => {
    const root = temporaryFolder({ "bank.md": "old\n" });
    symlinkSync("user@host.1234:5678", join(root, name));
    expect(toldBy(() => writeBankFile(join(root, "bank.md"), NEW, hashOf("old\n"))).replaceAll(root, "ROOT")).toBe(
      `cannot write ROOT/bank.md: ${editor} has it open | Save and close it there. If no editor has it open, remove ROOT/${name}.`,
    );
  });

  test("looks beside the file that a link leads to as well", () => {
    const root = temporaryFolder({ "real/bank.md": "old\n", "real/.bank.md.swp": "" });
    symlinkSync("real/bank.md", join(root, "link.md"));
    expect(toldBy(() => writeBankFile(join(root, "link.md"), NEW, hashOf("old\n")))).toMatch(/Vim has it open/);
  });

  test("takes a backup for an editor's only while it is newer than the file", () => {
    const root = temporaryFolder({ "bank.md": "old\n", "bank.md~": "older\n" });
    const path = join(root, "bank.md");
    utimesSync(`${path}~`, 2_000_000_000, 2_000_000_000);
    expect(toldBy(() => writeBankFile(path, NEW, hashOf("old\n")))).toMatch(/an editor has it open/);
    utimesSync(`${path}~`, 1_000_000_000, 1_000_000_000);
    expect(writeBankFile(path, NEW, hashOf("old\n"))).toEqual({ status: "written" });
    expect(filesOf(root)).toEqual({ "bank.md": "new\n", "bank.md~": "older\n" });
  });

  test("is refused where the file holds something else, or is not there", () => {
    const root = temporaryFolder({ "bank.md": "someone's\n" });
    expect(toldBy(() => writeBankFile(join(root, "bank.md"), NEW, hashOf("old\n")))).toMatch(/changed by someone else/);
    expect(toldBy(() => writeBankFile(join(root, "none.md"), NEW, hashOf("old\n")))).toMatch(
      /does not exist \(ENOENT\)/,
    );
    expect(filesOf(root)).toEqual({ "bank.md": "someone's\n" });
  });
});
