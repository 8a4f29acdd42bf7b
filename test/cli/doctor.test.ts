import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";

const asked: string[] = [];
const server = setupServer();
const ELSEWHERE = "https://models.test/v1";
const OLLAMA = "http://127.0.0.1:11434/v1";

/** What answers at an address; nothing listens anywhere else. */
function serve(replies: Readonly<Record<string, () => Response>>): void {
  server.use(
    http.get("*", ({ request }) => {
      const { url, headers } = request;
      const reply = replies[url.replace(/\/models$/, "")];
      if (reply === undefined) return HttpResponse.error();
      asked.push(`${url} ${headers.get("authorization") ?? "without a key"}`);
      return reply();
    }),
  );
}

const models =
  (...ids: readonly string[]) =>
  () =>
    HttpResponse.json({ data: ids.map((id) => ({ id })) });

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  for (const name of ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "ANSWERKEY_DATABASE_URL"])
    vi.stubEnv(name, undefined);
  serve({});
});
afterEach(() => {
  server.resetHandlers();
  vi.unstubAllEnvs();
  asked.length = 0;
});
afterAll(() => server.close());

const report = z.object({
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "warn", "fail"]),
      says: z.string(),
      next: z.string().optional(),
    }),
  ),
  summary: z.object({ ok: z.number(), warn: z.number(), fail: z.number() }),
});

/** What it says of one thing, a line a check. */
async function said(cwd: string, name: string, ...flags: readonly string[]) {
  const { code, out } = await runInProcess(["doctor", "--json", ...flags], { cwd });
  const { checks, summary } = report.parse(JSON.parse(out));
  expect({ code, lacksWords: checks.filter(({ status, next }) => status !== "ok" && next === undefined) }).toEqual({
    code: summary.fail > 0 ? 1 : 0,
    lacksWords: [],
  });
  return checks.filter((check) => check.name === name).map(({ status, says }) => `${status}: ${says}`);
}

async function nextOf(cwd: string, name: string, ...flags: readonly string[]) {
  const { out } = await runInProcess(["doctor", "--json", ...flags], { cwd });
  return report
    .parse(JSON.parse(out))
    .checks.filter((check) => check.name === name)
    .map(({ next }) => next);
}

const BANK = { "questions/locks.md": unfilledBank(2, "lock") };

test("a sound project: a line each, nothing to mend, nothing changed", async () => {
  const cwd = temporaryFolder(BANK);
  const { code, out, err } = await runInProcess(["doctor"], { cwd });
  expect({ code, err, files: filesOf(cwd) }).toEqual({ code: 0, err: "nothing to mend\n", files: BANK });
  expect(out.replaceAll(cwd, "<folder>").replace(/(on Node ).*/, "$1…")).toMatchInlineSnapshot(`
    "ok    runtime        answerkey 0.1.0 on Node …
    ok    project        <folder>, without answerkey.config.yaml: banks are looked for in questions/
                         → answerkey init sets one up
    ok    banks          2 questions in 1 file, 2 unfilled
    ok    prompts        5 prompts can be read: as packaged
    ok    outputs        outputs/ can be made
    ok    key            no OPENAI_API_KEY; none is needed for --provider offline or a server on this machine
    ok    local servers  none at the usual places of Ollama, LM Studio, vLLM, llama.cpp
    ok    provider       fill would ask offline (no key, no base URL, no local server)
    "
  `);
});

describe("the project", () => {
  test("a configuration that cannot be used fails, names the key, and the rest is still looked at", async () => {
    const cwd = temporaryFolder({ ...BANK, "answerkey.config.yaml": "fill: { modle: x }\n" });
    expect(await said(cwd, "project")).toEqual([
      `fail: ${join(cwd, "answerkey.config.yaml")}: fill: unknown key modle`,
    ]);
    expect(await said(cwd, "key")).toEqual([
      "ok: no OPENAI_API_KEY; none is needed for --provider offline or a server on this machine",
    ]);
  });

  test("a value that no flag would take fails once", async () => {
    const cwd = temporaryFolder({ ...BANK, "answerkey.config.yaml": "fill: { concurrency: 0 }\n" });
    const { out } = await runInProcess(["doctor", "--json"], { cwd });
    const failed = report.parse(JSON.parse(out)).checks.filter(({ status }) => status === "fail");
    expect(failed.map(({ says }) => says)).toEqual(["--concurrency: expected at least 1"]);
  });

  test("banks: counts, what cannot be written, what came near, what no entry names", async () => {
    const near = "# Review\n\n## What is a lock?\n\nText.\n\n## Why do we lock?\n\nText.\n\n## How long?\n\nText.\n";
    const cwd = temporaryFolder({
      "questions/open.md": `${unfilledBank(2)}\n\`\`\`sh\nls\n`,
      "questions/review.md": near,
    });
    expect(await said(cwd, "banks")).toEqual([
      "ok: 2 questions in 1 file, 1 unfilled",
      "warn: questions/open.md:19: code fence ``` is never closed; nothing is written to this file until it is",
      "warn: questions/review.md:3: 3 that might be questions are not taken, 3 of them asking",
    ]);
    writeFile(join(cwd, "answerkey.config.yaml"), "banks:\n  - files: [questions/open.md]\n");
    writeFile(join(cwd, "docs/new.md"), unfilledBank(3));
    const listed = await nextOf(cwd, "banks");
    expect(listed.at(-1)).toBe('if they are to be read, add: - { files: ["docs/new.md"] }');
  });

  test("nothing to read is said, with the way out", async () => {
    const cwd = temporaryFolder();
    expect(await said(cwd, "banks")).toEqual([
      "warn: there is no folder questions/, and no configuration names other files",
    ]);
    expect(await nextOf(cwd, "banks")).toEqual(["answerkey init --dry-run shows what is here, and what came near"]);
  });

  test("a prompt of one's own that cannot be used fails with its place", async () => {
    const cwd = temporaryFolder({ ...BANK, "prompts/draft.md": "---\ntask: draft\nversion: 1\n---\nno parts\n" });
    expect(await said(cwd, "prompts")).toEqual([
      `fail: ${join(cwd, "prompts/draft.md")}: front matter: ✖ Invalid input: expected number, received NaN\n  → at max_output_tokens`,
    ]);
  });

  test("a schema of another version is told", async () => {
    const cwd = temporaryFolder({
      ...BANK,
      "answerkey.config.yaml": "detect: true\n",
      "answerkey.schema.json": "{}\n",
    });
    expect((await said(cwd, "project")).at(-1)).toBe("warn: answerkey.schema.json is of another version");
  });
});

async function filled(): Promise<string> {
  const cwd = temporaryFolder(BANK);
  writeFile(
    join(cwd, "questions/sources/locks.md"),
    "# Locks\n\nA lock keeps others out of a room until its holder leaves.\n",
  );
  await runInProcess(["fill", "--provider", "offline", "--quiet"], { cwd });
  await runInProcess(["review", "reject", "--all", "--by", "Ada"], { cwd });
  return cwd;
}

describe("what earlier commands left", () => {
  test("journals and logs are looked through; damage is named by its line", async () => {
    const cwd = await filled();
    expect(await said(cwd, "runs")).toEqual(["ok: 1 journal can be read"]);
    const [run = ""] = Object.keys(filesOf(join(cwd, "outputs/runs"))).map((path) => path.split("/")[0]);
    const journal = join(cwd, "outputs/runs", run, "journal.jsonl");
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n").length;
    appendFileSync(journal, "{ torn\n");
    expect((await said(cwd, "runs")).slice(1)).toEqual([
      `warn: outputs/runs/${run}/journal.jsonl:${lines + 1} is damaged; its reply would be asked for again`,
    ]);
  });

  test("a log that was changed fails", async () => {
    const cwd = temporaryFolder(BANK);
    writeFile(join(cwd, "outputs/decisions.jsonl"), '{"v":1}\n');
    expect(await said(cwd, "logs")).toEqual([
      "fail: outputs/decisions.jsonl:1: tampered with or damaged: it is not a decision",
    ]);
  });

  test("a lock of a process that is gone is no trouble, one on another machine may be", async () => {
    const cwd = temporaryFolder(BANK);
    mkdirSync(join(cwd, "outputs/locks"), { recursive: true });
    const owner = { pid: 1, host: "elsewhere.test", started: "", nonce: "n", acquired_at: "2030-01-02T03:04:05.000Z" };
    writeFileSync(join(cwd, "outputs/locks/apply.lock"), JSON.stringify(owner));
    expect(await said(cwd, "locks")).toEqual([
      "warn: apply.lock is held by process 1 on elsewhere.test since 2030-01-02T03:04:05.000Z",
    ]);
    writeFileSync(join(cwd, "outputs/locks/apply.lock"), "nonsense");
    expect((await said(cwd, "locks"))[0]).toMatch(/^fail: .* is not a lock of answerkey$/);
  });

  test("a file that is no proposal is named", async () => {
    const cwd = temporaryFolder({ ...BANK, "outputs/proposals/questions/locks/q-0123456789ab.md": "hello\n" });
    expect((await said(cwd, "proposals"))[1]).toMatch(
      /^warn: outputs\/proposals\/.*q-0123456789ab\.md:1: not a proposal/,
    );
  });
});

describe("key, endpoint, servers", () => {
  const SECRET = "sk-never-shown";

  test("says where the key comes from, and never shows it", async () => {
    const cwd = temporaryFolder(BANK);
    writeFile(join(cwd, ".env"), `OPENAI_API_KEY=${SECRET}\nOPENAI_MODEL=gpt-5-mini\n`, 0o600);
    expect(await said(cwd, "key")).toEqual(["ok: OPENAI_API_KEY is set, in .env"]);
    chmodSync(join(cwd, ".env"), 0o644);
    expect((await said(cwd, "key"))[1]).toBe(
      `warn: ${join(cwd, ".env")} can be read by other users; run: chmod 600 .env`,
    );
    vi.stubEnv("OPENAI_API_KEY", SECRET);
    expect((await said(cwd, "key"))[0]).toBe("ok: OPENAI_API_KEY is set, in the environment");
    for (const flags of [[], ["--json"]]) {
      const { out, err } = await runInProcess(["doctor", ...flags], { cwd });
      expect(out + err).not.toContain(SECRET);
    }
    expect(asked).toEqual([]);
  });

  test("shows no command with a model's name that means something to a shell", async () => {
    const cwd = temporaryFolder(BANK);
    serve({ [OLLAMA]: models("$(touch pwned)", "--help", "qwen3:8b") });
    expect(await nextOf(cwd, "local servers")).toEqual([`answerkey fill --base-url ${OLLAMA} --model qwen3:8b`]);
    serve({ [OLLAMA]: models("a;b") });
    expect(await nextOf(cwd, "local servers")).toEqual([`answerkey fill --base-url ${OLLAMA} --model NAME`]);
  });

  test("an endpoint whose reply breaks off has not answered", async () => {
    const cwd = temporaryFolder(BANK);
    vi.stubEnv("OPENAI_BASE_URL", ELSEWHERE);
    serve({
      [ELSEWHERE]: () =>
        new HttpResponse(new ReadableStream({ pull: (controller) => controller.error(new Error("broke off")) })),
    });
    expect(await said(cwd, "endpoint", "--online")).toEqual([`fail: ${ELSEWHERE} cannot be reached`]);
  });

  test("names model files of the project, and says how one is asked", async () => {
    const cwd = temporaryFolder({
      ...BANK,
      "qwen 3.gguf": "GGUF and so on",
      "models/fake.gguf": "no model",
      "models/big-00002-of-00002.gguf": "GGUF, the second part",
    });
    expect(await said(cwd, "model file")).toEqual([
      `ok: ${join(cwd, "qwen 3.gguf")} could answer in this process`,
      `warn: ${join(cwd, "models/fake.gguf")} is no GGUF file`,
    ]);
    expect((await nextOf(cwd, "model file"))[0]).toBe(
      `npm install node-llama-cpp@3, then answerkey fill --provider local --model '${join(cwd, "qwen 3.gguf")}'`,
    );
    expect(await said(temporaryFolder(BANK), "model file")).toEqual([]);
    vi.stubEnv("OPENAI_MODEL", "elsewhere/gone.gguf");
    expect((await said(cwd, "model file"))[0]).toBe(
      `warn: there is no model file ${join(cwd, "elsewhere/gone.gguf")} that can be read`,
    );
  });

  test("asks an endpoint elsewhere only when told to, once", async () => {
    const cwd = temporaryFolder(BANK);
    serve({ [ELSEWHERE]: models("small", "large") });
    vi.stubEnv("OPENAI_API_KEY", SECRET);
    vi.stubEnv("OPENAI_BASE_URL", ELSEWHERE);
    vi.stubEnv("OPENAI_MODEL", "large");
    expect(await said(cwd, "endpoint")).toEqual([`ok: ${ELSEWHERE}, not asked`]);
    expect(asked).toEqual([]);
    expect((await said(cwd, "endpoint", "--online"))[0]).toMatch(
      /^ok: https:\/\/models\.test\/v1 answers within \d+ ms and has large$/,
    );
    expect(asked).toEqual([`${ELSEWHERE}/models Bearer ${SECRET}`]);
    vi.stubEnv("OPENAI_MODEL", "lrage");
    expect((await said(cwd, "endpoint", "--online"))[0]).toMatch(/^warn: .* and does not list lrage$/);
    expect(await nextOf(cwd, "endpoint", "--online")).toEqual(["it lists small, large"]);
  });

  test.each<[string, () => Response, RegExp]>([
    ["a key that is refused", () => HttpResponse.json({}, { status: 401 }), /^fail: .* does not take the key \(401\)$/],
    ["no list of models", () => HttpResponse.json({}, { status: 404 }), /^warn: .* answers with 404 when asked/],
    ["another kind of page", () => HttpResponse.text("<html>"), /^ok: .* answers within \d+ ms$/],
    [
      "a redirect, which is not followed",
      () => HttpResponse.redirect("https://other.test/", 302),
      /^fail: .* cannot be reached$/,
    ],
    ["nobody there", () => HttpResponse.error(), /^fail: .* cannot be reached$/],
  ])("%s", async (_title, reply, expected) => {
    const cwd = temporaryFolder(BANK);
    serve({ [ELSEWHERE]: reply });
    vi.stubEnv("OPENAI_API_KEY", SECRET);
    vi.stubEnv("OPENAI_BASE_URL", ELSEWHERE);
    vi.stubEnv("OPENAI_MODEL", "m");
    expect((await said(cwd, "endpoint", "--online"))[0]).toMatch(expected);
  });

  test("a base URL that came with the folder gets no key from the environment", async () => {
    const cwd = temporaryFolder(BANK);
    writeFile(join(cwd, ".env"), `OPENAI_BASE_URL=${ELSEWHERE}\n`, 0o600);
    serve({ [ELSEWHERE]: models("m") });
    vi.stubEnv("OPENAI_API_KEY", SECRET);
    expect((await said(cwd, "endpoint", "--online"))[0]).toMatch(/^warn: .* it is not sent there$/);
    expect(asked).toEqual([]);
  });

  test("a server on this machine is offered with the words that ask it, and is what auto takes", async () => {
    const cwd = temporaryFolder(BANK);
    serve({ [OLLAMA]: models("llama3.1") });
    expect(await said(cwd, "local servers")).toEqual([`ok: Ollama answers at ${OLLAMA}: llama3.1`]);
    expect(await nextOf(cwd, "local servers")).toEqual([`answerkey fill --base-url ${OLLAMA} --model llama3.1`]);
    expect(await said(cwd, "provider")).toEqual([
      `ok: fill would ask openai llama3.1 at ${OLLAMA} (Ollama answers here)`,
    ]);
    serve({ [OLLAMA]: models("llama3.1", "qwen3") });
    expect(await said(cwd, "provider")).toEqual(["fail: Ollama offers 2 models"]);
  });

  test("what earlier runs learned of the endpoint is said", async () => {
    const learned = { api: "chat", format: "json", outputLimit: "max_tokens", omitted: ["temperature"] };
    const cwd = temporaryFolder({
      ...BANK,
      "outputs/endpoints.json": JSON.stringify({ [`${ELSEWHERE} m`]: learned }),
    });
    vi.stubEnv("OPENAI_BASE_URL", ELSEWHERE);
    vi.stubEnv("OPENAI_MODEL", "m");
    expect(await said(cwd, "provider")).toEqual([
      `ok: fill would ask openai m at ${ELSEWHERE} (a base URL is given)`,
      "ok: learned in earlier runs: chat completions, replies held to JSON, without temperature",
    ]);
  });

  test("a queue is asked where one is named; one that is away fails, and its password is not shown", async () => {
    const cwd = temporaryFolder(BANK);
    expect(await said(cwd, "queue")).toEqual([]);
    vi.stubEnv("ANSWERKEY_DATABASE_URL", `postgres://ada:${SECRET}@127.0.0.1:1/answerkey`);
    expect(await said(cwd, "queue")).toEqual([
      "fail: cannot use the queue at 127.0.0.1:1/answerkey: nothing listens there (ECONNREFUSED)",
    ]);
  });

  test("a model whose price nobody knows is told, for a budget could not hold it", async () => {
    const cwd = temporaryFolder({ ...BANK, "answerkey.config.yaml": "fill: { model: house-model }\n" });
    vi.stubEnv("OPENAI_API_KEY", SECRET);
    expect(await said(cwd, "price")).toEqual(["warn: the price of house-model is not known, so costs are not either"]);
    writeFile(
      join(cwd, "answerkey.config.yaml"),
      "fill: { model: house-model, prices: { house-model: { input: 1, output: 2 } } }\n",
    );
    expect(await said(cwd, "price")).toEqual(["ok: the price of house-model is known (configuration)"]);
  });
});
