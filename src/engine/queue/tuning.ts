/** Times by which the queue works. */
export interface QueueTuning {
  /** How often a worker says that it is alive, and looks after others. */
  readonly beatMs: number;
  /** A worker that was silent for so long is lost, and its jobs go to others. */
  readonly lostAfterMs: number;
  /** How long a worker without work, or a run without news, waits before it looks again. */
  readonly pollMs: number;
  /** Before a job that failed is tried again; twice as long before the next time. */
  readonly retryDelaySeconds: number;
}

export const TUNING: QueueTuning = { beatMs: 2_000, lostAfterMs: 12_000, pollMs: 250, retryDelaySeconds: 1 };
