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
  return Math.abs(left.length - right.length) <= allowed && editDistance(left, right) <= allowed;
}

/** Optimal string alignment distance (Damerau 1964), by three rows of the usual table. */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const substituted = (above[column - 1] ?? 0) + (isSame ? 0 : 1);
      const shifted = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      const swapped = isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(substituted, shifted, swapped));
    }
    before = above;
    above = current;
  }
  return above[right.length] ?? 0;
}
