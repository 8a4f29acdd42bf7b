import { visibleJson } from "../core/sanitise.ts";

/** The one JSON document of a command under `--json`, fit for a terminal as well. */
export function jsonDocument(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
