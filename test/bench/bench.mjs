// `npm run bench`: whole commands against plain openai + p-limit in the same run, on this machine, as ratios.
// `npm run bench -- --json` prints the figures as JSON; `--runs N` and `--requests N` change how often and how much.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { growJournal, writeLargeBank, writeUnfilledBank } from "./synthetic-bank.mjs";

const HERE = import.meta.dirname;
const BIN = resolve(HERE, "../../dist/bin.js");
const LONGEST_RUN_MS = 120_000;
const JOURNAL_RECORDS = 100_000;
const FILLS = [
  { requests: 2000, latency: 0, slots: 64 },
  { requests: 2000, latency: 50, slots: 64 },
  { requests: 2000, latency: 50, slots: 256 },
  { requests: 5000, latency: 100, slots: 50 },
];
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    requests: { type: "string" },
    runs: { type: "string", default: "3" },
  },
});
const runs = Number(options.runs);
const work = mkdtempSync(join(tmpdir(), "answerkey-bench-"));
const environment = { PATH: process.env.PATH, HOME: work, OPENAI_API_KEY: "bench" };

const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

function start(args, more) {
  const child = spawn(process.execPath, args, { env: environment, ...more });
  children.add(child);
  child.on("close", () => children.delete(child));
  return child;
}

/** One process from start to end: seconds, CPU seconds, peak megabytes. */
function run(script, args, cwd) {
  const result = join(work, "result.json");
  const started = performance.now();
  const child = start(["--import", join(HERE, "measure.mjs"), script, ...args], {
    cwd,
    env: { ...environment, BENCH_RESULT: result },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LONGEST_RUN_MS,
    killSignal: "SIGKILL",
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      if (code !== 0 && code !== 1) return fail(new Error(`${script} ended with ${code}: ${errors.slice(-2000)}`));
      settle({ wall: (performance.now() - started) / 1000, ...JSON.parse(readFileSync(result, "utf8")) });
    });
  });
}

/** Runs an action beside a model server of that latency. */
async function beside(latency, action) {
  const server = start([join(HERE, "model-server.mjs"), String(latency)], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const url = await new Promise((settle, fail) => {
      server.stdout.once("data", (line) => settle(String(line).trim()));
      server.once("close", () => fail(new Error("the model server did not start")));
    });
    return await action(url);
  } finally {
    server.kill();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const medians = (samples) => ({
  wall: median(samples.map((sample) => sample.wall)),
  cpu: median(samples.map((sample) => sample.cpu)),
  memory: median(samples.map((sample) => sample.memory)),
});

function fill(url, folder, slots) {
  const flags = ["--provider", "openai", "--base-url", url, "--model", "bench", "--no-critique", "--quiet"];
  return run(BIN, ["fill", ...flags, "--concurrency", String(slots)], folder);
}

function compareFill({ requests, latency, slots }) {
  return beside(latency, async (url) => {
    const ours = [];
    const plain = [];
    for (let round = 0; round < runs; round += 1) {
      plain.push(await run(join(HERE, "plain.mjs"), [url, String(requests), String(slots)], work));
      const folder = mkdtempSync(join(work, "fill-"));
      writeUnfilledBank(join(folder, "questions"), requests);
      ours.push(await fill(url, folder, slots));
      rmSync(folder, { recursive: true });
    }
    const name = `fill, ${requests} requests, ${latency} ms, ${slots} slots`;
    return { name, requests, ideal: (requests * latency) / slots / 1000, ours: medians(ours), plain: medians(plain) };
  });
}

/** A run of one question whose journal then grows: what the next run needs to be ready. */
function timeResume() {
  return beside(0, async (url) => {
    const folder = mkdtempSync(join(work, "resume-"));
    writeUnfilledBank(join(folder, "questions"), 1);
    await fill(url, folder, 1);
    const [id] = readdirSync(join(folder, "outputs/runs"));
    growJournal(join(folder, "outputs/runs", id, "journal.jsonl"), JOURNAL_RECORDS);
    const samples = [];
    for (let round = 0; round < runs; round += 1) {
      rmSync(join(folder, "outputs/proposals"), { recursive: true });
      samples.push(await fill(url, folder, 1));
    }
    return medians(samples);
  });
}

async function timeStatus() {
  const folder = mkdtempSync(join(work, "status-"));
  writeLargeBank(join(folder, "questions"));
  const samples = [];
  for (let round = 0; round < runs; round += 1) samples.push(await run(BIN, ["status", "--json"], folder));
  return medians(samples);
}

async function timeStart() {
  const bare = [];
  const version = [];
  const help = [];
  for (let round = 0; round < 7; round += 1) {
    bare.push(await run(join(HERE, "nothing.mjs"), [], work));
    version.push(await run(BIN, ["--version"], work));
    help.push(await run(BIN, ["--help"], work));
  }
  return { bare: medians(bare).wall, version: medians(version).wall, help: medians(help).wall };
}

const started = await timeStart();
const status = await timeStatus();
const resume = await timeResume();
const fills = [];
for (const each of FILLS)
  fills.push(await compareFill({ ...each, requests: Number(options.requests ?? each.requests) }));
const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform}`;
if (options.json) console.log(JSON.stringify({ machine, runs, start: started, status, resume, fill: fills }, null, 2));
else print();

function print() {
  console.log(`${machine}; medians of ${runs} runs\n`);
  const more = (seconds) => `${Math.round((seconds - started.bare) * 1000)} ms more than bare node`;
  const figures = ({ wall, memory }) => `${wall.toFixed(2)} s, ${Math.round(memory)} MB`;
  console.log(`--version: ${more(started.version)}; --help: ${more(started.help)}`);
  console.log(`status, 700 files, 24 MB: ${figures(status)}`);
  console.log(`resume, ${JOURNAL_RECORDS} records in the journal: ${figures(resume)}\n`);
  console.log("| run | ideal s | wall s | plain | ratio | CPU s/1,000 | plain | ratio | peak MB | plain | ratio |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { name, requests, ideal, ours, plain } of fills) {
    const per = (sample) => (sample.cpu / requests) * 1000;
    const cells = [
      name,
      ideal.toFixed(2),
      ours.wall.toFixed(2),
      plain.wall.toFixed(2),
      (ours.wall / plain.wall).toFixed(2),
      per(ours).toFixed(2),
      per(plain).toFixed(2),
      (per(ours) / per(plain)).toFixed(2),
      Math.round(ours.memory),
      Math.round(plain.memory),
      (ours.memory / plain.memory).toFixed(2),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
