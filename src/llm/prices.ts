import { z } from "zod";
import { NO_USAGE, type Cost, type Usage } from "../core/usage.ts";

export const TIERS = ["sync", "flex", "batch"] as const;
export type Tier = (typeof TIERS)[number];

/** What one model costs at one tier. */
export interface Price {
  /** US dollars for a usage. */
  usd(usage: Usage): number;
  /** Where the price comes from, for the reader of a report. */
  readonly source: string;
  /** ISO day on which the source was published; unknown for prices of the user's own. */
  readonly date: string | undefined;
}

/** US dollars per million tokens. */
const rates = z.strictObject({
  input: z.number().nonnegative(),
  /** As `input` where absent. */
  cached_input: z.number().nonnegative().optional(),
  /** As `input` where absent. */
  cache_write: z.number().nonnegative().optional(),
  output: z.number().nonnegative(),
});

/** Prices of the user's own, by model name. A tier without prices of its own costs what the standard tier costs. */
export const priceOverrides = z.record(
  z.string(),
  z.strictObject({ ...rates.shape, flex: rates.optional(), batch: rates.optional() }),
);
export type PriceOverrides = z.infer<typeof priceOverrides>;

/** The catalogue that ships with the package; a test holds both against what is installed. */
export const CATALOGUE = { name: "@pydantic/genai-prices", version: "0.1.8", date: "2026-09-23" } as const;
/** OpenAI's flex and batch tiers; other endpoints of the catalogue are not known to have them. */
const DISCOUNTED_PROVIDERS: ReadonlySet<string> = new Set(["openai", "azure"]);
const DISCOUNT = 0.5;

export interface PriceQuery {
  readonly model: string;
  /** Base URL: the price of the provider there, else OpenAI's for a model of that name. */
  readonly endpoint: string;
  readonly tier: Tier;
  readonly overrides?: PriceOverrides | undefined;
}

/** The price of a model, the user's own first; undefined where nobody knows it, which never means zero. */
export async function findPrice(query: PriceQuery): Promise<Price | undefined> {
  const own = query.overrides?.[query.model];
  if (own === undefined) return cataloguePrice(query);
  const chosen = query.tier === "sync" ? own : (own[query.tier] ?? own);
  return { usd: (usage) => usdAt(chosen, usage), source: "configuration", date: undefined };
}

/** For models that run on one's own machine. */
export const NO_CHARGE: Price = { usd: () => 0, source: "runs locally", date: undefined };

export function costOf(usage: Usage, price: Price | undefined): Cost {
  return price === undefined ? { kind: "unknown" } : { kind: "known", usd: price.usd(usage) };
}

/** The most a request can cost: all input at the dearest input rate, all output used. */
export function ceilingUsd(price: Price, inputTokens: number, outputTokens: number): number {
  const plain: Usage = { inputTokens, outputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return Math.max(price.usd(plain), price.usd({ ...plain, cacheWriteTokens: inputTokens }));
}

function usdAt(rate: z.infer<typeof rates>, usage: Usage): number {
  const plainInput = usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens;
  const microUsd =
    plainInput * rate.input +
    usage.cachedInputTokens * (rate.cached_input ?? rate.input) +
    usage.cacheWriteTokens * (rate.cache_write ?? rate.input) +
    usage.outputTokens * rate.output;
  return microUsd / 1_000_000;
}

async function cataloguePrice({ model, endpoint, tier }: PriceQuery): Promise<Price | undefined> {
  const { calcPrice } = await import("@pydantic/genai-prices");
  const places = [
    { at: { providerApiUrl: endpoint }, note: "" },
    // Proxies and gateways pass OpenAI's models on under their names; what they charge is taken to be OpenAI's price.
    { at: { providerId: "openai" }, note: ", assumed for this endpoint" },
  ];
  for (const { at, note } of places) {
    const look = (usage: Usage) => calcPrice(catalogueUsage(usage), model, at);
    const sample = look(NO_USAGE);
    if (sample === null) continue;
    const factor = tier !== "sync" && DISCOUNTED_PROVIDERS.has(sample.provider.id) ? DISCOUNT : 1;
    return {
      usd: (usage) => (look(usage)?.total_price ?? 0) * factor,
      source: `${CATALOGUE.name} ${CATALOGUE.version}, ${sample.provider.id}${note}`,
      date: CATALOGUE.date,
    };
  }
  return undefined;
}

function catalogueUsage(usage: Usage): Record<string, number> {
  return {
    input_tokens: usage.inputTokens,
    cache_read_tokens: usage.cachedInputTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens: usage.outputTokens,
  };
}
