import type { Cost } from "../core/usage.ts";
import { exact, formatPoints } from "../grade/rubric/points.ts";
import type { Mean } from "./statistics.ts";

/** 0.625 as `63%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** A mean share with its n, or words where there is none. */
export function meanWords(mean: Mean | undefined): string {
  return mean === undefined ? "no mark counts yet" : `${percent(mean.mean)} (n ${mean.n})`;
}

/** 1234567 as `1,234,567`. */
export function whole(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(value: number, noun: string): string {
  return `${whole(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Dollars with as many places as they need; a price that is not known is said, never shown as zero. */
export function dollars(cost: Cost): string {
  if (cost.kind === "unknown") return "price unknown";
  if (cost.usd === 0) return "$0";
  return cost.usd < 0.1 ? `$${cost.usd.toFixed(4)}` : `$${cost.usd.toFixed(2)}`;
}

/** Thousandths as people write them, with a true minus sign. */
export function points(value: number): string {
  return formatPoints(exact(value)).replace("-", "−");
}
