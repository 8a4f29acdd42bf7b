/** A, B, … Z, AA, AB: how a criterion is pointed at in charts and beside its evidence. */
export function criterionName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${criterionName(Math.floor(at / 26) - 1)}${last}`;
}
