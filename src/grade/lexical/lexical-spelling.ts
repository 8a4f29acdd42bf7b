import { alignmentDistance } from "../../core/alignment-distance.ts";

const SHORTEST_MISSPELT = 5;
const LONG_WORD = 9;

/**
 * True where two terms are one word but for a slip of the pen: one letter (two in a long word) wrong, missing, too many or swapped
 * with its neighbour, never the first. Names and short words differ by a letter too often to be forgiven.
 */
export function isMisspelling(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length);
  if (shorter < SHORTEST_MISSPELT || left[0] !== right[0] || /\d/.test(left + right)) return false;
  const allowed = shorter >= LONG_WORD ? 2 : 1;
  return Math.abs(left.length - right.length) <= allowed && alignmentDistance(left, right) <= allowed;
}
