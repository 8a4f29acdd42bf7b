/**
 * Points in integer thousandths, so that sums are exact: 0.1 + 0.2 is 300. All arithmetic of marks is done in these; they
 * become decimals only where a person reads them.
 */
export type Thousandths = number & { readonly brand: "Thousandths" };

const PER_POINT = 1000;
/** Far above any real scale, far below where integers stop being exact. */
const LARGEST_POINTS = 1_000_000;

/**
 * Points as a decimal, such as 2.5, in thousandths.
 * @throws RangeError if the number is not finite, too large, or finer than a thousandth.
 */
export function thousandths(points: number): Thousandths {
  const scaled = Math.round(points * PER_POINT);
  const isExact = Math.abs(points * PER_POINT - scaled) < 1e-6;
  if (!Number.isFinite(points) || Math.abs(points) > LARGEST_POINTS || !isExact) {
    throw new RangeError("points must be a number of at most three decimals, a million at most");
  }
  return exact(scaled);
}

/** An integer that is already in thousandths. @throws RangeError if it is not a safe integer. */
export function exact(value: number): Thousandths {
  if (!Number.isSafeInteger(value)) throw new RangeError("thousandths must be an integer");
  // Minus nought and nought are one mark.
  return (value === 0 ? 0 : value) as Thousandths;
}

export function addPoints(values: readonly Thousandths[]): Thousandths {
  return exact(values.reduce<number>((sum, value) => sum + value, 0));
}

/** As people write it: `2.5`, `-1`, `0`. */
export function formatPoints(value: Thousandths): string {
  return String(value / PER_POINT);
}

export function pointsOf(value: Thousandths): number {
  return value / PER_POINT;
}
