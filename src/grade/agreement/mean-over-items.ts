import { itemOf } from "./agreement-row.ts";
import { known, unknown } from "./estimate.ts";
import { groupBy } from "../../core/group-by.ts";
import type { Panel } from "./panel.ts";
import type { Statistic } from "./statistic.ts";

/**
 * A statistic of each question (or criterion) by itself, and the mean of them, each as often as it has answers. Over all at
 * once a judge also earns agreement for knowing which questions are hard; here it does not.
 */
export function meanOverItems(statistic: Statistic): Statistic {
  return (panel) => {
    const items = itemsOf(panel).map(statistic);
    return (weights) => {
      let n = 0;
      let sum = 0;
      for (const compute of items) {
        const estimate = compute(weights);
        if (estimate.kind === "undefined") continue;
        n += estimate.n;
        sum += estimate.n * estimate.value;
      }
      if (n > 0) return known(sum / n, n);
      return panel.pairs.length === 0 ? unknown("no-pairs") : unknown("all-equal");
    };
  };
}

/** The panel by item. Units keep their places, so that the weights of the whole panel hold for each. */
function itemsOf({ units, pairs }: Panel): readonly Panel[] {
  const itemOfUnit = units.map(({ row }) => itemOf(row));
  return [...groupBy(pairs, ({ unit }) => itemOfUnit[unit] ?? "").values()].map((own) => ({ units, pairs: own }));
}
