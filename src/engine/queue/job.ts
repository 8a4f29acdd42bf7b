import { canonicalJson } from "../../core/canonical-json.ts";
import { sha256Hex } from "../../core/hash.ts";

/** Who answers, and with which release of the tool: what a worker must agree with before it takes jobs. */
export interface Service {
  readonly provider: string;
  /** For comparing only: a worker takes its endpoint from its own user, never from a database. */
  readonly endpoint: string;
  readonly model: string;
  readonly version: string;
}

/** What all jobs of a run share, written by whoever began it. No key and no path is in it. */
export interface QueuedRun {
  readonly id: string;
  /** Names the job definition. */
  readonly kind: string;
  readonly service: Service;
  /** What is asked: part of the name of each job. */
  readonly settings: unknown;
  /** How it is asked, and no part of the name: what was paid for in one tier, say, is not asked again in another. */
  readonly asking?: unknown;
  readonly budgetUsd?: number | undefined;
}

/** One job as it is sent: `input` is plain data. */
export interface QueuedJob {
  readonly key: string;
  readonly input: unknown;
}

/**
 * The content-addressed name of a job, 64 hex digits: equal work has one name in all runs, is done once, and its result is
 * found under it. `round` tells a wanted repetition from what was done before.
 */
export function jobKey(
  { kind, service, settings }: Pick<QueuedRun, "kind" | "service" | "settings">,
  input: unknown,
  round = "",
): string {
  return sha256Hex(canonicalJson({ kind, service, settings, input, round }));
}

/** Jobs that the same workers can do wait in one queue. */
export function queueName(service: Service): string {
  return `answerkey-${sha256Hex(canonicalJson(service)).slice(0, 24)}`;
}

/** The limits that all workers of one model at one endpoint share stand in one row. */
export function limitName({ provider, endpoint, model }: Service): string {
  return sha256Hex(canonicalJson({ provider, endpoint, model })).slice(0, 24);
}

/** Where pg-boss puts what failed each time. */
export function deadLetters(queue: string): string {
  return `${queue}-dead`;
}

/** What pg-boss carries: the name of a job, and none of its text. */
export function letter(queue: string, key: string): { readonly name: string; readonly data: { readonly key: string } } {
  return { name: queue, data: { key } };
}
