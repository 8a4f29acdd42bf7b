// One process of the section `workers`, which bundles it first: says `ready`, waits for a word, and says at its end what it came to.
import { once } from "node:events";
import { systemClock } from "../../src/cli/system-clock.ts";
import { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { SharedLimit } from "../../src/engine/queue/shared-limit.ts";
import { runWorker } from "../../src/engine/queue/worker.ts";
import { WorkerSeat } from "../../src/engine/queue/worker-seat.ts";
import { createLimiter } from "../../src/llm/limiter.ts";
import { SharedLimiter } from "../../src/llm/shared-limiter.ts";

const [job, database] = process.argv.slice(2);
const SLOTS = 100;
const clock = systemClock();
const server = await QueueServer.open({ database, clock });

/** Ends jobs until none is left; how many it ended. */
async function jobs() {
  const stop = new AbortController();
  let done = 0;
  await runWorker({
    seat: new WorkerSeat(server, `worker ${process.pid}`, "bench"),
    clock,
    serves: () => true,
    work: async () => ({ kind: "done", records: [] }),
    concurrency: SLOTS,
    signal: stop.signal,
    abort: new AbortController().signal,
    onEnd: () => (done += 1),
    onIdle: () => stop.abort(),
  });
  return done;
}

/** Wants to send all the time, in so many places at once; the moments at which it might. */
async function limit(seconds) {
  const limiter = new SharedLimiter({
    own: createLimiter({ ceiling: SLOTS, clock, random: Math.random }),
    shared: new SharedLimit(server, "bench"),
    clock,
  });
  const moments = [];
  const end = Date.now() + seconds * 1000;
  const { signal } = new AbortController();
  const ask = async () => {
    while (Date.now() < end) {
      const permit = await limiter.acquire({ inputTokens: 1, maxOutputTokens: 1, signal });
      if (Date.now() < end) moments.push(Date.now());
      permit?.release(undefined);
    }
  };
  await Promise.all(Array.from({ length: SLOTS / 10 }, ask));
  return moments;
}

console.log("ready");
const [word] = await once(process.stdin, "data");
console.log(JSON.stringify(await (job === "jobs" ? jobs() : limit(Number(String(word))))));
process.exit(0);
