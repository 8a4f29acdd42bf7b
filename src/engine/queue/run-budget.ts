import { z } from "zod";
import type { QueueServer } from "./queue-server.ts";

/** The money of one run, kept over all its workers. */
export class RunBudget {
  readonly #server: QueueServer;
  readonly #run: string;
  readonly #worker: string;

  constructor(server: QueueServer, run: string, worker: string) {
    this.#server = server;
    this.#run = run;
    this.#worker = worker;
  }

  /** held: set aside · later: it does not fit beside what is under way · never: it does not fit. */
  async hold(usd: number): Promise<"held" | "later" | "never"> {
    const [row] = await this.#server.query(
      z.object({ answer: z.enum(["held", "later", "never"]) }),
      "select answerkey.hold($1, $2, $3) as answer",
      [this.#run, this.#worker, usd],
    );
    return row?.answer ?? "never";
  }

  /** Books what was spent, and frees what had been set aside for it. */
  settle(heldUsd: number, spentUsd: number): Promise<void> {
    return this.#server.run(
      `with freed as (update answerkey.holds set usd = greatest(0, usd - $3) where run = $1 and worker = $2)
       update answerkey.runs set spent_usd = spent_usd + $4 where id = $1`,
      [this.#run, this.#worker, heldUsd, spentUsd],
    );
  }

  /** Nothing more is sent for this run until it is taken up with more. */
  stop(): Promise<void> {
    return this.#server.run("update answerkey.runs set stopped = 'budget' where id = $1 and stopped is null", [
      this.#run,
    ]);
  }
}
