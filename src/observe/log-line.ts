import type { RunEvent } from "../core/events.ts";

/** Raised when a line is no longer read as before. */
const VERSION = 1;

export interface LinePlace {
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * An event as one line of JSON: version, time (ISO 8601), run, name of the event, then its own properties in snake_case.
 * A property that an event does not have is absent.
 */
export function logLine(told: RunEvent, { run, at }: LinePlace): string {
  const { type: event, ...properties } = told;
  return JSON.stringify({ v: VERSION, at: new Date(at).toISOString(), run, event, ...snakeCased(properties) });
}

function snakeCased(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === "object" && value !== null ? snakeCased(value) : value,
    ]),
  );
}
