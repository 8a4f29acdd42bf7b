import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openReview } from "../../src/cli/review/review-session.ts";
import { carryOutDeed } from "../../src/cli/review-walk/review-walk-deeds.ts";
import { startOf } from "../../src/cli/review-walk/review-walk-start.ts";
import { cardOf, type WalkState } from "../../src/cli/review-walk/review-walk-state.ts";
import { advance, type WalkEvent } from "../../src/cli/review-walk/review-walk-step.ts";
import type { Walker } from "../../src/cli/review-walk/review-walker.ts";
import { questionId } from "../../src/core/ids.ts";
import { inOrder } from "../../src/review/order.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf } from "../support/temporary-folder.ts";
import { rubricProject, RUBRICS } from "../e2e/rubric-project.ts";
import { BANK, deskProject, draftFor, projectIn, type DeskProject } from "./desk-project.ts";
import { eventsOf, screenOf } from "./walk-cards.ts";

/** What an editor makes of the text it is given; undefined where it fails. */
type Edit = (text: string) => string | undefined;

interface Seat {
  readonly walker: Walker;
  /** Presses keys one after the other, carrying out what they come to. */
  press(keys: string): Promise<void>;
  readonly state: () => WalkState;
  readonly notice: () => string;
  /** The card's question, state, status and draft. */
  readonly card: () => {
    readonly question: string;
    readonly state: string;
    readonly status: string;
    readonly body: string;
  };
  /** Texts that the editor was given, oldest first. */
  readonly given: readonly string[];
}

/** Somebody who walks through a project and whose editor does one thing after the other. */
function seatAt(
  { project }: Pick<DeskProject, "project">,
  edits: readonly Edit[] = [],
  actor = "Ada",
  hasDiffTool = false,
): Seat {
  const given: string[] = [];
  const queue = [...edits];
  const session = openReview(project, []);
  const walker: Walker = {
    project,
    operands: [],
    actor,
    session,
    runTool: (_commandLine, [path = "", ...others]) => {
      const text = readFileSync(path, "utf8");
      given.push(text, ...others.map((other) => readFileSync(other, "utf8")));
      const typed = queue.shift()?.(text);
      if (typed !== undefined) writeFileSync(path, typed);
      return typed === undefined ? 1 : 0;
    },
  };
  let state = startOf(session.items, inOrder(session.items, "file"), {
    filter: "",
    order: "file",
    hasDiffTool,
    now: 0,
  });
  const take = async (event: WalkEvent): Promise<void> => {
    const next = advance(state, event);
    state = next.state;
    const { effect } = next;
    if (effect === undefined || effect.type === "leave" || effect.type === "suspend") return;
    await take(await carryOutDeed(walker, effect, state));
  };
  return {
    walker,
    async press(keys) {
      for (const event of eventsOf(keys)) await take(event);
    },
    state: () => state,
    notice: () => state.notice,
    card: () => {
      const item = cardOf(state);
      if (item === undefined) throw new Error("there is no card");
      const { header, body } = item.proposal;
      return { question: header.question, state: item.state.kind, status: header.status, body };
    },
    given,
  };
}

/** Leaves a fence open and, told so, leaves it all the same. */
function leaveOpen(text: string): string {
  return text.includes("~~~") ? text : `${text}\n~~~\nopen\n`;
}

function logOf({ project }: Pick<DeskProject, "project">): readonly string[] {
  const decisions = openReview(project, []).log.readAll();
  return decisions.map(({ actor, action, via, reason }) =>
    [actor, action, via, ...(reason === undefined ? [] : [reason])].join(" "),
  );
}

function editsIn({ cwd }: DeskProject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith("outputs/edits/")));
}

const QUESTION = "What does part number 1 do, and where does it stop?";
const FILLED = unfilledBank(4).replace(
  "**Answer:** _[To be filled]_",
  "**Answer:**\n\nSomebody wrote this. It is short.",
);

describe("an edit", () => {
  test("is the draft from then on, waits for a decision, and can be taken back", async () => {
    const project = await deskProject();
    const seat = seatAt(project, [(text) => `${text.trimEnd()}\nOne line more.\n\n`]);
    await seat.press("ake");
    const body = `${draftFor(0)}\nOne line more.`;
    expect({ notice: seat.notice(), card: seat.card() }).toEqual({
      notice: "edited; a accepts it",
      card: { question: QUESTION, state: "clean", status: "pending", body },
    });
    await seat.press("au");
    expect(seat.card()).toMatchObject({ status: "pending", body });
    await seat.press("u");
    expect({ notice: seat.notice(), card: seat.card() }).toEqual({
      notice: "the draft is as it was",
      card: { question: QUESTION, state: "clean", status: "pending", body: draftFor(0) },
    });
    expect(logOf(project)).toEqual(
      ["accept", "edit", "accept", "undo", "edit"].map((action) => `Ada ${action} terminal`),
    );
    expect(editsIn(project)).toEqual({});
  });

  test("that would break the file comes back with the reason above it, until it would not", async () => {
    const project = await deskProject();
    const seat = seatAt(project, [
      (text) => `${text}\n## Question 9\n\n**More?**\n`,
      (text) => text.replace(/\n## Question 9[^]*/, "\n~~~\nopen\n"),
      (text) => `${text}~~~\n`,
    ]);
    await seat.press("e");
    expect(seat.notice()).toBe("edited; a accepts it");
    expect(seat.card().body).toBe(`${draftFor(0)}\n\n~~~\nopen\n~~~`);
    const end = "put it right and save, or leave it as it is to give up; lines like this one are not part of the text";
    expect(seat.given.map((text) => text.split("\n").filter((line) => line.startsWith("<!--")))).toEqual([
      [],
      [
        "<!-- answerkey: this cannot be saved: the file would have 5 questions instead of 4 -->",
        `<!-- answerkey: ${end} -->`,
      ],
      ["<!-- answerkey: this cannot be saved: the file would get an unclosed-fence -->", `<!-- answerkey: ${end} -->`],
    ]);
    expect(editsIn(project)).toEqual({});
  });

  test("that its author leaves broken is kept in a file, which is named, and never written over", async () => {
    const project = await deskProject();
    const seat = seatAt(project, [leaveOpen, leaveOpen, leaveOpen, leaveOpen]);
    const before = seat.card();
    await seat.press("e");
    const id = cardOf(seat.state())?.proposal.header.id ?? "";
    expect(seat.notice()).toBe(
      `not saved: the file would get an unclosed-fence; your text is in outputs/edits/${id}.md`,
    );
    await seat.press("e");
    expect(seat.notice()).toContain(`outputs/edits/${id}-2.md`);
    expect(Object.values(editsIn(project)).map((text) => text.endsWith(`${draftFor(0)}\n\n~~~\nopen\n`))).toEqual([
      true,
      true,
    ]);
    expect({ card: seat.card(), log: logOf(project) }).toEqual({ card: before, log: [] });
  });

  test.each<[string, Edit, string]>([
    ["saved as it was", (text) => text, "nothing was changed"],
    ["emptied", () => "\n\n", "nothing was saved: the text was empty"],
    ["left by a failing editor as it was", () => undefined, "the editor failed"],
  ])("%s changes nothing", async (_title, edit, notice) => {
    const project = await deskProject();
    const seat = seatAt(project, [edit]);
    await seat.press("e");
    expect({ notice: seat.notice(), log: logOf(project), edits: editsIn(project) }).toEqual({
      notice,
      log: [],
      edits: {},
    });
  });

  test("of what is in the bank already is refused before an editor opens", async () => {
    const project = await deskProject();
    const seat = seatAt(project);
    await seat.press("awyke");
    expect({ notice: seat.notice(), given: seat.given }).toEqual({
      notice: "it is in the bank; take that back first with: answerkey review undo",
      given: [],
    });
  });
});

describe("a conflict", () => {
  test("mine keeps what is in the bank", async () => {
    const project = await deskProject();
    project.write(FILLED);
    const seat = seatAt(project);
    await seat.press("ac");
    expect(seat.state().pane.kind).toBe("trouble");
    await seat.press("1");
    expect(logOf(project)).toEqual(["Ada reject terminal what the bank holds is kept"]);
  });

  test("draft makes it clean over what is there, to be accepted and written, and undone", async () => {
    const project = await deskProject();
    project.write(FILLED);
    const seat = seatAt(project);
    await seat.press("c2");
    expect({ notice: seat.notice(), card: seat.card() }).toEqual({
      notice: "it belongs there now; a accepts it",
      card: { question: QUESTION, state: "clean", status: "pending", body: draftFor(0) },
    });
    await seat.press("awy");
    expect(seat.notice()).toBe("1 answer written into 1 file");
    expect(project.read()).toContain(draftFor(0));
    await seat.press("u");
    expect(project.read()).toBe(FILLED);
    await seat.press("u");
    expect(seat.notice()).toBe("nothing to take back in this session");
  });

  test("edit gives both texts with marks, which have to go", async () => {
    const project = await deskProject();
    project.write(FILLED);
    const marks = [
      "<<<<<<< now in the bank",
      "Somebody wrote this. It is short.",
      "=======",
      draftFor(0),
      ">>>>>>> draft",
    ];
    const seat = seatAt(project, [
      (text) => text.replace("=======\n", ""),
      () => "Somebody wrote this. It hands its input on.\n",
    ]);
    await seat.press("c3");
    expect(seat.given[0]).toBe(`${marks.join("\n")}\n`);
    expect(seat.given[1]).toContain("this cannot be saved: it still holds the marks of the conflict");
    expect(seat.card()).toEqual({
      question: QUESTION,
      state: "clean",
      status: "pending",
      body: "Somebody wrote this. It hands its input on.",
    });
  });

  test("merged is offered where the log knows what both started from", async () => {
    const base = "It hands its input on. It stops there. Nobody knows why.";
    const project = await deskProject();
    const seat = seatAt(project, [() => base]);
    await seat.press("eawy");
    // Another draft is made over that answer, and somebody changes another sentence of it meanwhile.
    const { store } = seat.walker.session;
    const item = cardOf(seat.state());
    if (item === undefined || !("place" in item.state)) throw new Error("it is in the bank");
    const written = openReview(project.project, []).items.find(({ state }) => state.kind === "done");
    if (written === undefined || !("place" in written.state)) throw new Error("it is in the bank");
    const { header } = written.proposal;
    store.write({
      header: {
        ...header,
        status: "pending",
        revision: 2,
        source: { ...header.source, base_slot_hash: written.state.place.question.slot.hash },
      },
      body: base.replace("Nobody knows why.", "The door is shut."),
    });
    project.write(project.read().replace("It hands its input on.", "It hands all of it on."));
    const next = seatAt(project);
    await next.press("g1<return>c");
    await next.press("3");
    expect(next.card()).toMatchObject({
      state: "clean",
      body: "It hands all of it on. It stops there. The door is shut.",
    });
  });
});

describe("questions that moved on", () => {
  test("a reworded one is told, and by c the draft becomes its", async () => {
    const project = await deskProject();
    const text = project.read();
    project.write(text.replace("part number 1 do, and where", "part number 1 do, and just where"));
    const seat = seatAt(project);
    await seat.press("a");
    expect(seat.notice()).toBe("it is stale and cannot be accepted as it is; c shows the ways out");
    await seat.press("c1");
    expect(seat.card()).toEqual({
      question: "What does part number 1 do, and just where does it stop?",
      state: "clean",
      status: "pending",
      body: draftFor(0),
    });
    await seat.press("u");
    expect(seat.card()).toMatchObject({ question: QUESTION, state: "stale" });
  });

  test("one that is gone can only be rejected", async () => {
    const project = await deskProject();
    project.write(project.read().replace(/## Question 1\n[^]*?---\n\n/, ""));
    const seat = seatAt(project);
    await seat.press("g4<return>a");
    expect(seat.notice()).toBe("it is missing and cannot be accepted as it is");
    await seat.press("cr1");
    expect(logOf(project)).toEqual(["Ada reject terminal wrong"]);
  });
});

describe("two people at once", () => {
  test("who comes second sees what the first one did, and decides nothing unseen", async () => {
    const project = await deskProject();
    const [ada, ben] = [seatAt(project), seatAt(project, [(text) => `${text}Ben was here.\n`], "Ben")];
    await ben.press("e");
    await ada.press("a");
    expect({ notice: ada.notice(), card: ada.card() }).toEqual({
      notice: "it was changed in the meantime; this is it now, and nothing was done",
      card: { question: QUESTION, state: "clean", status: "pending", body: `${draftFor(0)}\nBen was here.` },
    });
    await ada.press("a");
    await ben.press("r1");
    expect(ben.notice()).toBe("it was changed in the meantime; this is it now, and nothing was done");
    await ben.press("a");
    expect(ben.notice()).toBe("it is accepted already");
    // What somebody else decided since is not taken back.
    await ben.press("r2");
    await ada.press("u");
    expect(ada.notice()).toBe("0 decisions taken back; 1 changed in the meantime and were left");
    expect(logOf(project)).toEqual([
      "Ben edit terminal",
      "Ada accept terminal",
      "Ben reject terminal not supported by its sources",
    ]);
  });

  test("a batch leaves what changed, a draft that is edited twice keeps both texts", async () => {
    const project = await deskProject();
    const ben = seatAt(project, [() => "Ben's answer."], "Ben");
    const ada = seatAt(project, [
      () => {
        // While her editor is open he saves his.
        const session = openReview(project.project, []);
        const item = inOrder(session.items, "file")[0];
        if (item === undefined) throw new Error("there are drafts");
        session.store.replace(item.proposal, { ...item.proposal, body: "Ben's answer." });
        return "Ada's answer.";
      },
    ]);
    await ada.press("e");
    const id = cardOf(ada.state())?.proposal.header.id ?? "";
    expect(ada.notice()).toBe(
      `it was changed in the meantime; this is it now, and nothing was done; your text is in outputs/edits/${id}.md`,
    );
    expect({ card: ada.card().body, kept: editsIn(project) }).toEqual({
      card: "Ben's answer.",
      kept: { [`outputs/edits/${id}.md`]: "Ada's answer." },
    });
    await ben.press("A4<return>");
    expect(ben.notice()).toBe("3 drafts accepted; 1 changed in the meantime and were left; no other card waits");
  });

  test("a proposal that fill replaced is gone from the cards", async () => {
    const project = await deskProject();
    const seat = seatAt(project);
    const { store, items } = seat.walker.session;
    for (const { proposal } of items.slice(0, 1)) store.supersede(BANK, questionId(proposal.header.id));
    const gone = inOrder(items, "file").findIndex((item) => item === items[0]);
    await seat.press(`g${gone + 1}<return>a`);
    expect({ notice: seat.notice(), cards: seat.state().cards.length }).toEqual({
      notice: "that proposal is gone; 1 of the cards are gone",
      cards: 3,
    });
  });
});

test("a step that cannot be taken back does not hold up the ones before it", async () => {
  const project = await deskProject();
  const [ada, ben] = [seatAt(project, [(text) => `${text}More.\n`]), seatAt(project, [], "Ben")];
  await ada.press("jakke");
  await ben.press("r1");
  expect(ben.notice()).toBe("it was changed in the meantime; this is it now, and nothing was done");
  await ben.press("r1");
  await ada.press("u");
  expect(ada.notice()).toBe("it was changed in the meantime; this is it now, and nothing was done");
  await ada.press("u");
  expect({ notice: ada.notice(), steps: ada.state().steps }).toEqual({ notice: "1 decision taken back", steps: [] });
});

test("the user's own tool gets both texts, in files that are gone afterwards", async () => {
  const project = await deskProject();
  project.write(FILLED);
  const seat = seatAt(project, [(text) => text], "Ada", true);
  await seat.press("ddd");
  expect({ given: seat.given, notice: seat.notice() }).toEqual({
    given: ["Somebody wrote this. It is short.\n", `${draftFor(0)}\n`],
    notice: "",
  });
});

test("details tell who decided what, and earlier drafts", async () => {
  const project = await deskProject();
  const seat = seatAt(project, [() => "Edited."]);
  await seat.press("ekr3k");
  await seat.press("i");
  const { pane } = seat.state();
  if (pane.kind !== "details") throw new Error("the details are open");
  expect(pane.details.history.map((line) => line.replace(/^\S+ /, ""))).toEqual([
    "Ada: edit (terminal)",
    "Ada: reject (terminal): beside the question",
  ]);
  expect(pane.details.earlier.map(({ body }) => body)).toEqual([draftFor(0)]);
});

test("a write that cannot be is told, and nothing changes", async () => {
  const project = await deskProject();
  const seat = seatAt(project);
  await seat.press("aw");
  project.write(FILLED);
  await seat.press("y");
  expect(seat.notice()).toMatch(/^0 answers written into 0 files; q-[0-9a-f]+ the place holds something else now/);
  expect({ bank: project.read(), state: seat.card().state }).toEqual({ bank: FILLED, state: "clean" });
  await seat.press("w");
  const { pane } = seat.state();
  expect(pane.kind === "apply" && pane.preview.keys).toEqual([]);
});

test("a rubric is read as YAML, told in comments of YAML what is wrong with it, and written", async () => {
  const { cwd, draft, ids, text } = rubricProject();
  await draft();
  const [id = ""] = await ids();
  const project = { cwd, project: await projectIn(cwd) };
  const seat = seatAt(project, [
    (typed) => typed.replace("max: 10", "max: ten"),
    (typed) => typed.replace("max: ten", "max: 20"),
    (typed) => typed.replace("max: 20", "max: 10").replace("rubric: 1\n", "rubric: 1 # read by Ada\n"),
  ]);
  await seat.press(`g${id}<return>`);
  expect(screenOf(seat.state(), 80, 14)).toContain(`${id}.rubric [clean]`);
  expect(screenOf(seat.state(), 80, 14)).toContain(`rubric: 1\nquestion: ${id}\nscale: { max: 10, step: 0.5 }\n`);
  await seat.press("e");
  expect(seat.given.map((given) => given.split("\n")[0]?.replace(/line \d+/, "line N"))).toMatchInlineSnapshot(`
    [
      "rubric: 1",
      "# answerkey: this cannot be saved: line N: scale.max: must be a number",
      "# answerkey: this cannot be saved: line N: the best answer gets 10, so nobody reaches the maximum of 20",
    ]
  `);
  await seat.press("awy");
  expect(seat.notice()).toBe("1 rubric written into 1 file");
  expect(text(`${RUBRICS}/${id}.rubric.yaml`)).toMatch(/^rubric: 1 # read by Ada\nquestion: /);
  await seat.press("u");
  expect(seat.notice()).toBe("1 rubric taken out of the bank again, to be decided anew");
});
