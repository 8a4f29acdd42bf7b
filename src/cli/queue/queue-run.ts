import type { OnEvent } from "../../core/events.ts";
import type { Model } from "../../core/model.ts";
import { jobKey, type QueuedRun } from "../../engine/queue/job.ts";
import type { QueueClient } from "../../engine/queue/queue-client.ts";
import { modelOfArrival, takeIn } from "../../llm/arrival.ts";
import type { Journal } from "../../llm/journal.ts";
import type { RunStop } from "../../llm/run-stop.ts";

export interface QueueRunOptions {
  readonly client: QueueClient;
  readonly run: QueuedRun;
  readonly journal: Journal;
  readonly stop: RunStop;
  readonly onEvent: OnEvent;
  /** Told once everything is sent. */
  readonly onSent?: ((sent: number, of: number) => Promise<void>) | undefined;
  /** Another word for each time that what was answered before is to be asked again. */
  readonly round?: string | undefined;
}

/** An item whose replies are here, and the model that gives them. */
export interface ArrivedItem<Item> {
  readonly item: Item;
  readonly model: Model;
}

/** A run whose items are worked on by workers: they are sent, and come back with every reply. */
export class QueueRun {
  readonly #options: QueueRunOptions;

  constructor(options: QueueRunOptions) {
    this.#options = options;
  }

  /**
   * Sends the items and gives them as they come back, until all did, or none will. Their replies are in the journal then.
   * @param model of the run, which sends nothing itself.
   * @param inputOf what a worker is told of an item: plain data.
   */
  async *arrivals<Item>(
    items: readonly Item[],
    { model, inputOf, signal }: { model: Model; inputOf: (item: Item) => unknown; signal: AbortSignal },
  ): AsyncGenerator<ArrivedItem<Item>, void, undefined> {
    const { client, run, journal, stop, onEvent, onSent, round } = this.#options;
    const waiting = new Map<string, Item[]>();
    function* jobs(): Generator<{ readonly key: string; readonly input: unknown }> {
      for (const item of items) {
        const input = inputOf(item);
        const key = jobKey(run, input, round);
        const twins = waiting.get(key);
        if (twins !== undefined) twins.push(item);
        else waiting.set(key, [item]);
        if (twins === undefined) yield { key, input };
      }
    }
    const sent = await client.submit(run, jobs());
    await onSent?.(sent, waiting.size);
    const arriving = client.arrivals(run.id, signal);
    for (let next = await arriving.next(); ; next = await arriving.next()) {
      if (next.done === true) {
        if (next.value === "budget") stop.stop({ kind: "budget" });
        if (next.value === "cancelled") stop.stop({ kind: "withdrawn" });
        return client.close(run.id);
      }
      const job = next.value;
      takeIn(job, journal, onEvent);
      client.took(job.key);
      const own = modelOfArrival(model, job);
      for (const item of waiting.get(job.key) ?? []) yield { item, model: own };
      waiting.delete(job.key);
    }
  }
}
