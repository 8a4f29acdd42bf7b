import type { Clock } from "../core/clock.ts";
import type { Notice } from "./api.ts";
import type { ReviewDesk } from "./review-desk.ts";

const BEAT_MS = 15_000;

/**
 * Tells the version as it is, then each change of it, and a beat now and then, by which the other side sees that nobody
 * has gone away.
 *
 * @returns how to stop.
 */
export function followNotices(desk: ReviewDesk, clock: Clock, listener: (notice: Notice) => void): () => void {
  const tell = (version: string): void => listener({ kind: "changed", version });
  const stopDesk = desk.onChange(tell);
  const stopBeats = beat(clock, () => listener({ kind: "beat" }));
  tell(desk.queue().version);
  return () => {
    stopDesk();
    stopBeats();
  };
}

function beat(clock: Clock, onBeat: () => void): () => void {
  const end = new AbortController();
  const next = (): void => {
    clock.sleep(BEAT_MS, end.signal).then(
      () => {
        onBeat();
        next();
      },
      // Stopped: nothing else ends a sleep early.
      () => {},
    );
  };
  next();
  return () => end.abort();
}
