import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BatchHost, type Moment } from "../support/batch-host.ts";
import { reply, startModelServer, type Behaviour, type ModelServer, type Seen } from "../support/model-server.ts";
import { collect, runCli, startCli, type CliResult } from "../support/run-cli.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import { journalLines } from "./drafting-project.ts";
import {
  ANSWERS,
  EXAM,
  EXAM_FILES,
  gradesOf,
  honestReply,
  marksOf,
  rubricPath,
  THREE_CANDIDATES,
} from "./grading-project.ts";
import { answeredBank, BANK, PROPOSALS } from "./rubric-project.ts";

const ENV = { OPENAI_API_KEY: "key" };
const REPOSITORY = join(import.meta.dirname, "../..");

interface Hosted {
  readonly cwd: string;
  readonly host: BatchHost;
  readonly server: ModelServer;
  readonly ask: (...args: readonly string[]) => Promise<CliResult>;
}

async function hosted(behave: (seen: Seen) => Behaviour, files: Readonly<Record<string, string>>): Promise<Hosted> {
  const host = new BatchHost({ behave, looks: 0 });
  const server = await startModelServer(behave, { route: host.route });
  onTestFinished(() => server.close());
  const cwd = temporaryFolder(files);
  const line = (args: readonly string[]): readonly string[] => [...args, "--base-url", server.url, "--model", "m"];
  return { cwd, host, server, ask: (...args) => runCli(line(args), { cwd, env: ENV }) };
}

/** Leaves the first batch in flight. */
async function inFlight({ host, ask }: Hosted, ...args: readonly string[]): Promise<CliResult> {
  const { behave } = host.options;
  host.options = { behave, looks: 9 };
  const result = await ask(...args, "--tier", "batch");
  host.options = { behave, looks: 0 };
  return result;
}

const exam = { ...EXAM_FILES, ...THREE_CANDIDATES };

describe("grade --tier batch", () => {
  test("comes to the marks of a direct run, with no direct request", async () => {
    const direct = await hosted(honestReply, exam);
    await direct.ask("grade", ANSWERS);
    const batch = await hosted(honestReply, exam);
    const first = await inFlight(batch, "grade", ANSWERS);
    expect({ code: first.code, says: /1 batch in flight with \d+ requests; often back/.test(first.out) }).toEqual({
      code: 75,
      says: true,
    });
    expect((await batch.ask("resume", "--wait")).code).toBe(0);
    expect(marksOf(batch.cwd)).toEqual(marksOf(direct.cwd));
    expect(Object.keys(marksOf(batch.cwd))).toHaveLength(6);
    expect(batch.server.requests).toEqual([]);
    const asked = batch.host.asked.map((id) => id.slice(0, 40));
    expect(new Set(asked).size).toBe(direct.server.requests.length);
  });

  test("a prompt and a rubric edited meanwhile: judged by the old prompt, and by the new rubric only", async () => {
    const prompt = readFileSync(join(REPOSITORY, "prompts/grade.md"), "utf8");
    const project = await hosted(honestReply, { ...exam, "prompts/grade.md": prompt });
    await inFlight(project, "grade", ANSWERS);
    const asked = project.host.asked.length;
    writeFileSync(join(project.cwd, "prompts/grade.md"), prompt.replace("# System\n", "# System\n\nBe strict.\n"));
    const [, index] = EXAM;
    const path = join(project.cwd, rubricPath(index));
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace("changes of rows take longer", "writes of rows take longer"),
    );
    const { code, err } = await project.ask("resume", "--wait");
    expect(code).toBe(0);
    expect(err).toMatch(/prompts\/grade\.md changed since run \S+ began; it goes on with the prompts it began with/);
    expect(err).toMatch(/\d replies answer what is not asked any more/);
    const again = project.host.batches.slice(1).flatMap(({ lines }) => lines.map((line) => JSON.stringify(line.body)));
    expect(again.length).toBeLessThan(asked);
    expect(again.filter((body) => body.includes("Be strict."))).toEqual([]);
    expect(again.filter((body) => body.includes("changes of rows take longer"))).toEqual([]);
    expect(again.some((body) => body.includes("writes of rows take longer"))).toBe(true);
  });
});

const MOMENTS: readonly Moment[] = [
  "before-upload",
  "after-upload",
  "before-create",
  "after-create",
  "answered-create",
  "look",
];

test.each(MOMENTS)("grade --tier batch killed at %s: one batch, one grade an answer", async (at) => {
  const { cwd, host, server, ask } = await hosted(honestReply, exam);
  const line = ["grade", ANSWERS, "--tier", "batch", "--wait", "--base-url", server.url, "--model", "m"];
  const child = startCli(line, { cwd, env: ENV });
  const killed = collect(child);
  const kill = (moment: Moment): "skip" | undefined => {
    if (moment !== at) return undefined;
    child.kill("SIGKILL");
    return "skip";
  };
  host.options = { behave: honestReply, at: kill };
  expect((await killed).code).toBeNull();
  host.options = { behave: honestReply, looks: 0 };
  expect((await ask("resume", "--wait")).code).toBe(0);
  // Five answers; one of them is judged three times.
  expect(host.batches.map(({ lines }) => lines.length)).toEqual([5, 1, 1]);
  expect(new Set(host.asked).size).toBe(7);
  expect(marksOf(cwd)).toMatchInlineSnapshot(`
    {
      "c-001 q1": "graded 6",
      "c-001 q2": "graded 6",
      "c-002 q1": "graded 1",
      "c-002 q2": "graded 2",
      "c-003 q1": "graded 3",
      "c-003 q2": "blank",
    }
  `);
  expect(gradesOf(cwd)).toHaveLength(6);
  const results = journalLines(cwd).flatMap(({ type, key }) => (type === "result" ? [key] : []));
  expect({ results: results.length, different: new Set(results).size }).toEqual({ results: 7, different: 7 });
  expect(server.requests).toEqual([]);
});

const GOOD = {
  obstacle: "",
  parts: [],
  criteria: [
    {
      basis: "",
      name: "first claim",
      text: "Says the first thing.",
      weight: "major",
      full: "Says it.",
      partial: "",
      none: "Says nothing of it.",
      accepts: ["it"],
      rejects: [],
      items: [],
    },
  ],
  mistakes: [],
  guidelines: "",
};
const BASES = {
  lock: "A lock lets one writer in at a time.",
  queue: "A queue keeps work until somebody has time for it.",
  cache: "A cache keeps results that were expensive to compute.",
};

function rubricReply({ user }: Seen): Behaviour {
  const basis = Object.entries(BASES).find(([subject]) => user.includes(`What does a ${subject} do`))?.[1] ?? "";
  const criteria = GOOD.criteria.map((criterion) => ({ ...criterion, basis }));
  return reply(JSON.stringify({ ...GOOD, criteria }), { usage: { input: 800, output: 200 } });
}

function drafts(cwd: string): readonly string[] {
  const proposals = Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith(PROPOSALS));
  return proposals.map(([, text]) => text.slice(text.indexOf("\n---\n")));
}

test("rubric draft --tier batch: the proposals of a direct run, a day later", async () => {
  const direct = await hosted(rubricReply, { [BANK]: answeredBank() });
  expect((await direct.ask("rubric", "draft")).code).toBe(0);
  const batch = await hosted(rubricReply, { [BANK]: answeredBank() });
  const first = await inFlight(batch, "rubric", "draft");
  expect({ code: first.code, made: drafts(batch.cwd).length }).toEqual({ code: 75, made: 0 });
  expect(first.out).toMatch(/1 batch in flight with 3 requests; .*\nnext: answerkey resume \S+ --base-url \S+\n$/);
  const second = await batch.ask("resume");
  expect(second.code).toBe(0);
  expect(drafts(batch.cwd)).toEqual(drafts(direct.cwd));
  expect(drafts(batch.cwd)).toHaveLength(3);
  expect({ waves: batch.host.batches.map(({ lines }) => lines.length), direct: batch.server.requests }).toEqual({
    waves: [3],
    direct: [],
  });
});

test("two that take up the same run: one does, the other is told who is at work", async () => {
  const project = await hosted(rubricReply, { [BANK]: answeredBank() });
  await inFlight(project, "rubric", "draft");
  const { behave } = project.host.options;
  project.host.options = { behave, looks: 99 };
  const line = ["resume", "--wait", "--base-url", project.server.url, "--model", "m"];
  const holder = startCli(line, { cwd: project.cwd, env: ENV });
  const ended = collect(holder);
  const looks = project.host.batches[0]?.looks ?? 0;
  while ((project.host.batches[0]?.looks ?? 0) === looks) await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await project.ask("resume");
  expect({ code: second.code, err: second.err.replace(/process \d+/, "process N") }).toEqual({
    code: 2,
    err: expect.stringMatching(/another answerkey, process N, has been at work here for \d+ s/),
  });
  project.host.options = { behave, looks: 0 };
  expect((await ended).code).toBe(0);
  expect(project.host.batches).toHaveLength(1);
});
