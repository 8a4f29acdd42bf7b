import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { databaseName } from "../../engine/queue/postgres.ts";
import { QueueServer } from "../../engine/queue/queue-server.ts";
import { runWorker } from "../../engine/queue/worker.ts";
import type { JobEnd } from "../../engine/queue/job-end.ts";
import { WorkerSeat } from "../../engine/queue/worker-seat.ts";
import type { Observer } from "../../observe/observer.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk, type Project } from "../open-project.ts";
import { commonOptions, parseOptions, wholeNumber } from "../options.ts";
import { packageVersion } from "../package-root.ts";
import { plural } from "../format.ts";
import { databaseOf, queueOptions } from "./queue-options.ts";
import { openObservers } from "../run/run-observers.ts";
import { type WorkerAccess, WorkerRuns } from "./worker-runs.ts";

const workerOptions = commonOptions.extend({
  database: queueOptions.shape.database,
  baseUrl: z.string().optional(),
  model: z.string().min(1).optional(),
  concurrency: wholeNumber.min(1, "expected at least 1").max(1024, "expected at most 1024").default(64),
  grace: wholeNumber.min(0, "expected 0 or more").max(3_600, "expected at most an hour").default(25),
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "expected letters, digits, . _ - (64 at most)")
    .optional(),
  drain: z.boolean().default(false),
  logFile: z.string().min(1).optional(),
});
type WorkerOptions = z.infer<typeof workerOptions>;

type Tally = Record<JobEnd["kind"], number>;

/** `answerkey worker`: takes jobs from the queue and asks for them with its own key, until it is told to stop. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(workerOptions, context.invocation.options);
  const project = await openProjectToAsk(context, options);
  const { report, clock } = project;
  const database = databaseOf(options, project.environment);
  const access = accessOf(project, options);
  const where = databaseName(database);
  const onAway = (isAway: boolean): void =>
    report.note(isAway ? `${where} does not answer; waiting for it` : `${where} is back`);
  const gone = new AbortController();
  const server = await QueueServer.open({ database, clock, onAway, signal: gone.signal });
  try {
    const name = options.name ?? `${hostname()}-${process.pid}`;
    const seat = new WorkerSeat(server, randomUUID(), name);
    report.note(`worker ${name} at ${where}: ${askedBy(access)}, ${plural(options.concurrency, "job")} at once`);
    const { tally, broken } = await takeJobs(project, options, { server, seat, access, gone });
    const { done, failed, returned } = tally;
    report.result(`${plural(done, "job")} done, ${failed} failed, ${returned} given back`);
    report.document({ schema: 1, worker: name, done, failed, returned });
    if (broken !== undefined) throw new UserError(broken, { hint: "what it held was given back to other workers" });
    return EXIT.done;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    throw new UserError(`${where} did not come back before this worker had to end`, {
      hint: "what it held goes to other workers when the server is back; replies that it could not save are asked again",
      cause: error,
    });
  } finally {
    await server.close();
  }
}

/** For what was begun: after its grace a worker gives its jobs back, and waits so long for a server that is away. */
const LAST_WORDS_MS = 5_000;

interface Seated {
  readonly server: QueueServer;
  readonly seat: WorkerSeat;
  readonly access: WorkerAccess;
  /** Aborted when a server that is away is waited for no longer. */
  readonly gone: AbortController;
}

async function takeJobs(
  project: Project,
  { concurrency, grace, drain, logFile }: WorkerOptions,
  { server, seat, access, gone }: Seated,
): Promise<{ readonly tally: Tally; readonly broken: string | undefined }> {
  const { clock, signal: stopped, report } = project;
  const tally: Tally = { done: 0, failed: 0, returned: 0 };
  const stop = new AbortController();
  const abort = new AbortController();
  let broken: string | undefined;
  const onBroken = ({ failure }: { readonly failure: { readonly message: string } }): void => {
    broken ??= failure.message;
    stop.abort();
    abort.abort();
  };
  const onStop = (): void => {
    stop.abort();
    if (grace > 0) report.note(`stopping: no more jobs are taken, those under way have ${grace} s`);
    setTimeout(() => abort.abort(), grace * 1000).unref();
    setTimeout(() => gone.abort(), grace * 1000 + LAST_WORDS_MS).unref();
  };
  if (stopped.aborted) onStop();
  stopped.addEventListener("abort", onStop, { once: true });
  const observe = (): Promise<Observer> => openObservers(project, { logFile });
  // A file that cannot be written is told before a job is taken.
  await (await observe()).close();
  const runs = new WorkerRuns({ server, seat, clock, access, observe, onBroken });
  await runWorker({
    seat,
    clock,
    serves: runs.serves,
    work: (held, of, signal) => runs.work(held, of, signal),
    concurrency,
    signal: stop.signal,
    abort: abort.signal,
    onEnd: (kind) => {
      tally[kind] += 1;
    },
    onIdle: () => {
      if (drain) stop.abort();
    },
  });
  stopped.removeEventListener("abort", onStop);
  await runs.close();
  return { tally, broken };
}

/** Key and endpoint are this machine's own, whatever a database says. */
function accessOf({ environment }: Project, options: WorkerOptions): WorkerAccess {
  if (options.baseUrl === undefined && environment.foreignBaseUrl) {
    throw new UserError(
      "OPENAI_BASE_URL stands in .env, but the key comes from your environment; it is not sent there",
      { hint: "if you mean it, name the endpoint with --base-url" },
    );
  }
  const baseUrl = options.baseUrl ?? environment.baseUrl;
  return {
    apiKey: environment.apiKey,
    baseUrl,
    hasEndpoint: baseUrl !== undefined || environment.apiKey !== undefined,
    model: options.model,
    version: packageVersion(),
    concurrency: options.concurrency,
  };
}

function askedBy({ hasEndpoint, baseUrl, model }: WorkerAccess): string {
  if (!hasEndpoint) return "no key and no --base-url, so offline work only";
  return `asks ${baseUrl ?? "OpenAI"}${model === undefined ? "" : ` for ${model} only`}`;
}
