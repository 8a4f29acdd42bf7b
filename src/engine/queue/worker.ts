import type { Clock } from "../../core/clock.ts";
import { runLocal } from "../local.ts";
import type { Service } from "./job.ts";
import { JobSource } from "./job-source.ts";
import { type QueueTuning, TUNING } from "./tuning.ts";
import type { HeldJob, JobEnd } from "./job-end.ts";
import type { RunToServe, WorkerSeat } from "./worker-seat.ts";

export interface WorkerOptions {
  readonly seat: WorkerSeat;
  readonly clock: Clock;
  /** Whether this worker can do what is asked of such a service. */
  readonly serves: (service: Service, kind: string) => boolean;
  readonly work: (job: HeldJob, run: RunToServe, signal: AbortSignal) => Promise<JobEnd>;
  /** Most jobs at once. */
  readonly concurrency: number;
  /** Aborted when no more jobs are to be taken. Those under way are finished. */
  readonly signal: AbortSignal;
  /** Aborted when those under way are to be given back as well. */
  readonly abort: AbortSignal;
  readonly tuning?: QueueTuning | undefined;
  /** Told each time that nothing waits that it could do. */
  readonly onIdle?: (() => void) | undefined;
  /** Told of every job that ended here. */
  readonly onEnd?: ((end: JobEnd["kind"]) => void) | undefined;
}

/** Takes jobs and works on them, through the same loop as a run in one process, until it is told to stop. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const worker = new Worker(options);
  await worker.run();
}

class Worker {
  readonly #options: WorkerOptions;
  readonly #tuning: QueueTuning;
  readonly #runs = new Map<string, RunToServe>();
  readonly #switches = new Map<string, AbortController>();
  /** In the order in which they are asked next. */
  #queues: string[] = [];
  #lastBeat = Number.NEGATIVE_INFINITY;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#tuning = options.tuning ?? TUNING;
  }

  async run(): Promise<void> {
    const { seat, clock, concurrency, signal, abort, onEnd = () => {} } = this.#options;
    await seat.beat([]);
    const over = new AbortController();
    // A worker whose beat has ended is taken for lost, so it takes and keeps no more jobs.
    const silent = new AbortController();
    const beating = this.#beat(over.signal).catch((fault: unknown) => silent.abort(fault));
    const taking = AbortSignal.any([signal, silent.signal]);
    const working = AbortSignal.any([abort, silent.signal]);
    const rest = (): Promise<void> => clock.sleep(this.#tuning.pollMs, taking).catch(() => {});
    const source = new JobSource<HeldJob>((most) => this.#take(most), { rest, signal: taking });
    const work = async (held: HeldJob): Promise<void> => {
      const end = await this.#work(held);
      await seat.end(held, end);
      onEnd(end.kind);
    };
    try {
      for await (const ended of runLocal({ items: source, run: work, inFlight: concurrency, signal: working })) {
        if (ended.kind === "threw") throw ended.error;
      }
    } finally {
      over.abort();
      await beating;
      await seat.leave();
    }
    if (silent.signal.aborted) throw silent.signal.reason;
  }

  /** A job that breaks what works on it is no reason to end: others wait, and it is tried again elsewhere. */
  async #work(held: HeldJob): Promise<JobEnd> {
    const run = this.#runs.get(held.run);
    if (run === undefined) return { kind: "returned", records: [] };
    const control = this.#switches.get(run.id) ?? new AbortController();
    this.#switches.set(run.id, control);
    try {
      return await this.#options.work(held, run, AbortSignal.any([this.#options.abort, control.signal]));
    } catch (error) {
      const name = error instanceof Error ? error.name : "Error";
      return { kind: "failed", records: [], failure: `the job broke its worker (${name})` };
    }
  }

  async #take(most: number): Promise<readonly HeldJob[]> {
    if (this.#queues.length === 0) await this.#look();
    for (const queue of this.#queues) {
      const taken = await this.#options.seat.take(queue, most);
      if (taken.some(({ run, begun }) => this.#runs.get(run)?.begun !== begun)) await this.#look();
      // The next one is asked first next time, so that none waits for another to be empty.
      if (taken.length > 0) this.#queues = [...this.#queues.filter((each) => each !== queue), queue];
      if (taken.length > 0) return taken;
    }
    await this.#look();
    if (this.#queues.length === 0) this.#options.onIdle?.();
    return [];
  }

  async #look(): Promise<void> {
    const { seat, serves } = this.#options;
    const runs = (await seat.runs()).filter(({ service, kind }) => serves(service, kind));
    for (const run of runs) this.#runs.set(run.id, run);
    const wanted = new Set(runs.map(({ queue }) => queue));
    const known = this.#queues.filter((queue) => wanted.has(queue));
    this.#queues = [...known, ...[...wanted].filter((queue) => !known.includes(queue))];
  }

  /** Says that it lives, ends what was withdrawn, and takes jobs from those who do not live. */
  async #beat(signal: AbortSignal): Promise<void> {
    const { seat, clock } = this.#options;
    const { beatMs, lostAfterMs } = this.#tuning;
    while (!signal.aborted) {
      for (const run of await seat.beat(this.#queues)) this.#withdraw(run);
      await seat.giveStraysBack();
      const now = clock.now();
      // After a server was away all were silent; who comes back first must not take the others for lost.
      if (now - this.#lastBeat < lostAfterMs / 2) await seat.reap(lostAfterMs);
      this.#lastBeat = now;
      await clock.sleep(beatMs, signal).catch(() => {});
    }
  }

  #withdraw(run: string): void {
    this.#switches.get(run)?.abort();
    // The run may be taken up again.
    this.#switches.delete(run);
  }
}
