// Start of the process, reading of banks, resuming a long run.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BIN, fillIn, inFolder, writeQuestions } from "./commands.mjs";
import { beside, medians, run } from "./process.mjs";
import { growJournal, writeLargeBank } from "./synthetic-bank.mjs";

const HERE = import.meta.dirname;
const RECORDS = 100_000;
const STARTS = 7;

async function sample(times, action) {
  const samples = [];
  for (let round = 0; round < times; round += 1) samples.push(await action());
  return medians(samples);
}

export const start = {
  name: "start",
  async measure() {
    const bare = await sample(STARTS, () => run(join(HERE, "nothing.mjs"), []));
    const version = await sample(STARTS, () => run(BIN, ["--version"]));
    const help = await sample(STARTS, () => run(BIN, ["--help"]));
    return { bare: bare.wall, version: version.wall, help: help.wall };
  },
  show({ bare, version, help }) {
    const more = (seconds) => `${Math.round((seconds - bare) * 1000)} ms more than bare node`;
    return [`Start: --version ${more(version)}, --help ${more(help)}.`];
  },
};

/** Both are given the whole process, start and all. */
export const scan = {
  name: "scan",
  measure: ({ runs }) =>
    inFolder(
      (folder) => writeLargeBank(join(folder, "questions")),
      0,
      async (folder, megabytes) => {
        const status = await sample(runs, () => run(BIN, ["status", "--json"], folder));
        const parser = await sample(runs, () => run(join(HERE, "markdown.mjs"), [join(folder, "questions")]));
        return { megabytes, status, parser };
      },
    ),
  show({ megabytes, status, parser }) {
    const speed = ({ wall, memory }) => `${(megabytes / wall).toFixed(1)} MB/s (${Math.round(memory)} MB)`;
    return [
      `Bank scan, ${Math.round(megabytes)} MB in 700 files: status ${speed(status)}, markdown-it ${speed(parser)}.`,
    ];
  },
};

/** A run of one question whose journal then grows: what the next run needs to be ready, and to do nothing. */
export const resume = {
  name: "resume",
  measure: ({ runs }) =>
    beside({ latency: 0 }, (url) =>
      inFolder(writeQuestions, 1, async (folder) => {
        await fillIn(folder, { url, slots: 1 });
        const [id] = readdirSync(join(folder, "outputs/runs"));
        growJournal(join(folder, "outputs/runs", id, "journal.jsonl"), RECORDS);
        return sample(runs, () => {
          rmSync(join(folder, "outputs/proposals"), { recursive: true });
          return fillIn(folder, { url, slots: 1 });
        });
      }),
    ),
  show: ({ wall, memory }) => [
    `Resume, ${RECORDS} records in the journal: ${wall.toFixed(2)} s, ${Math.round(memory)} MB.`,
  ],
};
