import { alignmentDistance } from "./alignment-distance.ts";

/** The name most like a mistyped one, or undefined where none is near: at most a third of its letters differ. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .toSorted((left, right) => left.distance - right.distance);
  const [nearest] = ranked;
  if (nearest === undefined) return undefined;
  return nearest.distance <= Math.max(1, Math.floor(nearest.name.length / 3)) ? nearest.name : undefined;
}

/** Letters of a mistyped word that are looked at. */
const LONGEST = 40;

/** How many slips of the pen make a name of what was typed; upper and lower case are one. */
export function editDistance(typed: string, name: string): number {
  return alignmentDistance(typed.toLowerCase().slice(0, LONGEST), name.toLowerCase());
}
