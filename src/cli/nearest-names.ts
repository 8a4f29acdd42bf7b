import { editDistance } from "../core/nearest-name.ts";

const MOST = 3;

/** Names that somebody may have meant: those that begin so, else the fewest changed letters away, at most a third of them. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const all = [...new Set(known)];
  const longer = name === "" ? [] : all.filter((each) => each.startsWith(name));
  if (longer.length > 0) return longer.slice(0, MOST);
  const near = all
    .map((each) => ({ each, distance: editDistance(name, each) }))
    .filter((found) => found.distance <= Math.max(1, Math.floor(name.length / 3)));
  return near
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, MOST)
    .map(({ each }) => each);
}

/** The hint for a name that is not known: what may have been meant, or else how to find out. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const near = nearestNames(name, known);
  return near.length === 0 ? otherwise : `did you mean ${near.join(" or ")}?`;
}
