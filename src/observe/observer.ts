import type { OnEvent, RunEvent } from "../core/events.ts";

/** Hears everything that a run tells. It never throws: what is only told must not end what is paid for. */
export interface Observer {
  readonly onEvent: OnEvent;
  /** Once nothing more is told. */
  readonly close: () => Promise<void>;
}

/** Tells each event to all. */
export function toAll(listeners: readonly OnEvent[]): OnEvent {
  const [only] = listeners;
  if (only !== undefined && listeners.length === 1) return only;
  return (event: RunEvent) => {
    for (const listener of listeners) listener(event);
  };
}
