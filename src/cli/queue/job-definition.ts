import type { z } from "zod";
import type { Model } from "../../core/model.ts";

/** What the work on an item is done with: a model that sends, on this machine or on a worker's. */
export interface JobContext {
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly run: { readonly id: string; readonly provider: string; readonly model: string };
}

/**
 * What is done with one item, the same wherever it is done: a function of its settings, the item and a model. Settings and
 * items are plain data, so that they travel; nothing in it reads or writes a file.
 */
export interface JobDefinition<Settings, Input, Result> {
  readonly kind: string;
  /** What all items of a run share. */
  readonly settings: z.ZodType<Settings>;
  readonly input: z.ZodType<Input>;
  /** Makes settings ready once for many items. */
  readonly open: (settings: Settings) => (input: Input, context: JobContext) => Promise<Result>;
}

/** A kind of job with its settings: what a run asks of workers. */
export interface JobOfRun {
  readonly kind: string;
  readonly settings: unknown;
}
