import { findPrice, NO_CHARGE, type Price, type Tier } from "../../llm/prices.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import { directTier, type ModelOptions } from "./model-options.ts";

/** The price of a run's model, of requests that are sent at once by default; undefined where nobody knows it. */
export async function priceOfRun(
  chosen: ChosenProvider,
  options: ModelOptions,
  tier: Tier = directTier(options),
): Promise<Price | undefined> {
  if (!chosen.isCharged) return NO_CHARGE;
  const { endpoint, model } = chosen.provider;
  return findPrice({ model, endpoint, tier, overrides: options.prices });
}
