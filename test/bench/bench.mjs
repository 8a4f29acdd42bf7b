// `npm run bench`: whole commands beside a bare fetch loop and plain openai + p-limit, in one run, on this machine, as ratios.
// `-- --quick` (the default) takes minutes; `-- --full` every size, latency and number of slots, memory at 200,000 items and
// a rate limit, and takes hours. `--only NAME` runs one section, `--runs N` repeats each, `--json` prints figures as JSON.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { growth } from "./growth.mjs";
import { limited } from "./limited.mjs";
import { requests } from "./requests.mjs";
import { resume, scan, start } from "./single.mjs";
import { review } from "./review.mjs";
import { workers } from "./workers.mjs";

/** In the order of the tables. Each: `name`, `measure({full, runs})`, and the lines that show what it found. */
const SECTIONS = [start, scan, resume, requests, limited, growth, review, workers];

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    runs: { type: "string", default: "3" },
  },
});
const full = options.full && !options.quick;
const runs = Number(options.runs);
const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform}`;
const found = { machine, runs };
if (!options.json) console.log(`${machine}; medians of ${runs} runs`);
for (const { name, isOnlyFull, measure, show } of SECTIONS) {
  const isAsked = options.only?.includes(name) ?? (full || isOnlyFull !== true);
  if (!isAsked) continue;
  found[name] = await measure({ full, runs });
  if (!options.json) console.log(`\n${show(found[name]).join("\n")}`);
}
if (options.json) console.log(JSON.stringify(found, null, 2));
