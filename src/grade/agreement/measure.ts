import { intervalOf, redraws, type BootstrapOptions } from "./bootstrap.ts";
import { unknown, type Estimate, type Measured, type UndefinedReason } from "./estimate.ts";
import type { Panel } from "./panel.ts";
import type { Statistic } from "./statistic.ts";

/**
 * Each statistic of a panel with its interval. All of them see the same redraws.
 * @param whenEmpty why there is nothing, should the panel be empty.
 */
export function measure<Name extends string>(
  panel: Panel,
  statistics: Readonly<Record<Name, Statistic>>,
  options: BootstrapOptions,
  whenEmpty?: UndefinedReason,
): Readonly<Record<Name, Measured>>;
export function measure(
  panel: Panel,
  statistics: Readonly<Record<string, Statistic>>,
  options: BootstrapOptions,
  whenEmpty: UndefinedReason = "no-pairs",
): Readonly<Record<string, Measured>> {
  const measures = Object.entries(statistics).map(([name, statistic]) => {
    const compute = statistic(panel);
    const redrawn: number[] = [];
    const estimate = panel.units.length === 0 ? unknown(whenEmpty) : compute(once(panel));
    return { name, compute, estimate, redrawn };
  });
  const defined = measures.filter(({ estimate }) => estimate.kind === "known");
  for (const weights of redraws(panel, options)) {
    for (const { compute, redrawn } of defined) redrawn.push(valueOf(compute(weights)));
  }
  return Object.fromEntries(
    measures.map(({ name, estimate, redrawn }) => [
      name,
      estimate.kind === "known" ? { ...estimate, interval: intervalOf(redrawn, panel.units.length) } : estimate,
    ]),
  );
}

function valueOf(estimate: Estimate): number {
  return estimate.kind === "known" ? estimate.value : Number.NaN;
}

/** One statistic of a panel, without its interval; undefined where it has no value. */
export function estimateOf(panel: Panel, statistic: Statistic): number | undefined {
  const estimate = statistic(panel)(once(panel));
  return estimate.kind === "known" ? estimate.value : undefined;
}

function once({ units }: Panel): Float64Array {
  return new Float64Array(units.length).fill(1);
}
