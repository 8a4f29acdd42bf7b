import { z } from "zod";
import { priceOverrides } from "../llm/prices.ts";
import { dollars, wholeNumber } from "./options.ts";

const seconds = wholeNumber.min(1, "expected at least 1 second").max(86_400, "expected at most a day");

/** Which model is asked, and within what limits: may stand in the configuration, and a flag of the same name wins. */
export const modelOptions = z.object({
  provider: z.enum(["auto", "openai", "offline", "recorded"]).default("auto"),
  model: z.string().min(1).optional(),
  baseUrl: z.string().optional(),
  api: z.enum(["auto", "responses", "chat"]).default("auto"),
  tier: z.enum(["sync", "flex"]).default("sync"),
  recording: z.string().optional(),
  prompts: z.string().optional(),
  concurrency: wholeNumber.min(1, "expected at least 1").max(1024, "expected at most 1024").default(64),
  rpm: wholeNumber.min(1, "expected at least 1").optional(),
  tpm: wholeNumber.min(1, "expected at least 1").optional(),
  maxWait: seconds.default(600),
  timeout: seconds.default(600),
  budget: dollars.optional(),
  prices: priceOverrides.optional(),
});
export type ModelOptions = z.infer<typeof modelOptions>;
