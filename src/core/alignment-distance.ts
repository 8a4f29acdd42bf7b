/**
 * Optimal string alignment (Damerau 1964): how many letters are to be put in, left out or replaced, or to change places with
 * their neighbour, each counted once. By three rows of the usual table.
 */
export function alignmentDistance(left: string, right: string): number {
  let before: readonly number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const replaced = (above[column - 1] ?? 0) + (isSame ? 0 : 1);
      const shifted = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      const swapped = isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, shifted, swapped));
    }
    before = above;
    above = current;
  }
  return above[right.length] ?? 0;
}
