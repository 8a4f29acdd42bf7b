// Peak memory where there is ten times as much to do: once each, without latency.
import { runJob } from "./commands.mjs";
import { beside } from "./process.mjs";

const SIZES = [2000, 20_000, 200_000];
const SLOTS = 64;

export const growth = {
  name: "growth",
  isOnlyFull: true,
  measure: () =>
    beside({ latency: 0 }, async (url) => {
      const found = [];
      for (const job of ["fill", "grade"]) {
        for (const count of SIZES) found.push({ job, count, ...(await runJob(job, count, { url, slots: SLOTS })) });
      }
      return found;
    }),
  show: (found) => [
    "| growth | items | peak MB | CPU s per 1,000 requests | wall s |",
    "| --- | --- | --- | --- | --- |",
    ...found.map(({ job, count, memory, cpu, requests, wall }) => {
      const cells = [job, count, Math.round(memory), ((cpu / requests) * 1000).toFixed(2), Math.round(wall)];
      return `| ${cells.join(" | ")} |`;
    }),
  ],
};
