import { exact, type Thousandths } from "../rubric/points.ts";
import type { DraftWeight } from "./rubric-draft-reply.ts";

const SHARES: Readonly<Record<DraftWeight, number>> = { minor: 1, normal: 2, major: 3 };

/** Finer steps that people use, in thousandths, for a maximum that the scale's own step cannot share out. */
const FINER_UNITS = [500, 250, 100, 50, 10, 1];

/**
 * Shares `max` out by weights: parts of at least one unit that sum to `max` exactly (method of largest remainders, Hamilton 1792, the
 * earlier of equals first). The unit is the scale's step where it divides `max` into enough of them, else a finer one.
 * @throws RangeError if there are more parts than thousandths.
 */
export function shareOut(weights: readonly DraftWeight[], max: Thousandths, step: Thousandths): readonly Thousandths[] {
  const unit = unitFor(weights.length, max, step);
  const spare = max / unit - weights.length;
  const whole = weights.reduce((sum, weight) => sum + SHARES[weight], 0);
  // One unit each, so that nothing is worthless; the rest by weight, as near to it as whole units come.
  const quotas = weights.map((weight) => Math.max(0, (SHARES[weight] / whole) * (spare + weights.length) - 1));
  const scale =
    spare /
    Math.max(
      1,
      quotas.reduce((sum, quota) => sum + quota, 0),
    );
  const scaled = quotas.map((quota) => quota * scale);
  const floors = scaled.map(Math.floor);
  const left = spare - floors.reduce((sum, units) => sum + units, 0);
  const luckiest = scaled
    .map((quota, place) => ({ place, remainder: quota - (floors[place] ?? 0) }))
    .toSorted((one, other) => other.remainder - one.remainder || one.place - other.place);
  const raised = new Set(luckiest.slice(0, left).map(({ place }) => place));
  return floors.map((units, place) => exact((units + 1 + (raised.has(place) ? 1 : 0)) * unit));
}

function unitFor(parts: number, max: Thousandths, step: Thousandths): number {
  const units = [step, ...FINER_UNITS.filter((unit) => unit < step)];
  const unit = units.find((each) => max % each === 0 && max / each >= parts);
  if (unit === undefined) throw new RangeError("the maximum is too small to be shared out");
  return unit;
}

/** Half of the points, down to a multiple of the step; 0 where nothing lies between. */
export function halfOf(points: Thousandths, step: Thousandths): Thousandths {
  return exact(Math.floor(points / 2 / step) * step);
}

/** What a mistake takes away: a twentieth of the maximum for a minor one, a step at least. */
export function penaltyOf(weight: DraftWeight, max: Thousandths, step: Thousandths): Thousandths {
  const steps = Math.max(1, Math.floor((max * SHARES[weight]) / 20 / step));
  return exact(-steps * step);
}
