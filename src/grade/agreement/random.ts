import { sha256Hex } from "../../core/hash.ts";

/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The same numbers for the same seed, everywhere: xorshift128 (Marsaglia 2003, Journal of Statistical Software 8:14). */
export function seededRandom(seed: number): Random {
  const digits = sha256Hex(String(seed));
  let [x = 0, y = 0, z = 0, w = 0] = [0, 8, 16, 24].map((at) => Number.parseInt(digits.slice(at, at + 8), 16));
  return () => {
    const mixed = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8);
    return (w >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to, but not including, `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}
