import { z } from "zod";
import { priceOverrides, TIERS } from "../../llm/prices.ts";
import { dollars, wholeNumber } from "../options.ts";
import { queueOptions } from "../queue/queue-options.ts";

const seconds = wholeNumber.min(1, "expected at least 1 second").max(86_400, "expected at most a day");

const DIRECT_TIERS = ["sync", "flex"] as const;

/** Which model is asked, and within what limits: may stand in the configuration, and a flag of the same name wins. */
export const modelOptions = z.object({
  provider: z.enum(["auto", "openai", "local", "offline", "recorded"]).default("auto"),
  model: z.string().min(1).optional(),
  baseUrl: z.string().optional(),
  api: z.enum(["auto", "responses", "chat"]).default("auto"),
  tier: z.enum(TIERS).default("sync"),
  wait: z.boolean().default(false),
  batchTokens: wholeNumber.min(1, "expected at least 1").optional(),
  finish: z.enum(DIRECT_TIERS).optional(),
  resubmitLost: z.boolean().default(false),
  recording: z.string().optional(),
  logFile: z.string().min(1).optional(),
  prompts: z.string().optional(),
  concurrency: wholeNumber.min(1, "expected at least 1").max(1024, "expected at most 1024").optional(),
  rpm: wholeNumber.min(1, "expected at least 1").optional(),
  tpm: wholeNumber.min(1, "expected at least 1").optional(),
  maxWait: seconds.default(600),
  timeout: seconds.optional(),
  budget: dollars.optional(),
  prices: priceOverrides.optional(),
  ...queueOptions.shape,
});
export type ModelOptions = z.infer<typeof modelOptions>;

const MOST_AT_ONCE = 64;

/** Most requests at once: the user's word, else what the provider bears. */
export function concurrencyOf(
  { concurrency }: Pick<ModelOptions, "concurrency">,
  { atOnce = MOST_AT_ONCE }: { readonly atOnce?: number | undefined },
): number {
  return concurrency ?? atOnce;
}

/** How requests travel that are not sent by batch. */
export function directTier({ tier, finish }: Pick<ModelOptions, "tier" | "finish">): (typeof DIRECT_TIERS)[number] {
  return finish ?? (tier === "batch" ? "sync" : tier);
}

/** Longest wait for one reply. Flex waits for spare capacity and takes longer. */
export function timeoutMs(options: Pick<ModelOptions, "timeout" | "tier" | "finish">): number {
  const { timeout = directTier(options) === "flex" ? 1_800 : 600 } = options;
  return timeout * 1_000;
}
