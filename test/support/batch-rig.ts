import { onTestFinished } from "vitest";
import type { RunEvent } from "../../src/core/events.ts";
import { UserError } from "../../src/core/errors.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import type { RecordLog } from "../../src/core/record-log.ts";
import { runId } from "../../src/core/ids.ts";
import type { Cost } from "../../src/core/usage.ts";
import { runItems } from "../../src/cli/run/run-items.ts";
import { openBatchFolder } from "../../src/files/batch-folder.ts";
import { runFolder } from "../../src/files/run-folder.ts";
import { openWorkspace } from "../../src/files/workspace.ts";
import type { BatchEntry } from "../../src/llm/batch-book.ts";
import { BatchDesk, type BatchDeskOptions } from "../../src/llm/batch-desk.ts";
import { openJournal } from "../../src/llm/journal.ts";
import { createLedger } from "../../src/llm/ledger.ts";
import { createLimiter } from "../../src/llm/limiter.ts";
import { openAiProvider } from "../../src/llm/openai.ts";
import { createModel } from "../../src/llm/resilient-model.ts";
import { RunStop, type StopReason } from "../../src/llm/run-stop.ts";
import { BatchHost, type HostOptions } from "./batch-host.ts";
import { MemoryRecordLog } from "./memory-record-log.ts";
import { answerTask, PRICE, seeded, type Answer } from "./model-rig.ts";
import { startModelServer, type ModelServer } from "./model-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Half of {@link PRICE}. */
export const BATCH_PRICE = { ...PRICE, usd: (usage: Parameters<typeof PRICE.usd>[0]) => PRICE.usd(usage) / 2 };

export interface Session {
  readonly outcomes: ReadonlyMap<string, Outcome<Answer>>;
  readonly stop: StopReason | undefined;
  readonly events: readonly RunEvent[];
  readonly batches: readonly BatchEntry[];
  readonly spentUsd: number;
  readonly totals: { readonly attempts: number; readonly cost: unknown };
}

export interface SessionOptions extends Partial<
  Pick<BatchDeskOptions, "waits" | "finishes" | "givesUpLost" | "limits">
> {
  readonly budgetUsd?: number;
  readonly apiKey?: string;
  /** False for a run that knows no batches. */
  readonly byBatch?: boolean;
  readonly log?: MemoryRecordLog;
  /** What this machine's clock says. */
  readonly now?: number;
  /** How many replies the disk has room for. */
  readonly room?: number;
}

/** One run with its folder and journal, taken up as often as one likes, against one server. */
export interface BatchRig {
  readonly host: BatchHost;
  readonly server: ModelServer;
  readonly log: MemoryRecordLog;
  readonly session: (questions: readonly string[], options?: SessionOptions) => Promise<Session>;
}

export async function batchRig(options: HostOptions): Promise<BatchRig> {
  const host = new BatchHost(options);
  const server = await startModelServer((seen) => host.options.behave(seen), { route: host.route });
  onTestFinished(() => server.close());
  const folder = runFolder(openWorkspace(temporaryFolder({ "outputs/runs/r/x": "" })), runId("r"));
  const log = new MemoryRecordLog();
  return { host, server, log, session: (questions, how = {}) => session(questions, how) };

  async function session(questions: readonly string[], how: SessionOptions): Promise<Session> {
    const { limits, byBatch, apiKey, ...wishes } = { byBatch: true, apiKey: "key", limits: {}, ...how };
    const clock = new VirtualClock(how.now);
    const random = seeded(1);
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void events.push(event);
    const journal = openJournal({ current: how.log ?? log, clock });
    const wanted = { waits: false, finishes: false, givesUpLost: false, ...wishes };
    const ledger = createLedger({ price: PRICE, budgetUsd: how.budgetUsd, spent: journal.totals().cost });
    const stop = new RunStop();
    const shared = { journal, ledger, stop, clock, random, onEvent, maxWaitMs: 600_000 };
    const provider = openAiProvider({ model: "test-model", baseUrl: server.url, apiKey });
    const opened = openBatchFolder(folder);
    const files = { ...opened, replies: withRoom(opened.replies, how.room) };
    try {
      const { batches: endpoint } = provider;
      const desk = byBatch
        ? new BatchDesk({ ...shared, ...wanted, endpoint, files, limits, price: BATCH_PRICE })
        : undefined;
      const limiter = createLimiter({ ceiling: 8, clock, random });
      const model = createModel({ ...shared, provider, limiter, lane: desk && ((direct) => desk.lane(direct)) });
      const outcomes = new Map<string, Outcome<Answer>>();
      const { signal } = new AbortController();
      const work = async (question: string): Promise<"ended" | "deferred"> => {
        const outcome = await model.run(answerTask(question), signal);
        if (outcome.status === "cancelled") return "deferred";
        outcomes.set(question, outcome);
        return "ended";
      };
      const batches = desk && { desk, items: files.items, close: () => {} };
      await runItems({ model, batches }, { items: questions, idOf, work, concurrency: 8, signal });
      const spentUsd = usdOf(ledger.spent());
      const { attempts, cost } = journal.totals();
      return {
        outcomes,
        stop: stop.reason,
        events,
        batches: desk?.entries ?? [],
        spentUsd,
        totals: { attempts, cost },
      };
    } finally {
      files.close();
    }
  }
}

/** A log on a disk that is full after so many records. */
function withRoom(log: RecordLog, room = Number.POSITIVE_INFINITY): RecordLog {
  let left = room;
  return {
    ...log,
    append: (record) => {
      left -= 1;
      if (left >= 0) return log.append(record);
      throw new UserError("cannot append to replies.jsonl: no space left on the disk (ENOSPC)");
    },
  };
}

function usdOf(cost: Cost): number {
  return cost.kind === "known" ? cost.usd : Number.NaN;
}

function idOf(question: string): string {
  return question;
}
