// The tool's commands as a user runs them, on banks and answers made for one run.
import { mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { counted, run, work } from "./process.mjs";
import { writeAnswers } from "./synthetic-answers.mjs";
import { writeUnfilledBank } from "./synthetic-bank.mjs";

export const BIN = resolve(import.meta.dirname, "../../dist/bin.js");

const asked = (url, slots) =>
  ["--provider", "openai", "--base-url", url, "--model", "bench", "--quiet"].concat("--concurrency", String(slots));

export function fillIn(folder, { url, slots, flags = [] }) {
  return run(BIN, ["fill", ...asked(url, slots), "--no-critique", ...flags], folder);
}

/**
 * A fresh folder with so many items, for the action, which is told what `write` returns. It goes with all others at the end:
 * ext4 looks for a free inode past all that were freed in the last minutes, which made a new file cost a tenth of a millisecond.
 */
export async function inFolder(write, count, action) {
  const folder = mkdtempSync(join(work, "run-"));
  return action(folder, write(folder, count));
}

export const writeQuestions = (folder, count) => writeUnfilledBank(join(folder, "questions"), count);

/** Both jobs: what they are given, and how they are run on it. */
export const JOBS = {
  fill: { write: writeQuestions, run: fillIn },
  grade: {
    write: writeAnswers,
    run: (folder, { url, slots, flags = [] }, files) =>
      run(BIN, ["grade", ...files, ...asked(url, slots), ...flags], folder),
  },
};

/** One job on so many items, with the requests that it took. */
export function runJob(job, count, how) {
  const { write, run: runIn } = JOBS[job];
  return inFolder(write, count, async (folder, written) => {
    await counted(how.url);
    const { wall, cpu, memory } = await runIn(folder, how, written);
    const { answered, refused } = await counted(how.url);
    return { wall, cpu, memory, requests: answered, refused };
  });
}
