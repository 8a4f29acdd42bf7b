/** A job that a worker holds. */
export interface HeldJob {
  readonly key: string;
  /** The queue's own name of it; another each time it is sent. */
  readonly job: string;
  readonly queue: string;
  readonly run: string;
  /** How often the run had been begun or taken up when the job was taken. */
  readonly begun: number;
  /** Written by others: to be parsed. */
  readonly input: unknown;
  /** What was recorded when it was worked on before. */
  readonly records: readonly unknown[];
  /** True where no other attempt follows. */
  readonly isLast: boolean;
}

/** done: for good · failed: to be tried again, at last a dead letter · returned: nothing was wrong with it. */
export type JobEnd =
  | { readonly kind: "done"; readonly records: readonly unknown[] }
  | { readonly kind: "failed"; readonly records: readonly unknown[]; readonly failure: string }
  | { readonly kind: "returned"; readonly records: readonly unknown[] };

/** A job whose work is over here, and how. */
export interface Ended {
  readonly held: HeldJob;
  readonly end: JobEnd;
}
