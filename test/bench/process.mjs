// Processes under measurement, and the model server beside them.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HERE = import.meta.dirname;
const LONGEST_RUN_MS = 3_600_000;

/** Where everything happens; gone at the end. */
export const work = mkdtempSync(join(tmpdir(), "answerkey-bench-"));
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

/** One process from start to end: seconds, CPU seconds of all its threads, peak megabytes, and what it printed. */
export function run(script, args, cwd = work) {
  const result = join(work, "result.json");
  const started = performance.now();
  const child = start(["--import", join(HERE, "measure.mjs"), script, ...args], {
    cwd,
    env: { ...environment, BENCH_RESULT: result },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_RUN_MS,
    killSignal: "SIGKILL",
  });
  let printed = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      // 1: done, and something waits for a person, as grades do.
      if (code !== 0 && code !== 1) return fail(new Error(`${script} ended with ${code}: ${errors.slice(-2000)}`));
      const wall = (performance.now() - started) / 1000;
      settle({ wall, printed, ...JSON.parse(readFileSync(result, "utf8")) });
    });
  });
}

/** Runs an action beside a model server of that latency, which turns away what is above `rpm` requests a minute. */
export async function beside({ latency, rpm = 0 }, action) {
  const server = start([join(HERE, "model-server.mjs"), String(latency), String(rpm)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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

/** How many requests a model server has answered, and how many it turned away, since it was last asked. */
export async function counted(url) {
  const response = await fetch(`${url}/counts`);
  return response.json();
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median of each figure of the samples. */
export function medians(samples) {
  const names = Object.keys(samples[0] ?? {}).filter((name) => typeof samples[0][name] === "number");
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name]))]));
}
