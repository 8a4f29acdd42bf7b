// The review page over many proposals: how soon it is there, how long a decision takes, what memory does over many of them.
// A section of `npm run bench`, and a program of its own: `node test/bench/review.mjs [proposals]`. Needs `npm run build`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN } from "./commands.mjs";
import { bundled } from "./from-source.mjs";
import { writeUnfilledBank } from "./synthetic-bank.mjs";

const DECISIONS = 1_000;

export const review = {
  name: "review",
  measure: ({ full }) => measureReview(full ? 20_000 : 3_000),
  show: (found) => [
    `review --web over ${found.proposals.toLocaleString("en")} proposals:`,
    `  address after ${found.addressMs.toFixed(0)} ms; page ${found.pageMs.toFixed(0)} ms, queue ${found.queueMs.toFixed(0)} ms after it was asked for`,
    `  a decision: median ${found.decisionMs.median.toFixed(1)} ms, 95% within ${found.decisionMs.p95.toFixed(1)} ms, of ${found.decisions}`,
    `  in use once garbage is collected: ${found.heapMb.map((each) => each.toFixed(1)).join(", ")} MB after 0, half and all of them`,
    `  the process: ${found.memoryMb.before.toFixed(0)} MB before them, ${found.memoryMb.after.toFixed(0)} MB after; the rest in one batch: ${found.batchSeconds.toFixed(1)} s`,
  ],
};

async function measureReview(proposals) {
  const cwd = mkdtempSync(join(tmpdir(), "bench-review-"));
  try {
    writeUnfilledBank(join(cwd, "questions"), proposals);
    await propose(cwd);
    return await measurePage(cwd, proposals);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** A pending draft for every question, as `fill` writes it. */
async function propose(cwd) {
  const made = bundled(
    [
      "src/bank/new-proposal.ts",
      "src/cli/read-bank.ts",
      "src/cli/open-project.ts",
      "src/files/proposal-store.ts",
      "src/core/hash.ts",
    ],
    "review",
  );
  const [{ newProposal }, { readBank }, { openProject }, { openProposalStore }, { hashOf }] = await Promise.all(
    made.map((path) => import(path)),
  );
  const sink = { write: () => true };
  const streams = { out: sink, err: sink, in: process.stdin };
  const context = { folder: cwd, streams, signal: new AbortController().signal };
  const project = await openProject(context, { json: false, quiet: true });
  const store = openProposalStore(project.workspace);
  mkdirSync(project.workspace.proposals, { recursive: true });
  for (const file of readBank(project, []).files) {
    const fileHash = hashOf(file.source.bytes);
    for (const question of file.questions) {
      const body = `It hands its input on after one check. It fails where the check does.\n\n- ${question.text}`;
      store.write(newProposal({ question, path: file.path, fileHash, revision: 1 }, { body, signals: SIGNALS }, RUN));
    }
  }
}

const SIGNALS = {
  confidence: 0.5,
  verdict: "pass",
  findings: [],
  flags: [],
  citations: [],
  key_points: ["one check"],
  assumptions: [],
  doubts: [],
};

const RUN = {
  id: "2030-01-02t03-04-05z",
  provider: "offline",
  model: "offline",
  prompt: "draft@1",
  prompt_hash: `sha256:${"0".repeat(64)}`,
  request_key: "0".repeat(64),
  tokens_in: 800,
  tokens_out: 200,
  cost_usd: 0.001,
};

async function measurePage(cwd, proposals) {
  const started = performance.now();
  const args = [...HEAP_PROBE, BIN, "review", "--web", "--no-open", "--json", "--by", "bench"];
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "ignore", "ipc"] });
  try {
    const { url } = await firstDocument(child);
    const addressMs = performance.now() - started;
    const asked = performance.now();
    const page = await openPage(url);
    const pageMs = performance.now() - asked;
    const { rows } = await page.json("/api/queue");
    const queueMs = performance.now() - asked;
    const heapMb = [await heapOf(child)];
    const before = memoryOf(child.pid);
    const decided = rows.slice(0, DECISIONS);
    const times = [];
    for (const [at, { id, etag }] of decided.entries()) {
      times.push(await timed(() => page.decide(id, etag)));
      if (at + 1 === decided.length / 2) heapMb.push(await heapOf(child));
    }
    const after = memoryOf(child.pid);
    heapMb.push(await heapOf(child));
    const rest = rows.slice(decided.length).map(({ id, etag }) => ({ id, etag }));
    const batch = await timed(() => page.batch(rest));
    times.sort((left, right) => left - right);
    const at = (share) => times[Math.floor(times.length * share)];
    const decisionMs = { median: at(0.5), p95: at(0.95) };
    const memoryMb = { before, after };
    const decisions = decided.length;
    const batchSeconds = batch / 1_000;
    return { proposals, addressMs, pageMs, queueMs, decisions, decisionMs, heapMb, memoryMb, batchSeconds };
  } finally {
    const ended = new Promise((settle) => child.on("close", settle));
    child.kill("SIGINT");
    await ended;
  }
}

// Asked over the channel of the processes: the command itself has no such question.
const PROBE = `process.on("message", () => { gc(); process.send(process.memoryUsage().heapUsed); }); process.channel.unref();`;
const HEAP_PROBE = ["--expose-gc", "--import", `data:text/javascript,${encodeURIComponent(PROBE)}`];

/** Megabytes of objects that are still reachable. */
function heapOf(child) {
  return new Promise((settle) => {
    child.once("message", (bytes) => settle(bytes / 1024 / 1024));
    child.send("heap");
  });
}

function firstDocument(child) {
  return new Promise((settle, fail) => {
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const end = out.indexOf("\n}\n");
      if (end !== -1) settle(JSON.parse(out.slice(0, end + 2)));
    });
    child.on("close", (code) => fail(new Error(`the review ended with ${code}`)));
  });
}

/** What a browser does: the page and its parts, and the launch code for a token. */
async function openPage(url) {
  const { origin, hash } = new URL(url);
  for (const path of ["/", "/app.js", "/app.css"]) await (await fetch(origin + path)).arrayBuffer();
  const json = { "content-type": "application/json" };
  const session = { method: "POST", headers: { ...json, "x-launch": hash.slice(1) }, body: "{}" };
  const { token } = await (await fetch(`${origin}/api/session`, session)).json();
  const authorization = `Bearer ${token}`;
  const post = async (path, body, headers = {}) => {
    const request = { method: "POST", headers: { ...json, authorization, ...headers }, body: JSON.stringify(body) };
    const response = await fetch(origin + path, request);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    json: async (path) => (await fetch(origin + path, { headers: { authorization } })).json(),
    decide: (id, etag) => post(`/api/items/${id}/decision`, { action: "accept" }, { "if-match": `"${etag}"` }),
    batch: (items) => post("/api/batch", { items, expectedCount: items.length }),
  };
}

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Megabytes that a process holds; NaN where the system does not tell. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

if (process.argv[1] === import.meta.filename) {
  console.log(review.show(await measureReview(Number(process.argv[2] ?? 3_000))).join("\n"));
}
