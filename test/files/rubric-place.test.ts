import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hashOf } from "../../src/core/hash.ts";
import { readRubricPlace, writeRubricFile } from "../../src/files/rubric-place.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { messageOf, toldBy } from "../support/user-error.ts";

const PATH = "docs/rubrics/q-1.rubric.yaml";
const NEW = new TextEncoder().encode("rubric: 1\n");
const NOTHING = new Uint8Array();

describe("reading the place of a rubric", () => {
  test("gives what stands there, or nothing", () => {
    const root = temporaryFolder({ [PATH]: NEW });
    expect(readRubricPlace(root, PATH)).toEqual({ bytes: Buffer.from(NEW), readOnly: undefined });
    expect(readRubricPlace(root, "rubrics/q-2.rubric.yaml")).toEqual({ bytes: NOTHING, readOnly: undefined });
  });

  test("does not go through links, and leaves alone what is no file with a text", () => {
    const root = temporaryFolder({ "a/rubrics/.keep": "", "b/rubrics/q-1.rubric.yaml": "", "c/x": "secret" });
    symlinkSync(join(root, "c/x"), join(root, "a/rubrics/q-1.rubric.yaml"));
    symlinkSync(join(root, "c"), join(root, "c/rubrics"));
    symlinkSync(join(root, "nowhere"), join(root, "d"));
    mkdirSync(join(root, "e/rubrics/q-1.rubric.yaml"), { recursive: true });
    const faults = ["a", "b", "c", "d", "e", ".."].map((folder) => {
      const { bytes, readOnly } = readRubricPlace(root, `${folder}/rubrics/q-1.rubric.yaml`);
      expect(bytes).toEqual(NOTHING);
      return readOnly;
    });
    expect(faults).toEqual([
      "it is a symbolic link",
      "it is there and empty; remove it first",
      "its folder is behind a symbolic link",
      "its folder is behind a symbolic link",
      "it is not a regular file",
      'it goes up with ".."',
    ]);
  });
});

describe("writing a rubric", () => {
  test("makes the file and its folder, changes it, and removes both again", () => {
    const root = temporaryFolder({ "docs/a.md": "" });
    expect(writeRubricFile(root, PATH, NEW, hashOf(NOTHING))).toEqual({ status: "written" });
    expect(readFileSync(join(root, PATH), "utf8")).toBe("rubric: 1\n");
    const other = new TextEncoder().encode("rubric: 1 # other\n");
    expect(writeRubricFile(root, PATH, other, hashOf(NEW))).toEqual({ status: "written" });
    expect(writeRubricFile(root, PATH, NOTHING, hashOf(other))).toEqual({ status: "written" });
    expect(readdirSync(join(root, "docs"))).toEqual(["a.md"]);
  });

  test("keeps the folder while other rubrics stand in it", () => {
    const root = temporaryFolder({ [PATH]: NEW, "docs/rubrics/q-2.rubric.yaml": NEW });
    writeRubricFile(root, PATH, NOTHING, hashOf(NEW));
    expect(readdirSync(join(root, "docs/rubrics"))).toEqual(["q-2.rubric.yaml"]);
  });

  test("leaves what somebody made or changed meanwhile, and leaves no temporary file", () => {
    const root = temporaryFolder({ [PATH]: "mine\n" });
    const told = [
      [NEW, hashOf(NOTHING)],
      [NEW, hashOf("old\n")],
      [NOTHING, hashOf("old\n")],
    ] as const;
    expect(told.map(([bytes, hash]) => toldBy(() => writeRubricFile(root, PATH, bytes, hash)).replaceAll(root, "ROOT")))
      .toMatchInlineSnapshot(`
      [
        "cannot write ROOT/docs/rubrics/q-1.rubric.yaml: it was made by someone else in the meantime | Nothing was written. Run the command again to work from its present content.",
        "cannot write ROOT/docs/rubrics/q-1.rubric.yaml: it was changed by someone else in the meantime | Nothing was written. Run the command again to work from its present content.",
        "cannot write ROOT/docs/rubrics/q-1.rubric.yaml: it was changed by someone else in the meantime | Nothing was written. Run the command again to work from its present content.",
      ]
    `);
    expect(readdirSync(join(root, "docs/rubrics"))).toEqual(["q-1.rubric.yaml"]);
    expect(readFileSync(join(root, PATH), "utf8")).toBe("mine\n");
  });

  test("waits for an editor that has it open, also for the first time", () => {
    const root = temporaryFolder({ "docs/rubrics/.q-1.rubric.yaml.swp": "" });
    expect(toldBy(() => writeRubricFile(root, PATH, NEW, hashOf(NOTHING)))).toMatch(/Vim has it open/);
    expect(existsSync(join(root, PATH))).toBe(false);
    unlinkSync(join(root, "docs/rubrics/.q-1.rubric.yaml.swp"));
    writeRubricFile(root, PATH, NEW, hashOf(NOTHING));
    writeFile(join(root, "docs/rubrics/.#q-1.rubric.yaml"), "");
    expect(toldBy(() => writeRubricFile(root, PATH, NOTHING, hashOf(NEW)))).toMatch(/Emacs has it open/);
  });

  test("refuses a place behind a link", () => {
    const root = temporaryFolder({ "docs/a.md": "" });
    const outside = temporaryFolder();
    symlinkSync(outside, join(root, "docs/rubrics"));
    expect(messageOf(() => writeRubricFile(root, PATH, NEW, hashOf(NOTHING)))).toBe(
      `cannot write ${PATH}: its folder is behind a symbolic link`,
    );
    expect(readdirSync(outside)).toEqual([]);
  });
});
