// `npm run bench`: whole commands against plain openai + p-limit in the same run, on this machine, as ratios.
// `npm run bench -- --json` prints the figures as JSON; `--requests N` and `--runs N` change the size.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeLargeBank, writeUnfilledBank } from "./synthetic-bank.mjs";

const HERE = import.meta.dirname;
const BIN = resolve(HERE, "../../dist/bin.js");
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    requests: { type: "string", default: "2000" },
    runs: { type: "string", default: "3" },
  },
});
const requests = Number(options.requests);
const runs = Number(options.runs);
const work = mkdtempSync(join(tmpdir(), "answerkey-bench-"));
const environment = { PATH: process.env.PATH, HOME: work, OPENAI_API_KEY: "bench" };

function run(script, args, cwd) {
  const result = join(work, "result.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", join(HERE, "measure.mjs"), script, ...args], {
    cwd,
    env: { ...environment, BENCH_RESULT: result },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  return new Promise((settle, fail) => {
    child.on("close", (code) => {
      if (code !== 0 && code !== 1) return fail(new Error(`${script} ended with ${code}: ${errors.slice(-2000)}`));
      settle({ wall: (performance.now() - started) / 1000, ...JSON.parse(readFileSync(result, "utf8")) });
    });
  });
}

function serve(latency) {
  const server = spawn(process.execPath, [join(HERE, "model-server.mjs"), String(latency)], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((settle) => {
    server.stdout.once("data", (line) => settle({ url: String(line).trim(), stop: () => server.kill() }));
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const medians = (samples) => ({
  wall: median(samples.map((sample) => sample.wall)),
  cpu: median(samples.map((sample) => sample.cpu)),
  memory: median(samples.map((sample) => sample.memory)),
});

async function compareFill(latency, slots) {
  const server = await serve(latency);
  try {
    return await measureFill(server, latency, slots);
  } finally {
    server.stop();
  }
}

async function measureFill(server, latency, slots) {
  const ours = [];
  const plain = [];
  for (let round = 0; round < runs; round += 1) {
    plain.push(await run(join(HERE, "plain.mjs"), [server.url, String(requests), String(slots)], work));
    const folder = mkdtempSync(join(work, "fill-"));
    writeUnfilledBank(join(folder, "questions"), requests);
    const flags = ["--provider", "openai", "--base-url", server.url, "--model", "bench", "--no-critique", "--quiet"];
    ours.push(await run(BIN, ["fill", ...flags, "--concurrency", String(slots)], folder));
    rmSync(folder, { recursive: true });
  }
  const ideal = (requests * latency) / slots / 1000;
  return { name: `fill, ${requests} requests, ${latency} ms, ${slots} slots`, ideal, ours: medians(ours), plain: medians(plain) };
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

try {
  const start = await timeStart();
  const status = await timeStatus();
  const fill = [];
  for (const [latency, slots] of [[0, 64], [50, 64], [50, 256]]) fill.push(await compareFill(latency, slots));
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform}`;
  if (options.json) console.log(JSON.stringify({ machine, runs, start, status, fill }, null, 2));
  else print(machine, start, status, fill);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function print(machine, start, status, fill) {
  console.log(`${machine}; medians of ${runs} runs\n`);
  const more = (seconds) => `${Math.round((seconds - start.bare) * 1000)} ms more than bare node`;
  console.log(`--version: ${more(start.version)}; --help: ${more(start.help)}`);
  console.log(`status, 700 files, 24 MB: ${status.wall.toFixed(2)} s, ${Math.round(status.memory)} MB\n`);
  console.log("| run | ideal s | wall s | plain | ratio | CPU s/1,000 | plain | ratio | peak MB | plain | ratio |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { name, ideal, ours, plain } of fill) {
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
