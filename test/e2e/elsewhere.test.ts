import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unfilledBank } from "../support/small-bank.ts";
import { draftingProject } from "./drafting-project.ts";

test("a bank outside questions/, once named to fill, is known to review, apply and undo", async () => {
  const text = unfilledBank(2, "wheel");
  const project = await draftingProject({ questions: 1, files: { "docs/wheels.md": text } });
  expect((await project.run("fill", "docs/wheels.md")).code).toBe(0);
  expect(await project.run("review", "accept", "--all", "--by", "Ada")).toEqual({
    code: 0,
    out: "2 proposals accepted by Ada\nnext: answerkey apply --dry-run\n",
    err: "",
  });
  expect((await project.run("apply")).out).toBe(
    "2 answers written into 1 file\nto take it back: answerkey review undo --all\n",
  );
  expect((await project.run("review", "undo", "--all")).out).toBe("2 answers taken out of the bank again\n");
  expect(readFileSync(join(project.cwd, "docs/wheels.md"), "utf8")).toBe(text);
});
