/** The name that differs least from a mistyped one; undefined where none is like it. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest !== undefined && nearest.distance <= Math.max(1, Math.floor(typed.length / 3))
    ? nearest.name
    : undefined;
}

/** Letters to add, drop or change (Levenshtein 1966). */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const changed = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}
