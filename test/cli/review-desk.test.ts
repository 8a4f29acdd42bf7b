import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReview } from "../../src/cli/review/review-session.ts";
import { z } from "zod";
import type { QueueRow } from "../../src/web/api.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { BANK, deskProject, draftFor, proposalItemAt, rowAt, type DeskProject } from "./desk-project.ts";

/** The decision log, a line an entry: who did what by which door. */
function logOf({ project }: DeskProject): readonly string[] {
  return openReview(project, [])
    .log.readAll()
    .map(({ actor, action, via, reason }) => [actor, action, via, reason ?? ""].join(" "));
}

function seen(rows: readonly QueueRow[]): readonly { readonly id: string; readonly etag: string }[] {
  return rows.map(({ id, etag }) => ({ id, etag }));
}

describe("the queue", () => {
  test("tells each draft on a line, and what is open", async () => {
    const { desk } = await deskProject({ flags: [["long"]] });
    const { rows, totals, actor } = desk().queue();
    const [first] = rows;
    expect({ ...first, id: "", etag: "", name: first?.name.slice(0, 2) }).toEqual({
      id: "",
      name: "q-",
      kind: "answer",
      status: "pending",
      state: "clean",
      title: "What does part number 1 do, and where does it stop?",
      place: BANK,
      candidate: "",
      words: 13,
      confidence: 0.5,
      cost: 0.25,
      model: "offline",
      prompt: "draft@1",
      run: "2030-01-02t03-04-05z",
      flags: ["long"],
      edited: false,
      revision: 1,
      etag: "",
    });
    expect({ totals, actor, rows: rows.length }).toEqual({
      totals: { pending: 4, acceptedNotApplied: 0, conflicts: 0, spent: 1 },
      actor: "ada@example.test",
      rows: 4,
    });
  });

  test("stands as its files do, on the page and in the list", async () => {
    const { cwd, desk } = await deskProject({ files: { [BANK]: unfilledBank(9) } });
    const inFile = [...unfilledBank(9).matchAll(/^\*\*(.+\?)\*\*$/gm)].map(([, question]) => question);
    expect(
      desk()
        .queue()
        .rows.map(({ title }) => title),
    ).toEqual(inFile);
    const { out } = await runInProcess(["review", "list", "--json"], { cwd });
    const listed = z.object({ items: z.array(z.object({ question: z.string() })) });
    expect(listed.parse(JSON.parse(out)).items.map(({ question }) => question)).toEqual(inFile);
  });

  test("has the same ids, etags and version in every session", async () => {
    const { desk } = await deskProject();
    expect(desk("grace").queue()).toEqual({ ...desk().queue(), actor: "grace" });
  });
});

describe("an item", () => {
  test("shows the draft against what the slot holds, and where it stands", async () => {
    const { desk } = await deskProject();
    const { question, draft, now, neighbours, trouble, generated, revisions, restored } = proposalItemAt(desk(), 1);
    expect({ question, draft, now, neighbours, trouble, generated, revisions, restored }).toEqual({
      question: "What does part number 2 do, and where does it stop?",
      draft: draftFor(1),
      now: "_[To be filled]_",
      neighbours: {
        before: "What does part number 1 do, and where does it stop?",
        after: "What does part number 3 do, and where does it stop?",
      },
      trouble: null,
      generated: null,
      revisions: [],
      restored: null,
    });
    expect(desk().item("0".repeat(32), true)).toBeUndefined();
  });
});

describe("what stands below a question", () => {
  const programs = ["log(1)", "log(2)"].map(
    (code) => `### What does this print?\n\n\`\`\`js\n${code}\n\`\`\`\n\n**Answer:** _[To be filled]_\n`,
  );

  test("goes with it, on the page and in the terminal", async () => {
    const { cwd, desk } = await deskProject({ files: { [BANK]: `# Output\n\n${programs.join("\n")}` } });
    expect([0, 1].map((at) => proposalItemAt(desk(), at).body)).toEqual(["```js\nlog(1)\n```", "```js\nlog(2)\n```"]);
    const { out } = await runInProcess(["review", "show", rowAt(desk(), 1).name], { cwd });
    expect(out).toContain("What does this print?\n\n```js\nlog(2)\n```\n\n");
  });
});

describe("deciding", () => {
  test("accept, apply and take back: the bank is as it was, to the byte", async () => {
    const project = await deskProject();
    const before = project.read();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    const accepted = await desk.decide(id, etag, { action: "accept" });
    expect(accepted).toEqual({ status: "done", etag: rowAt(desk, 0).etag, message: "Accepted." });

    const dry = await desk.apply(true);
    expect(project.read()).toBe(before);
    const real = await desk.apply(false);
    expect([dry.written, real.written, real.refused]).toEqual([1, 1, []]);
    expect(dry.files).toEqual(real.files);
    expect(project.read()).toBe(before.replace(" _[To be filled]_", `\n\n${draftFor(0)}`));
    expect(rowAt(desk, 0)).toMatchObject({ status: "applied", state: "done" });

    expect(await desk.undo(null)).toMatchObject({ status: "done", message: "Taken back." });
    expect(project.read()).toBe(before);
    expect(rowAt(desk, 0)).toMatchObject({ status: "pending", state: "clean" });
    expect(logOf(project)).toEqual([
      "ada@example.test accept web ",
      "ada@example.test apply apply ",
      "ada@example.test revert apply ",
    ]);
  });

  test("says why not", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const row = rowAt(desk, 0);
    expect(await desk.decide(row.id, row.etag, { action: "undo" })).toEqual({
      status: "refused",
      message: "It has no decision to take back.",
    });
    expect(await desk.decide(row.id, row.etag, { action: "mark", levels: {} })).toMatchObject({ status: "refused" });
    expect(await desk.decide("0".repeat(32), row.etag, { action: "accept" })).toMatchObject({ status: "conflict" });
    expect(logOf(project)).toEqual([]);
  });

  test("a reason goes into the log, an empty one does not", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const [one, two] = [rowAt(desk, 0), rowAt(desk, 1)];
    await desk.decide(one.id, one.etag, { action: "reject", reason: " wrong topic " });
    await desk.decide(two.id, two.etag, { action: "redo", reason: "" });
    expect(logOf(project)).toEqual(["ada@example.test reject web wrong topic", "ada@example.test redo web "]);
    expect(desk.queue().rows.map(({ status }) => status)).toEqual(["rejected", "rejected", "pending", "pending"]);
  });
});

describe("somebody else changed it meanwhile", () => {
  const changes: readonly (readonly [string, (project: DeskProject) => Promise<void> | void])[] = [
    [
      "decided in another window",
      async ({ desk }) => {
        const other = desk("grace");
        const { id, etag } = rowAt(other, 0);
        await other.decide(id, etag, { action: "reject", reason: "" });
      },
    ],
    [
      "edited the proposal's file",
      ({ cwd, project }) => {
        const path = join(cwd, openReview(project, []).store.list().proposals[0]?.path ?? "");
        writeFile(path, readFileSync(path, "utf8").replace("one check", "two checks"));
      },
    ],
    ["filled the slot by hand", ({ read, write }) => write(read().replace("_[To be filled]_", "By hand."))],
    [
      "reworded the question",
      ({ read, write }) => write(read().replace("part number 1 do", "part number 1 really do")),
    ],
    ["removed the bank", ({ write }) => write("# Nothing\n")],
  ];

  test.each(changes)("%s: the decision is not carried out", async (_title, change) => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    await change(project);
    const log = logOf(project);
    expect(await desk.decide(id, etag, { action: "accept" })).toMatchObject({ status: "conflict" });
    expect(logOf(project)).toEqual(log);
    expect(desk.item(id, true)?.etag).not.toBe(etag);
  });

  test("what happened elsewhere in the bank does not matter", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    project.write(`Above.\n\n${project.read()}\n${unfilledBank(1, "screw")}`);
    expect(await desk.decide(id, etag, { action: "accept" })).toMatchObject({ status: "done" });
    expect(await desk.apply(false)).toMatchObject({ written: 1 });
    expect(project.read().startsWith("Above.\n\n# Questions")).toBe(true);
  });

  test("a slot that holds something else is a conflict, and its draft may be meant for it all the same", async () => {
    const project = await deskProject();
    const desk = project.desk();
    project.write(project.read().replace("_[To be filled]_", "By hand. It stops."));
    const { id } = rowAt(desk, 0);
    await desk.decide(id, rowAt(desk, 0).etag, { action: "accept" });
    const item = proposalItemAt(desk, 0);
    expect(item.trouble).toMatchObject({ kind: "conflict", offer: { merged: undefined } });
    expect(await desk.decide(id, item.etag, { action: "accept" })).toEqual({
      status: "refused",
      message: "It is in conflict and cannot be accepted as it is.",
    });
    const anchored = await desk.decide(id, item.etag, { action: "reanchor" });
    expect(anchored).toMatchObject({ status: "done" });
    expect(rowAt(desk, 0)).toMatchObject({ id, status: "pending", state: "clean" });
    expect(await desk.undo(null)).toMatchObject({ status: "done" });
    expect(rowAt(desk, 0)).toMatchObject({ id, status: "pending", state: "conflict" });
  });

  test("a reworded question is offered, and the draft goes to it under its id", async () => {
    const project = await deskProject();
    project.write(project.read().replace("part number 1 do", "part number 1 really do"));
    const desk = project.desk();
    const stale = desk.queue().rows.find(({ state }) => state === "stale");
    const item = desk.item(stale?.id ?? "", true);
    expect(item).toMatchObject({
      trouble: { kind: "stale", nearest: "What does part number 1 really do, and where does it stop?" },
    });
    const change = await desk.decide(stale?.id ?? "", stale?.etag ?? "", { action: "reanchor" });
    const id = change.status === "done" ? (change.id ?? "") : "";
    expect(desk.item(stale?.id ?? "", true)).toBeUndefined();
    expect(desk.queue().rows.find((row) => row.id === id)).toMatchObject({ state: "clean", status: "pending" });
    expect(await desk.undo(null)).toMatchObject({ status: "done", id: stale?.id });
    expect(desk.queue().rows.filter(({ state }) => state === "stale")).toHaveLength(1);
  });

  test("of several questions that could be meant, a person says which one it is", async () => {
    const project = await deskProject({ files: { [BANK]: unfilledBank(1) } });
    const block = project.read().replace(/^[^#]*# .*\n+/, "");
    project.write(
      `# Parts\n\n${block.replace("Question 1", "Question 7")}\n${block.replace("Question 1", "Question 8")}`,
    );
    const desk = project.desk();
    const { id } = rowAt(desk, 0);
    const item = proposalItemAt(desk, 0);
    expect(item.trouble).toEqual({
      kind: "ambiguous",
      places: [`${BANK}:3 under Parts: no answer`, `${BANK}:11 under Parts: no answer`],
    });
    for (const place of [undefined, 2]) {
      expect(await desk.decide(id, item.etag, { action: "reanchor", place })).toMatchObject({ status: "refused" });
    }
    const change = await desk.decide(id, item.etag, { action: "reanchor", place: 1 });
    expect(change).toMatchObject({ status: "done" });
    const { state, etag, id: now } = rowAt(desk, 0);
    expect(state).toBe("clean");
    await desk.decide(now, etag, { action: "accept" });
    await desk.apply(false);
    expect(project.read().indexOf("Draft 0")).toBeGreaterThan(project.read().indexOf("Question 8"));
    expect(project.read()).toContain(
      "Question 7\n\n**What does part number 1 do, and where does it stop?**\n\n**Answer:** _[To be filled]_",
    );
  });
});

describe("editing a draft", () => {
  test.each([
    ["another question", "It stops.\n\n## Question 9\n\n**Where?**", "the file would have 5 questions instead of 4"],
    ["a fence that is not closed", "It stops.\n\n```\ncode", "the file would get an unclosed-fence"],
    ["a placeholder", "_[To be filled]_", "would still count as placeholder"],
    ["nothing", " \n", "it is empty"],
  ])("%s is refused, and nothing is written", async (_title, text, why) => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    const before = filesOf(join(project.cwd, "outputs/proposals"));
    const change = await desk.saveDraft(id, etag, text);
    expect(change.status).toBe("refused");
    expect(change.message).toContain(why);
    expect(filesOf(join(project.cwd, "outputs/proposals"))).toEqual(before);
    expect(rowAt(desk, 0).etag).toBe(etag);
  });

  test("a sound text becomes the draft, waits for a decision, and can be taken back", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const { id, etag } = rowAt(desk, 0);
    const accepted = await desk.decide(id, etag, { action: "accept" });
    const saved = await desk.saveDraft(
      id,
      accepted.status === "done" ? (accepted.etag ?? "") : "",
      "It stops.\r\nHere.\n",
    );
    expect(saved).toMatchObject({ status: "done", etag: rowAt(desk, 0).etag });
    const { draft, generated, row } = proposalItemAt(desk, 0);
    expect({ draft, generated, status: row.status, edited: row.edited }).toEqual({
      draft: "It stops.\nHere.",
      generated: draftFor(0),
      status: "pending",
      edited: true,
    });
    expect(await desk.undo(null)).toMatchObject({ status: "done" });
    expect(proposalItemAt(desk, 0)).toMatchObject({ draft: draftFor(0), generated: null });
    expect(logOf(project)).toEqual([
      "ada@example.test accept web ",
      "ada@example.test edit web ",
      "ada@example.test edit web ",
    ]);
  });
});

describe("accepting all clean ones", () => {
  test("takes them together and takes them back together", async () => {
    const project = await deskProject();
    const desk = project.desk();
    expect(await desk.acceptAll(seen(desk.queue().rows), 4)).toEqual({
      status: "done",
      etag: null,
      message: "4 drafts accepted.",
    });
    expect(desk.queue().totals).toMatchObject({ pending: 0, acceptedNotApplied: 4 });
    expect(await desk.undo(null)).toMatchObject({ status: "done" });
    expect(desk.queue().totals).toMatchObject({ pending: 4, acceptedNotApplied: 0 });
    expect(await desk.undo(null)).toMatchObject({ status: "refused" });
  });

  test("takes none where the count, an item or a flag is not as it was seen", async () => {
    const project = await deskProject({ flags: [[], [], [], ["long"]] });
    const desk = project.desk();
    const clean = seen(desk.queue().rows.slice(0, 3));
    expect(await desk.acceptAll(clean, 4)).toMatchObject({ status: "conflict" });
    expect(await desk.acceptAll([...clean, ...clean.slice(0, 1)], 4)).toMatchObject({ status: "conflict" });
    expect(await desk.acceptAll(seen(desk.queue().rows), 4)).toMatchObject({ status: "conflict" });
    project.write(project.read().replace("_[To be filled]_", "By hand."));
    expect(await desk.acceptAll(clean, 3)).toMatchObject({ status: "conflict" });
    expect(logOf(project)).toEqual([]);
  });
});

describe("the activity", () => {
  test("tells what was done, newest first, and takes back the last word on each", async () => {
    const project = await deskProject();
    const desk = project.desk();
    const [one, two] = [rowAt(desk, 0), rowAt(desk, 1)];
    await desk.decide(one.id, one.etag, { action: "reject", reason: "wrong" });
    await desk.decide(two.id, two.etag, { action: "accept" });
    await desk.decide(one.id, rowAt(desk, 0).etag, { action: "accept" });
    expect(desk.activity().map(({ seq, action, id, undoable, reason }) => [seq, action, id, undoable, reason])).toEqual(
      [
        [3, "accept", one.id, true, ""],
        [2, "accept", two.id, true, ""],
        [1, "reject", one.id, false, "wrong"],
      ],
    );
    expect(await desk.undo(1)).toMatchObject({ status: "conflict" });
    expect(await desk.undo(2)).toMatchObject({ status: "done" });
    expect(await desk.undo(2)).toMatchObject({ status: "conflict" });
    expect(await desk.undo(99)).toMatchObject({ status: "refused" });
    expect(desk.queue().rows.map(({ status }) => status)).toEqual(["accepted", "pending", "pending", "pending"]);
  });

  test("an undo is refused where the item was changed again", async () => {
    const project = await deskProject();
    const [desk, other] = [project.desk(), project.desk("grace")];
    const { id, etag } = rowAt(desk, 0);
    await desk.decide(id, etag, { action: "accept" });
    await other.decide(id, rowAt(other, 0).etag, { action: "accept" });
    other.item(id, true);
    await other.decide(id, rowAt(other, 0).etag, { action: "reject", reason: "" });
    expect(await desk.undo(null)).toMatchObject({ status: "conflict" });
    expect(rowAt(desk, 0).status).toBe("rejected");
  });
});
