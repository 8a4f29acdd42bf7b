import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BatchHost, type HostOptions, type Moment } from "../support/batch-host.ts";
import { goodReply } from "../support/model-replies.ts";
import { collect, type CliResult } from "../support/run-cli.ts";
import { filesOf } from "../support/temporary-folder.ts";
import {
  draftingProject,
  filesWithKey,
  journalLines,
  PRICES,
  proposalPaths,
  REQUEST_USD,
  summaryOf,
  type DraftingProject,
} from "./drafting-project.ts";

const QUESTIONS = 6;

async function batchProject(
  options: Partial<HostOptions> = {},
): Promise<DraftingProject & { readonly host: BatchHost }> {
  const host = new BatchHost({ behave: goodReply, ...options });
  const files = { "answerkey.config.yaml": PRICES };
  const project = await draftingProject({ questions: QUESTIONS, route: host.route, files });
  return { ...project, host };
}

const batches = z.looseObject({
  batches: z.array(z.looseObject({ id: z.string().nullable(), status: z.string(), requests: z.number() })),
});

function batchesOf({ out }: CliResult): z.infer<typeof batches>["batches"] {
  return batches.parse(JSON.parse(out)).batches;
}

function batchesIn({ out }: CliResult): z.infer<typeof batches>["batches"] {
  return z.object({ run: batches }).parse(JSON.parse(out)).run.batches;
}

function codes(results: readonly CliResult[]): readonly (number | null)[] {
  return results.map(({ code }) => code);
}

const bodies = (files: readonly (readonly [string, string])[]): readonly string[] =>
  files.map(([, text]) => text.slice(text.indexOf("\n---\n")));

describe("fill --tier batch", () => {
  test("goes from wave to wave as it is taken up, at the price of the lane, and says where it is", async () => {
    const { run, host, server, cwd } = await batchProject();
    const first = await run("fill", "--tier", "batch");
    expect(first.code).toBe(75);
    expect(first.err).toMatch(/batch_1: submitted, 6 requests\n/);
    expect(first.out).toMatch(
      /^0 proposals .*\n6 questions left .*\n1 batch in flight with 6 requests; .*\nnext: answerkey resume \S+ --base-url \S+\n$/,
    );
    const second = await run("resume", "--json");
    expect(batchesOf(second)).toMatchObject([
      { id: "batch_1", status: "completed", requests: 6, answered: 6, wave: 1 },
      { id: "batch_2", status: "in flight", requests: 6, answered: 0, wave: 2 },
    ]);
    expect(second.err).toMatch(/batch_1: completed, 6 answered\nbatch_2: submitted, 6 requests\n/);
    const third = await run("resume", "--json");
    expect(codes([second, third])).toEqual([75, 0]);
    expect(summaryOf(third)).toMatchObject({ outcomes: { ok: 6 }, requests: 12, stopped: null });
    expect(summaryOf(third).cost_usd).toBeCloseTo(12 * REQUEST_USD, 9);
    expect(proposalPaths(cwd)).toHaveLength(QUESTIONS);
    expect(server.requests).toEqual([]);
    expect(new Set(host.asked).size).toBe(12);
    expect(filesWithKey(cwd)).toEqual([]);
    const left = Object.keys(filesOf(cwd)).filter((path) => path.includes("/batches/"));
    expect(left.map((path) => path.replace(/.*\/batches\//, ""))).toEqual([
      "items.jsonl",
      "replies.jsonl",
      "states.jsonl",
    ]);
  });

  test("--wait stays to the end; a sync run afterwards sends nothing", async () => {
    const { run, host, server, cwd } = await batchProject();
    expect((await run("fill", "--tier", "batch", "--wait")).code).toBe(0);
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([6, 6]);
    const made = Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith("outputs/proposals/"));
    const again = await batchProject();
    expect((await again.run("fill")).code).toBe(0);
    const direct = Object.entries(filesOf(again.cwd)).filter(([path]) => path.startsWith("outputs/proposals/"));
    expect(bodies(made)).toEqual(bodies(direct));
    expect({ sync: server.requests.length, other: again.host.calls }).toEqual({ sync: 0, other: [] });
  });

  test("--finish sync takes what has come and sends the rest at once", async () => {
    const { run, host, server, cwd } = await batchProject();
    await run("fill", "--tier", "batch");
    await run("resume");
    const end = await run("resume", "--finish", "sync", "--json");
    expect({ code: end.code, made: proposalPaths(cwd).length }).toEqual({ code: 0, made: QUESTIONS });
    // Drafts came by batch; the batch of critiques was ended.
    expect({ batches: host.batches.map(({ status }) => status), direct: server.requests.length }).toEqual({
      batches: ["completed", "cancelled"],
      direct: 6,
    });
  });

  test("says by when a batch is back; status says so too, with the command that takes it in", async () => {
    const { run } = await batchProject();
    const first = await run("fill", "--tier", "batch");
    const by = String.raw`1 batch in flight with 6 requests; often back within hours, by \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest`;
    expect(first.out).toMatch(new RegExp(`\n${by}\nnext: answerkey resume `));
    const status = await run("status");
    expect(status.out).toMatch(new RegExp(`\nrun (\\S+): ${by}; answerkey resume \\1 takes in what is there\n`));
    const { waiting } = z.looseObject({ waiting: z.unknown() }).parse(JSON.parse((await run("status", "--json")).out));
    expect(waiting).toEqual([
      {
        run: expect.stringMatching(/^20/),
        batches: [
          {
            id: "batch_1",
            submitted_at: expect.stringMatching(/^20.*Z$/),
            wave: 1,
            requests: 6,
            status: "in flight",
            answered: 0,
            failed: 0,
            missing: 0,
          },
        ],
      },
    ]);
    await run("resume");
    const [, id = ""] = /\nrun (\S+): /.exec(status.out) ?? [];
    const show = await run("runs", "show", id);
    expect(show.out).toMatch(/\nbatch_1: completed, 6 requests, 6 answered\nbatch_2: in flight, 6 requests\n/);
    expect(batchesIn(await run("runs", "show", id, "--json"))).toMatchObject([{ answered: 6 }, { answered: 0 }]);
    await run("resume", "--wait");
    expect((await run("status", "--json")).out).toMatch(/"waiting": \[\]/);
  });

  test("few questions: says that they need no batch", async () => {
    const { run } = await batchProject();
    const { err } = await run("fill", "--tier", "batch");
    expect(err).toContain("\nfew for a batch, which may take a day: --tier sync is done in minutes\n");
  });

  test("a new run beside a waiting one is told what it does", async () => {
    const { run } = await batchProject();
    await run("fill", "--tier", "batch");
    const { err } = await run("fill", "--limit", "1");
    expect(err).toMatch(/run \S+ has batches in flight; answerkey resume \S+ takes them in, this run pays on its own/);
  });

  test("a bad line stops the run with its number; offline takes no batch", async () => {
    const { run } = await batchProject({
      looks: 0,
      end: () => ({ status: "failed", errors: [{ code: "invalid_json_line", line: 3 }] }),
    });
    const refused = await run("fill", "--tier", "batch");
    expect({ code: refused.code, says: /stopped: .*/.exec(refused.out)?.[0] }).toEqual({
      code: 2,
      says: "stopped: the endpoint refused batch_1 as a whole (line 3: invalid_json_line)",
    });
    const offline = await run("fill", "--tier", "batch", "--provider", "offline");
    expect({ code: offline.code, says: offline.err.includes("offline takes no batches") }).toEqual({
      code: 2,
      says: true,
    });
  });

  test("an endpoint without batches is told apart from a wrong address", async () => {
    const { run } = await draftingProject({
      questions: 2,
      files: { "answerkey.config.yaml": PRICES },
      route: (_request, response) => {
        response.writeHead(404).end("{}");
        return true;
      },
    });
    const { code, out } = await run("fill", "--tier", "batch");
    expect({ code, says: /stopped: .*/.exec(out)?.[0] }).toEqual({
      code: 2,
      says: "stopped: this endpoint takes no batches; ask it with --tier sync",
    });
  });

  test("a limit holds however often the run is taken up, with some done and some still waiting", async () => {
    const { run, host, cwd } = await batchProject({ behave: goodReply });
    host.options = {
      behave: goodReply,
      // The last critique of each batch of several is left undone, so that proposals come one after the other.
      end: ({ lines }, { output }) => ({ output: lines.length > 1 ? output.slice(1) : output }),
    };
    const ends: (number | null)[] = [];
    for (let taken = 0; taken < 6 && ends.at(-1) !== 0; taken += 1) {
      ends.push((await run(...(taken === 0 ? ["fill", "--tier", "batch", "--limit", "3"] : ["resume"]))).code);
    }
    expect(ends.at(-1)).toBe(0);
    expect({
      proposals: proposalPaths(cwd).length,
      asked: new Set(host.asked.map((id) => id.slice(0, 40))).size,
    }).toEqual({
      proposals: 3,
      asked: 6,
    });
  });

  test("a budget that has no room for one request sends nothing", async () => {
    const { run, host } = await batchProject();
    const { code, out } = await run("fill", "--tier", "batch", "--budget", "0.0001");
    expect({ code, calls: host.calls, says: /stopped: .*/.exec(out)?.[0] }).toEqual({
      code: 75,
      calls: [],
      says: "stopped: the next request could pass the budget",
    });
  });
});

describe("interrupted", () => {
  test("Ctrl-C leaves the batch in flight and says how to go on", async () => {
    const { start, run, host } = await batchProject({ looks: 99 });
    const child = start("fill", "--tier", "batch", "--wait");
    const ended = collect(child);
    await until(() => host.batches[0]?.looks === 1);
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect(code).toBe(130);
    expect(out).toMatch(
      /stopped by you; what was paid for is kept, 1 batch in flight goes on\n.*next: answerkey resume/s,
    );
    host.options = { behave: goodReply };
    expect((await run("resume", "--wait")).code).toBe(0);
    expect(host.batches).toHaveLength(2);
  });

  const MOMENTS: readonly Moment[] = [
    "before-upload",
    "after-upload",
    "before-create",
    "after-create",
    "answered-create",
    "look",
  ];

  test.each(MOMENTS)("killed at %s: exactly one batch, and nothing asked twice", async (moment) => {
    const { start, run, host, cwd } = await batchProject();
    const child = start("fill", "--tier", "batch", "--wait");
    const ended = collect(child);
    host.options = {
      behave: goodReply,
      at: (at) => {
        if (at !== moment) return undefined;
        child.kill("SIGKILL");
        return "skip";
      },
    };
    expect((await ended).code).toBeNull();
    host.options = { behave: goodReply, looks: 0 };
    expect(await run("resume", "--wait")).toMatchObject({ code: 0 });
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([QUESTIONS, QUESTIONS]);
    expect(new Set(host.asked).size).toBe(2 * QUESTIONS);
    expect(proposalPaths(cwd)).toHaveLength(QUESTIONS);
    const results = journalLines(cwd).filter(({ type }) => type === "result");
    expect(results).toHaveLength(2 * QUESTIONS);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
