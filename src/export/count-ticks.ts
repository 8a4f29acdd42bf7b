/** Whole numbers from 0 up to the highest, as many as there is room for, in steps that people count in. */
export function countTicks(highest: number, most: number): readonly number[] {
  const step = stepFor(highest / Math.max(1, most));
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, at) => at * step);
}

/** 1, 2 or 5 times a power of ten, the least that is not below `least`. */
function stepFor(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return [1, 2, 5].map((each) => each * power).find((step) => step >= least) ?? 10 * power;
}
