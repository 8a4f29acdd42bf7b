import { NO_USAGE } from "../../core/usage.ts";
import type { Tier } from "../../llm/prices.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import type { ModelOptions } from "./model-options.ts";
import { priceOfRun } from "./price-of-run.ts";

/** From so many items on the price of the other lanes is worth their wait. */
const MANY = 50;

/** A word where another lane would suit the size of a run better; the lane that was asked for is taken all the same. */
export async function tierHint(
  chosen: ChosenProvider,
  options: ModelOptions,
  items: number,
): Promise<string | undefined> {
  if (options.tier === "batch" && items < MANY) {
    return "few for a batch, which may take a day: --tier sync is done in minutes";
  }
  if (options.tier !== "sync" || items < MANY || chosen.batches === undefined) return undefined;
  const [direct, batch] = await Promise.all([sampleUsd(chosen, options, "sync"), sampleUsd(chosen, options, "batch")]);
  if (direct === undefined || batch === undefined || batch >= direct) return undefined;
  const percent = Math.round((100 * batch) / direct);
  return `--tier batch (within a day) or flex would cost ${percent} % of this; --dry-run shows the prices`;
}

/** Of a thousand tokens in and a thousand out. */
async function sampleUsd(chosen: ChosenProvider, options: ModelOptions, tier: Tier): Promise<number | undefined> {
  const price = await priceOfRun(chosen, options, tier);
  return price?.usd({ ...NO_USAGE, inputTokens: 1_000, outputTokens: 1_000 });
}
