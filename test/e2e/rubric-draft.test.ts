import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { RubricDraftReply } from "../../src/grade/draft/rubric-draft-reply.ts";
import { reply, startModelServer, type Behaviour, type ModelServer } from "../support/model-server.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import {
  answeredBank,
  BANK,
  PROPOSALS,
  RUBRICS,
  rubricProject,
  treeHash,
  type RubricProject,
} from "./rubric-project.ts";

const DRAFTED = {
  code: 0,
  out:
    "3 rubrics proposed in outputs/proposals/ · no request · $0.00\n3 doubtful, to look at first:\n" +
    "  ID.rubric  low-confidence\n  ID.rubric  low-confidence\n  ID.rubric  low-confidence\nnext: answerkey review\n",
  err:
    "3 rubrics to draft\n  1 has no answer yet\nprovider: offline (asked for)\n" +
    "  it picks sentences by word statistics: each draft is flagged low-confidence, and is to be read before it is accepted\n",
};

interface Accepted extends RubricProject {
  readonly id: string;
  readonly rubric: string;
  readonly proposal: string;
  /** Changes a draft in its proposal as an editor would. */
  readonly edit: (id: string, change: (draft: string) => string) => void;
}

/** Three rubrics drafted and accepted. */
async function accepted(files: Readonly<Record<string, string>> = {}): Promise<Accepted> {
  const project = rubricProject(files);
  await project.draft();
  const [id = ""] = await project.ids();
  const proposal = `${PROPOSALS}/${id}.rubric.md`;
  await project.run("review", "accept", "--all", "--despite", "low-confidence", "--by", "Ada");
  return {
    ...project,
    id,
    rubric: `${RUBRICS}/${id}.rubric.yaml`,
    proposal,
    edit: (each, change) => {
      const path = `${PROPOSALS}/${each}.rubric.md`;
      const [, matter = "", draft = ""] = project.text(path).split("---\n");
      writeFileSync(join(project.cwd, path), `---\n${matter}---\n${change(draft)}`);
    },
  };
}

describe("rubrics from reference answers", () => {
  test("go through review and apply like answers, and undo gives the tree back", async () => {
    const project = rubricProject();
    const before = treeHash(join(project.cwd, "questions"));
    const drafted = await project.draft();
    expect({ ...drafted, out: drafted.out.replace(/q-[0-9a-f]{12}/g, "ID") }).toEqual(DRAFTED);
    expect((await project.run("rubric", "lint")).err).toBe(
      "error: there is no rubric here\n  3 drafts for review: answerkey review; then answerkey apply\n",
    );
    const [id = ""] = await project.ids();
    expect(await project.run("review", "accept", "--all", "--by", "Ada")).toEqual({
      code: 0,
      out: "0 proposals accepted by Ada\n",
      err: "3 left for a look: flag low-confidence\n",
    });

    const list = await project.run("review", "list");
    expect(list.out).toMatch(
      /^id +status +state +conf\. +question +flags\n(?:q-[0-9a-f]{12}\.rubric +pending +clean +What does a .*\n){3}/,
    );
    const show = await project.run("review", "show", `${id}.rubric`);
    expect(show.out).toContain(`\nrubric: 1\nquestion: ${id}\nscale: { max: 10, step: 0.5 }\n`);
    expect(show.out).toContain("offline · rubric@1 · $0.00 · critique: not-run");
    expect(show.out).toContain(`source: ${BANK} > What does a lock do, and what goes wrong with it?`);

    expect((await project.run("review", "accept", `${id}.rubric`, "--by", "Ada")).out).toMatch(
      /^1 proposal accepted by Ada\n/,
    );
    await project.run("review", "accept", "--all", "--despite", "low-confidence", "--by", "Ada");
    expect((await project.run("rubric", "lint")).err).toBe(
      "error: there is no rubric here\n  rubrics stand in a folder rubrics/ beside the bank, as <question id>.rubric.yaml; answerkey rubric draft proposes some\n",
    );
    const dry = await project.run("apply", "--dry-run");
    expect(dry.err).toBe("dry run: 3 rubrics would go into 3 files; nothing was written\n");
    expect(dry.out).toContain(`--- /dev/null\n+++ b/${RUBRICS}/${id}.rubric.yaml\n@@ -0,0 +1,`);
    expect(treeHash(join(project.cwd, "questions"))).toBe(before);

    expect((await project.run("apply", "--by", "Ada")).out).toBe(
      "3 rubrics written into 3 files\nto take it back: answerkey review undo --all\n",
    );
    expect(project.text(`${RUBRICS}/${id}.rubric.yaml`)).toMatch(/^rubric: 1\nquestion: q-[^]*[^\n]\n$/);
    const lint = await project.run("rubric", "lint");
    expect({ ...lint, out: lint.out.replace(/q-[0-9a-f]{12}/, "ID") }).toEqual({
      code: 0,
      out: "3 rubrics: 0 errors, 0 warnings\n1 question without a rubric:\n  ID  What does a index do, and what goes wrong with it?\n",
      err: "",
    });
    expect((await project.run("review", "check")).out).toContain("decision log: 6 decisions, chain whole");

    expect(await project.run("review", "undo", "--all")).toEqual({
      code: 0,
      out: "3 rubrics taken out of the bank again\n",
      err: "",
    });
    expect(treeHash(join(project.cwd, "questions"))).toBe(before);
  });

  test("run again with everything pending, accepted or applied sends nothing and changes no file", async () => {
    const project = rubricProject();
    await project.draft();
    const again = async (reason: string, next: string): Promise<void> => {
      const before = filesOf(project.cwd);
      expect(await project.draft()).toEqual({
        code: 0,
        out: `no rubric to draft: 4 questions, no request made, no file changed\n${reason}${next}`,
        err: "",
      });
      expect(filesOf(project.cwd)).toEqual(before);
    };
    await again("  1 has no answer yet\n  3 have a proposal that waits for review\n", "next: answerkey review\n");
    await project.run("review", "accept", "--all", "--despite", "low-confidence");
    await again(
      "  1 has no answer yet\n  3 have an accepted proposal that waits for apply\n",
      "next: answerkey apply --dry-run\n",
    );
    await project.run("apply");
    await again("  1 has no answer yet\n  3 have a rubric\n", "next: answerkey fill\n");
  });

  test("a dry run writes nothing", async () => {
    const project = rubricProject();
    const { code, out } = await project.draft("--dry-run");
    expect({ code, out }).toEqual({
      code: 0,
      out: "dry run: nothing was sent, nothing was written\n  3 rubrics\n  no request leaves this machine, nothing to pay\n",
    });
    expect(Object.keys(filesOf(project.cwd))).toEqual([BANK]);
  });

  test("--only, --limit, --max and --step narrow it down and set the scale", async () => {
    const project = rubricProject();
    await project.draft("--limit", "1", "--max", "4", "--step", "0.25");
    const [id = ""] = await project.ids();
    expect(readdirSync(join(project.cwd, PROPOSALS))).toEqual([`${id}.rubric.md`]);
    expect(project.text(`${PROPOSALS}/${id}.rubric.md`)).toContain("scale: { max: 4, step: 0.25 }");
    expect((await project.draft("--only", "q-nothing")).err).toMatch(/^error: there is no question q-nothing\n/);
    expect((await project.draft("--max", "1", "--step", "2")).err).toMatch(/^error: --step 2 is more than --max 1\n/);
  });

  test("key points come from the proposal whose answer the bank still holds", async () => {
    const cwd = temporaryFolder({
      "questions/sources/lock.md":
        "# Lock\n\nA lock lets one writer in at a time. Readers wait, because they would see half of a change. A lock has a time limit, so that a crash does not stop the system.\n",
      "questions/bank.md": "# Q\n\n## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n",
    });
    const run = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd });
    await run("fill", "--provider", "offline");
    const { items } = shown.parse(JSON.parse((await run("review", "list", "--json")).out));
    await run("review", "accept", ...items.map(({ id }) => id));
    expect((await run("apply")).out).toMatch(/^1 answer written into 1 file\n/);
    await run("rubric", "draft", "--provider", "offline");
    const id = items[0]?.id ?? "";
    const [answer, rubric] = await Promise.all(
      [id, `${id}.rubric`].map(async (each) =>
        shown.parse(JSON.parse((await run("review", "show", each, "--json")).out)),
      ),
    );
    expect(answer?.items[0]?.signals?.key_points.length).toBeGreaterThan(0);
    expect(rubric?.items[0]?.signals?.key_points).toEqual(answer?.items[0]?.signals?.key_points);
  });
});

const shown = z.object({
  items: z.array(z.object({ id: z.string(), signals: z.object({ key_points: z.array(z.string()) }).optional() })),
});

type Fault = readonly [told: string, change: (draft: string, id: string) => string];

const FAULTS: readonly (readonly [Fault, Fault, Fault])[] = [
  [
    ["it would break the file: line 2: deficient indentation", () => "\nrubric: [1\n"],
    ["it would break the file: line 1: criteria: is missing", (draft) => draft.replace("criteria:", "criterias:")],
    [
      "it would break the file: line 2: it marks another question than the one whose file this is",
      (draft, id) => draft.replace(`question: ${id}`, "question: q-0123456789ab"),
    ],
  ],
  [
    [
      "it would break the file: line 3: scale.floor: a floor of 10 is not below the maximum of 10",
      (draft) => draft.replace("max: 10,", "max: 10, floor: 10,"),
    ],
    [
      "it would break the file: it would hold 2 rubrics instead of one",
      (draft) => `rubrics:\n${listed(draft)}${listed(draft)}`,
    ],
    ["the draft is empty", () => ""],
  ],
];

function listed(draft: string): string {
  return `  - ${draft.trim().replaceAll("\n", "\n    ")}\n`;
}

describe("rubrics edited by hand in their proposals", () => {
  test.each(FAULTS)("are refused where they are none, and their text survives: %#", async (...faults) => {
    const project = await accepted();
    const ids = await project.ids();
    for (const [at, id] of ids.entries()) project.edit(id, (draft) => faults[at]?.[1](draft, id) ?? draft);
    const before = filesOf(project.cwd);
    const { code, out } = await project.run("apply");
    expect({ code, out: out.split("\n").slice(1, 4).toSorted() }).toEqual({
      code: 1,
      out: ids.map((id, at) => `${RUBRICS}/${id}.rubric.yaml: ${id}.rubric: ${faults[at]?.[0]}`).toSorted(),
    });
    expect(filesOf(project.cwd)).toEqual(before);
  });

  test("goes in as edited, comments and all", async () => {
    const project = await accepted();
    project.edit(project.id, (draft) => draft.replace("rubric: 1", "# Weighed by hand.\nrubric: 1"));
    const before = project.text(project.proposal);
    expect((await project.run("apply")).out).toMatch(/^3 rubrics written/);
    expect(project.text(project.rubric)).toBe(before.slice(before.indexOf("# Weighed")));
    expect((await project.run("review", "list", "--json")).out).toContain('"edited": true');
  });

  test("does not become the second rubric of a question", async () => {
    const project = await accepted();
    const other = `rubric: 1\nid: by-hand\nmatch: What does a lock do, and what goes wrong with it?\nscale: { max: 1 }\ncriteria:\n  - { id: one, text: Says that one writer is let in., points: 1 }\n`;
    mkdirSync(join(project.cwd, RUBRICS));
    writeFileSync(join(project.cwd, RUBRICS, "by-hand.rubric.yaml"), other);
    const { code, out } = await project.run("apply");
    expect({ code, told: out.split("\n").filter((line) => line.startsWith(RUBRICS)) }).toEqual({
      code: 1,
      told: [
        `${project.rubric}: ${project.id}.rubric: it would break the file: line 2: question ${project.id} has a rubric already, at ${RUBRICS}/by-hand.rubric.yaml:1`,
      ],
    });
  });
});

describe("a rubric that is there", () => {
  test("is drafted anew only by name, shown as a diff, and comes back with undo", async () => {
    const project = await accepted();
    await project.run("apply");
    const kept = `# Kept by hand.\r\n${project.text(project.rubric).replaceAll("\n", "\r\n")}`;
    writeFileSync(join(project.cwd, project.rubric), kept);
    expect((await project.draft("--redo")).out).toContain("3 have a rubric\n");
    expect((await project.draft("--redo", "--only", project.id)).out).toMatch(/^1 rubric proposed/);
    const { out } = await project.run("review", "show", `${project.id}.rubric`);
    expect(out).toContain("against the file as it is:\n--- a/questions/");
    expect(out).toContain("\n-# Kept by hand.\n rubric: 1\n");
    await project.run("review", "accept", `${project.id}.rubric`);
    expect((await project.run("apply")).out).toMatch(/^1 rubric written into 1 file\n/);
    expect(project.text(project.rubric)).toMatch(/^rubric: 1\r\n/);
    await project.run("review", "undo", `${project.id}.rubric`);
    expect(project.text(project.rubric)).toBe(kept);
  });

  test("made by a person meanwhile is a conflict and stays as it is", async () => {
    const project = await accepted();
    mkdirSync(join(project.cwd, RUBRICS));
    writeFileSync(join(project.cwd, project.rubric), "rubric: 1 # mine\n");
    const { code, out } = await project.run("apply");
    expect(code).toBe(1);
    expect(out).toContain(`${project.id}.rubric: the place holds something else now; nothing was overwritten\n`);
    expect(project.text(project.rubric)).toBe("rubric: 1 # mine\n");
  });

  test("changed since it was applied is not taken back", async () => {
    const project = await accepted();
    await project.run("apply");
    const changed = project.text(project.rubric).replace("max: 10", "max: 20");
    writeFileSync(join(project.cwd, project.rubric), changed);
    const { code, out } = await project.run("review", "undo", `${project.id}.rubric`);
    expect({ code, out }).toEqual({
      code: 1,
      out: `0 decisions taken back\n${project.id}.rubric was changed in the bank since; take it out by hand\n`,
    });
    expect(project.text(project.rubric)).toBe(changed);
  });

  test("applied or taken back by a process that was killed is put right by the next one", async () => {
    const project = await accepted();
    const before = treeHash(join(project.cwd, "questions"));
    const copies = temporaryFolder();
    const proposals = join(project.cwd, "outputs/proposals");
    cpSync(proposals, join(copies, "accepted"), { recursive: true });
    await project.run("apply");
    cpSync(proposals, join(copies, "applied"), { recursive: true });
    cpSync(join(project.cwd, RUBRICS), join(copies, "rubrics"), { recursive: true });
    const undone = { code: 0, out: "3 rubrics taken out of the bank again\n", err: "" };
    for (const [status, rubrics] of [["accepted"], ["applied", "rubrics"], ["applied"]] as const) {
      cpSync(join(copies, status), proposals, { recursive: true });
      if (rubrics !== undefined) cpSync(join(copies, rubrics), join(project.cwd, RUBRICS), { recursive: true });
      expect(await project.run("review", "undo", "--all")).toEqual(undone);
      expect(treeHash(join(project.cwd, "questions"))).toBe(before);
    }
  });

  test("goes with its bank to another folder, and undo finds it there", async () => {
    const project = await accepted();
    renameSync(join(project.cwd, "questions/parts"), join(project.cwd, "questions/pieces"));
    const before = treeHash(join(project.cwd, "questions"));
    expect((await project.run("apply")).out).toMatch(/^3 rubrics written into 3 files\n/);
    expect(readdirSync(join(project.cwd, "questions/pieces/rubrics")).length).toBe(3);
    expect((await project.run("review", "undo", "--all")).out).toBe("3 rubrics taken out of the bank again\n");
    expect(treeHash(join(project.cwd, "questions"))).toBe(before);
  });

  test("sent back is drafted again, and the earlier draft is kept", async () => {
    const project = rubricProject();
    await project.draft();
    const [id = ""] = await project.ids();
    const first = project.text(`${PROPOSALS}/${id}.rubric.md`);
    expect((await project.run("review", "reject", `${id}.rubric`, "--redo")).out).toMatch(
      /next: answerkey rubric draft\n$/,
    );
    expect((await project.run("fill", "--provider", "offline", "--dry-run")).out).toContain("  1 draft\n");
    expect((await project.draft()).out).toMatch(/^1 rubric proposed/);
    expect(project.text(`${PROPOSALS}/${id}.rubric.md`)).toContain("revision: 2\n");
    const superseded = project.text(`outputs/superseded/questions/parts/rubrics/${id}.rubric.r1.md`);
    expect(superseded).toBe(first.replace('status: "pending"', 'status: "rejected"'));
  });
});

describe("proposals that came with a cloned folder", () => {
  test("that name other places write nothing", async () => {
    const project = await accepted();
    const ids = await project.ids();
    const places = [".github/workflows/ci.rubric.yaml", "../rubrics/q-0123456789ab.rubric.yaml", BANK];
    for (const [at, id] of ids.entries()) {
      const path = join(project.cwd, PROPOSALS, `${id}.rubric.md`);
      const own = `path: "${RUBRICS}/${id}.rubric.yaml"`;
      writeFileSync(path, readFileSync(path, "utf8").replace(own, `path: "${places[at]}"`));
    }
    const before = filesOf(project.cwd);
    const check = await project.run("review", "check");
    const told = ids.map((id) => {
      return `${PROPOSALS}/${id}.rubric.md:7: not a proposal: source.path: not where the rubric of that question belongs`;
    });
    expect(check.code).toBe(1);
    expect(check.out.split("\n").filter((line) => line.startsWith(PROPOSALS))).toEqual(told.toSorted());
    expect((await project.run("apply")).out).toMatch(/^nothing to apply: no proposal is accepted\n/);
    expect(filesOf(project.cwd)).toEqual(before);
  });

  test("that name a bank elsewhere are not counted where they stand", async () => {
    const project = await accepted();
    const moved = project.text(project.proposal).replaceAll("questions/parts/", "../");
    writeFileSync(join(project.cwd, project.proposal), moved);
    expect((await project.run("review", "check")).out).toContain(
      `${project.proposal}:1: not a proposal: its id or source.path is not that of its own path\n`,
    );
  });

  test("and links in the place of rubrics lead nowhere", async () => {
    const project = await accepted();
    const outside = temporaryFolder();
    symlinkSync(outside, join(project.cwd, RUBRICS));
    const { code, out } = await project.run("apply");
    expect({ code, out: out.split("\n")[1]?.replace(/q-[0-9a-f]{12}/g, "ID") }).toEqual({
      code: 1,
      out: `${RUBRICS}/ID.rubric.yaml: ID.rubric: the file is not written: its folder is behind a symbolic link`,
    });
    expect(readdirSync(outside)).toEqual([]);
    rmSync(join(project.cwd, RUBRICS));
    mkdirSync(join(project.cwd, RUBRICS));
    symlinkSync(join(project.cwd, BANK), join(project.cwd, project.rubric));
    expect((await project.run("apply")).out).toContain("the file is not written: it is a symbolic link");
    expect(project.text(BANK)).toBe(answeredBank());
  });
});

const GOOD: RubricDraftReply = {
  obstacle: "",
  parts: [],
  criteria: [
    {
      basis: "A lock lets one writer in at a time.",
      name: "one writer",
      text: "Says that one writer is let in at a time.",
      weight: "major",
      full: "Says that writers take turns.",
      partial: "",
      none: "Says nothing of writers.",
      accepts: ["writers take turns"],
      rejects: [],
      items: [],
    },
  ],
  mistakes: [],
  guidelines: "",
};

const ENV = { OPENAI_API_KEY: "sk-test-4f9c2b7a1e8d6035-do-not-print" };
const PRICES = "grade:\n  prices:\n    test-model: { input: 1, output: 10 }\n";

async function served(behave: (user: string) => Behaviour): Promise<{
  readonly server: ModelServer;
  readonly project: RubricProject;
  readonly ask: (...args: readonly string[]) => Promise<CliResult>;
}> {
  const server = await startModelServer(({ user }) => behave(user));
  onTestFinished(() => server.close());
  const project = rubricProject({ "answerkey.config.yaml": PRICES });
  const ask = (...args: readonly string[]): Promise<CliResult> =>
    runCli([...args, "--base-url", server.url, "--model", "test-model"], { cwd: project.cwd, env: ENV });
  return { server, project, ask };
}

function replyTo(user: string): Behaviour {
  if (user.includes("What does a lock do")) return reply(JSON.stringify(GOOD), { usage: { input: 800, output: 200 } });
  if (user.includes("What does a queue do"))
    return reply(JSON.stringify({ ...GOOD, criteria: [], obstacle: "Words of the model." }));
  return reply("not JSON");
}

describe("rubrics drafted by a model", () => {
  test("carry where they come from; what brought none is told in our words", async () => {
    const { server, project, ask } = await served(replyTo);
    const { code, out } = await ask("rubric", "draft");
    expect(code).toBe(1);
    expect(out.replace(/q-[0-9a-f]{12}/g, "ID").replace(/· \d+ requests · .*/, "· COST")).toMatchInlineSnapshot(`
      "1 rubric proposed in outputs/proposals/ · COST
      1 doubtful, to look at first:
        ID.rubric  single-criterion
      1 ended as refused: the drafter found nothing in the answer to mark by
        questions/parts/bank.md:13  ID
      1 ended as invalid: the reply did not fit what was asked for, also when asked again
        questions/parts/bank.md:23  ID
      next: answerkey review
      "
    `);
    const [id = ""] = await project.ids();
    const proposal = project.text(`${PROPOSALS}/${id}.rubric.md`);
    expect(proposal).toContain('  model: "test-model"\n  model_answered: "test-model-2026"\n  prompt: "rubric@1"\n');
    expect(proposal).toContain("  tokens_in: 800\n  tokens_out: 200\n  cost_usd: 0.0028\n");
    expect(project.text(`${PROPOSALS}/${id}.rubric.md`)).toContain(GOOD.criteria[0]?.text);
    const asked = server.requests.length;
    await ask("rubric", "draft");
    expect(server.requests.length - asked).toBe(0);
    expect(Object.values(filesOf(project.cwd)).filter((text) => text.includes(ENV.OPENAI_API_KEY))).toEqual([]);
  });

  test("stop at the budget, and resume goes on in the same run", async () => {
    const { server, project, ask } = await served(() =>
      reply(JSON.stringify({ ...GOOD, criteria: [], obstacle: "no" })),
    );
    const stopped = await ask("rubric", "draft", "--budget", "0.0001");
    expect({ code: stopped.code, requests: server.requests.length }).toEqual({ code: 75, requests: 0 });
    expect(stopped.out).toMatch(/next: answerkey resume \S+ --base-url \S+ --budget <more>\n/);
    const resumed = await ask("resume", "--budget", "10");
    expect({ code: resumed.code, requests: server.requests.length }).toEqual({ code: 1, requests: 3 });
    expect(resumed.out).toContain("3 ended as refused: the drafter found nothing in the answer to mark by\n");
    expect(readdirSync(join(project.cwd, "outputs/runs")).length).toBe(1);
    expect(
      readFileSync(
        join(project.cwd, "outputs/runs", readdirSync(join(project.cwd, "outputs/runs"))[0] ?? "", "request.json"),
        "utf8",
      ),
    ).toContain('"command": "rubric draft"');
  });
});
