import { exact, formatPoints, type Thousandths } from "./points.ts";
import type { Criterion, CriterionKind, Level } from "./rubric.ts";
import type { WrittenCriterion } from "./rubric-schema.ts";

/** Says what does not fit together in a criterion, and at which of its keys. */
export type OnFault = (key: keyof WrittenCriterion, message: string) => void;

type LevelDraft = Omit<Level, "id"> & { readonly id: string | undefined };

/**
 * Makes every kind of criterion a list of levels. A level without credit is put before what a binary, a count or a penalty
 * gives; described levels may be written up or down and come out from none to most. What the file leaves out and how that
 * is filled in is here and nowhere else, so two ways of writing a criterion give the same value.
 */
export function toCriterion(written: WrittenCriterion, onFault: OnFault): Criterion {
  const stated = statedLevels(written, onFault);
  const kind = written.kind ?? inferredKind(written, stated);
  checkWay(written, kind, onFault);
  // What is taken away per item is counted as what is given per item.
  const naming = wayOf(written) === "per_item" ? "count" : kind;
  const levels = withIds(naming, withZero(kind, inOrder(kind, stated)));
  if (kind === "binary" && levels.length > 2) onFault("kind", "binary is for two levels, met or not");
  const most = levels.at(-1)?.points ?? 0;
  if (written.points !== undefined && written.points !== most) {
    onFault("points", `says ${formatPoints(written.points)}, but the levels go to ${formatPoints(exact(most))}`);
  }
  const { id, text, evidence, group, required, accepts, rejects } = written;
  return { id, text, kind, evidence, levels, group, capWithout: required, accepts, rejects };
}

/** Ids of levels that a file need not name, from no credit to most. */
export function defaultLevelIds(kind: CriterionKind, count: number): readonly string[] {
  if (kind === "count") return ["none", ...numbered(count - 1, (place) => String(place + 1))];
  const names = count === 2 ? NAMES_OF_TWO[kind] : count === 3 ? ["none", "partial", "full"] : undefined;
  return names ?? numbered(count, (place) => `level-${place}`);
}

const NAMES_OF_TWO = {
  binary: ["unmet", "met"],
  levels: ["none", "full"],
  penalty: ["absent", "present"],
} as const;

function numbered(count: number, name: (place: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, place) => name(place));
}

function statedLevels(
  { levels, per_item: each, at_most: most, points }: WrittenCriterion,
  onFault: OnFault,
): readonly LevelDraft[] {
  if (levels !== undefined) {
    return levels.map(({ id, points: own, text, anchors }) => ({ id, points: own, descriptor: text, anchors }));
  }
  if (each !== undefined) {
    if (most === undefined) onFault("at_most", "is missing: how many items count");
    return numbered(most ?? 1, String).map((_, place) => bare(exact(each * (place + 1))));
  }
  if (points === undefined) onFault("points", "is missing; a criterion has points, levels, or per_item with at_most");
  return [bare(points ?? exact(0))];
}

function bare(points: Thousandths): LevelDraft {
  return { id: undefined, points, descriptor: "", anchors: [] };
}

function inferredKind({ levels, per_item: each }: WrittenCriterion, stated: readonly LevelDraft[]): CriterionKind {
  const isPenalty = stated.some(({ points }) => points < 0) && stated.every(({ points }) => points <= 0);
  if (isPenalty) return "penalty";
  if (levels !== undefined) return "levels";
  return each === undefined ? "binary" : "count";
}

/** Kinds that can be said in each of the three ways. */
const KINDS_OF: Readonly<Record<Way, readonly CriterionKind[]>> = {
  levels: ["binary", "levels", "count", "penalty"],
  per_item: ["count", "penalty"],
  points: ["binary", "penalty"],
};
type Way = "levels" | "per_item" | "points";

function wayOf({ levels, per_item: each }: WrittenCriterion): Way {
  if (levels !== undefined) return "levels";
  return each === undefined ? "points" : "per_item";
}

function checkWay(written: WrittenCriterion, kind: CriterionKind, onFault: OnFault): void {
  const way = wayOf(written);
  if (!KINDS_OF[way].includes(kind)) {
    const ways = Object.entries(KINDS_OF).flatMap(([other, kinds]) => (kinds.includes(kind) ? [other] : []));
    onFault("kind", `${kind} is given by ${ways.join(" or ")}`);
  }
  if (way === "levels" && written.per_item !== undefined) onFault("per_item", "stands beside levels; give one of them");
  if (way !== "per_item" && written.at_most !== undefined) onFault("at_most", "is only for per_item");
}

/** Levels that go neither up nor down stay as they are: they are refused as a whole later. */
function inOrder(kind: CriterionKind, levels: readonly LevelDraft[]): readonly LevelDraft[] {
  const reversed = levels.toReversed();
  return !isOrdered(kind, levels) && isOrdered(kind, reversed) ? reversed : levels;
}

/** True for points that never turn back on the way from no credit (or penalty) to most. */
export function isOrdered(kind: CriterionKind, levels: readonly Pick<Level, "points">[]): boolean {
  const sign = kind === "penalty" ? -1 : 1;
  return levels.every(({ points }, place) => place === 0 || (points - (levels[place - 1]?.points ?? 0)) * sign >= 0);
}

function withZero(kind: CriterionKind, levels: readonly LevelDraft[]): readonly LevelDraft[] {
  if (kind === "levels" || (levels.length > 1 && levels.some(({ points }) => points === 0))) return levels;
  return [bare(exact(0)), ...levels];
}

function withIds(kind: CriterionKind, levels: readonly LevelDraft[]): readonly Level[] {
  const names = defaultLevelIds(kind, levels.length);
  return levels.map((level, place) => ({ ...level, id: level.id ?? names[place] ?? "" }));
}
