import { visibleLine } from "../core/sanitise.ts";
import type { Cost } from "../core/usage.ts";

/** Dollars with as many places as the amount needs; a price that is not known is said, never shown as zero. */
export function amount(cost: Cost): string {
  if (cost.kind === "unknown") return "price unknown";
  if (cost.usd === 0) return "$0.00";
  if (cost.usd < 0.0001) return "under $0.0001";
  return cost.usd < 0.1 ? `$${cost.usd.toFixed(4)}` : `$${cost.usd.toFixed(2)}`;
}

/** 950, 1.2k, 3.4M. */
export function count(value: number): string {
  if (value < 1000) return String(value);
  // From here on thousands would be rounded to 1000.0k.
  return value < 999_950 ? `${(value / 1000).toFixed(1)}k` : `${(value / 1_000_000).toFixed(1)}M`;
}

/** Milliseconds as m:ss, or h:mm:ss. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const clock = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${clock}` : clock.replace(/^0(?=\d:)/, "");
}

export { plural } from "../core/plural.ts";

export function batches(value: number): string {
  return `${value} ${value === 1 ? "batch" : "batches"}`;
}

/** Rows as aligned columns, a line each whatever the cells hold; numbers to the right. Widths count code points, which is right for all but wide scripts. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [header, ...rows].map((row) => row.map(visibleLine));
  const widths = header.map((_title, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  const numeric = header.map((_title, column) => all.slice(1).every((row) => /^[\d.,$~%k-]*$/.test(row[column] ?? "")));
  return all.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, numeric[column] === true))
      .join("  ")
      .trimEnd(),
  );
}

function width(text: string): number {
  return Array.from(text).length;
}

function pad(cell: string, to: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, to - width(cell)));
  return right ? blanks + cell : cell + blanks;
}

/** At most `length` code points, with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join("")}…`;
}
