import { findPrice, NO_CHARGE, type Price } from "../llm/prices.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import type { ModelOptions } from "./model-options.ts";

/** The price of a run's model; undefined where nobody knows it. */
export async function priceOfRun(chosen: ChosenProvider, options: ModelOptions): Promise<Price | undefined> {
  if (!chosen.isCharged) return NO_CHARGE;
  const { endpoint, model } = chosen.provider;
  return findPrice({ model, endpoint, tier: options.tier, overrides: options.prices });
}
