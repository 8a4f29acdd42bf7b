/** Why a statistic has no value. It is then absent, never 0 or 1. */
export const UNDEFINED_REASONS = [
  "no-pairs",
  "all-equal",
  "one-side-equal",
  "no-pass-line",
  "no-cross-check",
  "no-second-rater",
  "scales-differ",
  "one-length",
  "no-middle",
  "none-there",
] as const;
export type UndefinedReason = (typeof UNDEFINED_REASONS)[number];

/** A statistic of so many pairs (alpha: answers), or the reason why there is none. */
export type Estimate =
  | { readonly kind: "known"; readonly value: number; readonly n: number }
  | { readonly kind: "undefined"; readonly reason: UndefinedReason };

/**
 * one-cluster: all answers are of one candidate, so nothing can be redrawn · rarely-defined: too few redraws had a value ·
 * no-spread: every redraw of a small set had the same value, which says nothing of the next answer.
 */
export const INTERVAL_REASONS = ["one-cluster", "rarely-defined", "no-spread"] as const;
export type IntervalReason = (typeof INTERVAL_REASONS)[number];

/** Both ends of a 95% interval. */
export type Interval =
  | { readonly kind: "known"; readonly lower: number; readonly upper: number }
  | { readonly kind: "undefined"; readonly reason: IntervalReason };

/** An estimate with its interval. */
export type Measured =
  | { readonly kind: "known"; readonly value: number; readonly n: number; readonly interval: Interval }
  | { readonly kind: "undefined"; readonly reason: UndefinedReason };

export function known(value: number, n: number): Estimate {
  return { kind: "known", value, n };
}

export function unknown(reason: UndefinedReason): { readonly kind: "undefined"; readonly reason: UndefinedReason } {
  return { kind: "undefined", reason };
}
