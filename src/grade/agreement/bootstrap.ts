import type { Interval } from "./estimate.ts";
import type { Panel, Unit } from "./panel.ts";
import { below, seededRandom, type Random } from "./random.ts";
import type { Weights } from "./statistic.ts";

/** Answers of one candidate are alike, and so are answers to one question: they are drawn together. */
export const CLUSTERS = ["candidate", "question"] as const;
export type Cluster = (typeof CLUSTERS)[number];

export interface BootstrapOptions {
  readonly seed: number;
  readonly resamples: number;
  readonly clusters: readonly Cluster[];
}

const LEVEL = 0.95;
/** Below this share of redraws with a value, the others are no fair picture. */
const LEAST_DEFINED = 0.9;
/** From so many units on, no spread at all is taken at its word. */
const LARGE_SET = 50;

interface Clustering {
  readonly count: number;
  /** Cluster of each unit. */
  readonly of: readonly number[];
}

/**
 * The weights of redraws with replacement. A unit counts as often as its candidate was drawn, times as often as its question
 * was (the product weights of Owen 2007, Annals of Applied Statistics 1:386). The array is the same one each time,
 * overwritten. Nothing comes where no kind of cluster has two members.
 */
export function* redraws({ units }: Panel, options: BootstrapOptions): Generator<Weights> {
  const clusterings = options.clusters.map((by) => clusteringOf(units, by)).filter(({ count }) => count > 1);
  if (clusterings.length === 0) return;
  const random = seededRandom(options.seed);
  const weights = new Float64Array(units.length);
  for (let redraw = 0; redraw < options.resamples; redraw++) {
    weights.fill(1);
    for (const clustering of clusterings) multiplyByDraws(weights, clustering, random);
    yield weights;
  }
}

function clusteringOf(units: readonly Unit[], by: Cluster): Clustering {
  const places = new Map<string, number>();
  const of = units.map(({ row }) => {
    const place = places.get(row[by]) ?? places.size;
    places.set(row[by], place);
    return place;
  });
  return { count: places.size, of };
}

function multiplyByDraws(weights: Float64Array, { count, of }: Clustering, random: Random): void {
  const draws = new Float64Array(count);
  for (let draw = 0; draw < count; draw++) {
    const drawn = below(random, count);
    draws[drawn] = (draws[drawn] ?? 0) + 1;
  }
  for (const [unit, cluster] of of.entries()) weights[unit] = (weights[unit] ?? 0) * (draws[cluster] ?? 0);
}

/** Percentile interval (Efron 1979) of a statistic's values in redraws; NaN for a redraw without one. */
export function intervalOf(values: readonly number[], units: number): Interval {
  if (values.length === 0) return { kind: "undefined", reason: "one-cluster" };
  const defined = Float64Array.from(values.filter((value) => !Number.isNaN(value))).toSorted();
  if (defined.length < LEAST_DEFINED * values.length) return { kind: "undefined", reason: "rarely-defined" };
  const lower = quantile(defined, (1 - LEVEL) / 2);
  const upper = quantile(defined, (1 + LEVEL) / 2);
  if (lower === upper && units < LARGE_SET) return { kind: "undefined", reason: "no-spread" };
  return { kind: "known", lower, upper };
}

/** By linear interpolation between the two nearest (Hyndman and Fan 1996, type 7). */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const low = ascending[Math.floor(place)] ?? 0;
  const high = ascending[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place - Math.floor(place));
}
