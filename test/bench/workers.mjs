// Workers in processes of their own on one PostgreSQL, which the development dependencies bring: how many jobs they end in a
// second, and how well a limit holds that they share.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { bundled } from "./from-source.mjs";
import { medians, work } from "./process.mjs";

const WORKERS = [1, 2, 4];
const LIMIT = { requestsPerSecond: 200, requestsAtOnce: 20 };
const LIMIT_SECONDS = 12;

const [CLIENT, SERVER, SHARED, CLOCK, POSTGRES, WORKER] = [
  "src/engine/queue/queue-client.ts",
  "src/engine/queue/queue-server.ts",
  "src/engine/queue/shared-limit.ts",
  "src/cli/system-clock.ts",
  "test/support/postgres-server.ts",
  "test/bench/worker-process.mjs",
];

async function compile() {
  const made = bundled([CLIENT, SERVER, SHARED, CLOCK, POSTGRES, WORKER], "workers");
  const [{ QueueClient }, { QueueServer }, { SharedLimit }, { systemClock }, { startPostgres }] = await Promise.all(
    made.slice(0, 5).map((path) => import(path)),
  );
  return { QueueClient, QueueServer, SharedLimit, clock: systemClock(), postgres: await startPostgres() };
}

/** One worker process: `lines` are what it says, one after another, and `go` has it begin. */
function startOne(job, database) {
  const child = spawn(process.execPath, [join(work, "workers", "worker-process.mjs"), job, database], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const end = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  return { end, said: async () => (await lines.next()).value, go: (word) => child.stdin.write(`${word}\n`) };
}

/** What so many processes say at their end, and the seconds from their common beginning to it. */
async function together(count, job, database, word) {
  const all = Array.from({ length: count }, () => startOne(job, database));
  try {
    await Promise.all(all.map(({ said }) => said()));
    const begun = performance.now();
    for (const { go } of all) go(word);
    const ended = await Promise.all(all.map(({ said }) => said()));
    return { seconds: (performance.now() - begun) / 1000, ended: ended.map((line) => JSON.parse(line)) };
  } finally {
    for (const { end } of all) await end();
  }
}

async function onServer({ QueueServer, clock }, database, action) {
  const server = await QueueServer.open({ database, clock });
  try {
    return await action(server);
  } finally {
    await server.close();
  }
}

async function jobsPerSecond(parts, workers, jobs) {
  const { QueueClient, clock, postgres } = parts;
  const database = await postgres.newDatabase();
  const service = { provider: "p", endpoint: "e", model: "m", version: "1" };
  const run = { id: "bench", kind: "bench", service, settings: {} };
  const keys = Array.from({ length: jobs }, (_, place) => ({ key: String(place).padStart(64, "0"), input: { place } }));
  await onServer(parts, database, async (server) => {
    const client = new QueueClient(server, clock);
    await client.begin(run);
    await client.submit(run, keys);
  });
  const { seconds, ended } = await together(workers, "jobs", database, "go");
  const done = ended.reduce((sum, each) => sum + each, 0);
  if (done !== jobs) throw new Error(`${done} jobs were done, of ${jobs}`);
  return { perSecond: jobs / seconds };
}

/** The server writes down each grant, by the clock that the limit goes by. */
const WRITE_DOWN = [
  "create table granted (at double precision)",
  `create function write_down() returns trigger language plpgsql as $$ begin
     insert into granted values (extract(epoch from clock_timestamp()) * 1000); return new; end $$`,
  "create trigger granted after update of requests_due on answerkey.limits for each row execute function write_down()",
];
const MOMENT = z.object({ at: z.number() });

async function sharedLimit(parts) {
  const { SharedLimit, postgres } = parts;
  const database = await postgres.newDatabase();
  await onServer(parts, database, async (server) => {
    await new SharedLimit(server, "bench").set(LIMIT);
    for (const statement of WRITE_DOWN) await server.run(statement);
  });
  const { ended } = await together(4, "limit", database, String(LIMIT_SECONDS));
  const sent = ended.flat().toSorted((one, other) => one - other);
  const granted = await onServer(parts, database, (server) =>
    server.query(MOMENT, "select at from granted order by at"),
  );
  return {
    mean: sent.length / LIMIT_SECONDS,
    granted: mostInASecond(granted.map(({ at }) => at)),
    sent: mostInASecond(sent),
  };
}

/** Over every window of a second that begins with one of them. */
function mostInASecond(moments) {
  let most = 0;
  for (let first = 0, next = 0; first < moments.length; first += 1) {
    while (next < moments.length && moments[next] < moments[first] + 1000) next += 1;
    most = Math.max(most, next - first);
  }
  return most;
}

export const workers = {
  name: "workers",
  async measure({ full, runs }) {
    const jobs = full ? 20_000 : 4_000;
    const parts = await compile();
    try {
      const rates = {};
      for (const count of WORKERS) {
        const samples = [];
        for (let round = 0; round < runs; round += 1) samples.push(await jobsPerSecond(parts, count, jobs));
        rates[count] = medians(samples).perSecond;
      }
      return { jobs, rates, limit: await sharedLimit(parts) };
    } finally {
      await parts.postgres.stop();
    }
  },
  show: ({ jobs, rates, limit }) => [
    `Workers on one PostgreSQL, ${jobs} jobs without work: ` +
      WORKERS.map((count) => `${count}: ${Math.round(rates[count])} jobs/s`).join(", ") +
      ".",
    `Shared limit of ${LIMIT.requestsPerSecond} requests a second, ${LIMIT.requestsAtOnce} at once, 4 processes, ${LIMIT_SECONDS} s: ` +
      `${limit.mean.toFixed(1)} a second; in any second at most ${limit.granted} granted, ${limit.sent} sent.`,
  ],
};
