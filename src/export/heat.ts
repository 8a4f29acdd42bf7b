/** Steps of the heat scale; each has a colour and a colour of text that can be read on it. */
const STEPS = 5;

/** A share of full credit as a step of the heat scale: 0 for nothing, 5 for everything, the rest between. */
export function heatStep(share: number): number {
  if (share >= 1) return STEPS;
  return share <= 0 ? 0 : Math.min(STEPS - 1, 1 + Math.floor(share * (STEPS - 1)));
}

export function heatColour(share: number): string {
  return `var(--heat-${heatStep(share)})`;
}

export function onHeatColour(share: number): string {
  return `var(--on-heat-${heatStep(share)})`;
}
