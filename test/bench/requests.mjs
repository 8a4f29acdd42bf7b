// Wall time, CPU and memory of many requests: both jobs beside plain openai + p-limit and a bare fetch loop.
import { join } from "node:path";
import { runJob } from "./commands.mjs";
import { beside, medians, run } from "./process.mjs";

const QUICK = [
  { count: 2000, latency: 0, slots: 64 },
  { count: 2000, latency: 50, slots: 64 },
  { count: 2000, latency: 50, slots: 256 },
  { count: 2000, latency: 500, slots: 256 },
];
const FULL = [2000, 20_000].flatMap((count) =>
  [0, 50, 500].flatMap((latency) => [64, 256].map((slots) => ({ count, latency, slots }))),
);

/** The jobs, and the yardsticks beside each. */
const YARDSTICKS = ["bare", "plain"];
const JOB_NAMES = ["fill", "grade"];

/** A yardstick, asked for as many replies of a job. */
async function yardstick(name, job, { count, slots }, url) {
  const args = [url, String(count), String(slots), job];
  const { wall, cpu, memory, printed } = await run(join(import.meta.dirname, `${name}.mjs`), args);
  if (!printed.startsWith(`${count} valid`)) throw new Error(`${name} has ${printed.trim()} of ${count}`);
  return { wall, cpu, memory, requests: count };
}

async function compare(how, runs) {
  const samples = JOB_NAMES.map((job) => [job, { bare: [], plain: [], answerkey: [] }]);
  await beside(how, async (url) => {
    for (let round = 0; round < runs; round += 1) {
      // One after the other, so that whatever else the machine does falls on all of them alike.
      for (const [job, each] of samples) {
        for (const name of YARDSTICKS) each[name].push(await yardstick(name, job, how, url));
        each.answerkey.push(await runJob(job, how.count, { url, slots: how.slots }));
      }
    }
  });
  const found = samples.map(([job, each]) => [
    job,
    Object.fromEntries(Object.entries(each).map(([name, figures]) => [name, figuresOf(medians(figures))])),
  ]);
  return { ...how, ideal: (how.count * how.latency) / how.slots / 1000, ...Object.fromEntries(found) };
}

/** CPU is in milliseconds a request, which is seconds per 1,000. */
function figuresOf({ wall, cpu, memory, requests }) {
  return { wall, cpu: (cpu / requests) * 1000, memory, requests };
}

export const requests = {
  name: "requests",
  async measure({ full, runs }) {
    const found = [];
    for (const how of full ? FULL : QUICK) found.push(await compare(how, runs));
    return found;
  },
  show: (found) => [
    "Requests: seconds of wall time, seconds of CPU per 1,000 requests, peak MB; in brackets as multiples of plain",
    "openai + p-limit with the same prompt and reply. Ideal: requests x latency / slots, without the start of the process.",
    "",
    "| requests, latency, slots | ideal s | | wall s | CPU s | peak MB |",
    "| --- | --- | --- | --- | --- | --- |",
    ...found.flatMap((each) => JOB_NAMES.flatMap((job, at) => linesOf(each, job, at === 0))),
  ],
};

function linesOf({ count, latency, slots, ideal, ...jobs }, job, isFirst) {
  const { bare, plain, answerkey } = jobs[job];
  const rows = { [`${job}: bare`]: bare, [`${job}: plain`]: plain, [`${job}: answerkey`]: answerkey };
  return Object.entries(rows).map(([name, each], at) => {
    const beside = (figure, digits) =>
      `${each[figure].toFixed(digits)}${each === plain ? "" : ` (${(each[figure] / plain[figure]).toFixed(2)})`}`;
    const first = isFirst && at === 0 ? [`${count}, ${latency} ms, ${slots}`, ideal.toFixed(2)] : ["", ""];
    return `| ${[...first, name, beside("wall", 2), beside("cpu", 2), beside("memory", 0)].join(" | ")} |`;
  });
}
