import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ProjectDesk } from "../../src/cli/review-desk/review-desk.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { projectIn, proposalItemAt, rowAt } from "./desk-project.ts";

const BANK =
  "## Question 1\n\n**What isa queueand howis it used?**\n\n**Answer:** It keeps work.\n\n" +
  "## Question 2\n\n**Why is a queue used, and how is it?**\n\n**Answer:** It waits.\n";

test("the page shows a repair as what it changes, lets blanks be moved and nothing else, writes it and takes it back", async () => {
  const cwd = temporaryFolder({ "questions/a.md": BANK });
  const bank = (): string => readFileSync(join(cwd, "questions/a.md"), "utf8");
  await runInProcess(["audit", "--fix"], { cwd });
  const desk = new ProjectDesk(await projectIn(cwd), [], "ada@example.test");
  onTestFinished(() => desk.close());

  const { id, etag, ...row } = rowAt(desk, 0);
  expect({ kind: row.kind, state: row.state, title: row.title, place: row.place }).toEqual({
    kind: "wording",
    state: "clean",
    title: "What isa queueand howis it used?",
    place: "questions/a.md",
  });
  const { now, draft, trouble } = proposalItemAt(desk, 0);
  expect({ now, draft, trouble }).toEqual({
    now: "What isa queueand howis it used?",
    draft: "What is a queue and how is it used?",
    trouble: null,
  });
  expect(await desk.saveDraft(id, etag, "What was a queue?")).toEqual({
    status: "refused",
    message: "This cannot be the draft: the question at line 1 would change.",
  });
  expect(await desk.decide(id, etag, { action: "accept" })).toMatchObject({ status: "done", message: "Accepted." });
  expect(await desk.apply(false)).toMatchObject({ written: 1, refused: [] });
  expect(bank()).toBe(BANK.replace("isa queueand howis", "is a queue and how is"));
  expect(await desk.undo(null)).toMatchObject({ status: "done" });
  expect(bank()).toBe(BANK);
});
