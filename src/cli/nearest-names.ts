const MOST = 3;

/** Names that somebody may have meant: those that begin so, else the fewest changed letters away, at most a third of them. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const longer = known.filter((each) => each.startsWith(name));
  if (longer.length > 0) return longer.slice(0, MOST);
  const near = known
    .map((each) => ({ each, distance: distance(name, each) }))
    .filter((found) => found.distance <= Math.max(1, Math.floor(name.length / 3)));
  return near
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, MOST)
    .map(({ each }) => each);
}

/** Levenshtein: how many letters are to be added, left out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
