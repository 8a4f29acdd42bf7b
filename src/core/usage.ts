/** Tokens of one or more attempts. Cached and cache-write tokens are part of `inputTokens`; reasoning is part of `outputTokens`. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

export function addUsage(left: Usage, right: Usage): Usage {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
    cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
  };
}

/** Money in US dollars. A model without a price costs "unknown", never zero. */
export type Cost = { readonly kind: "known"; readonly usd: number } | { readonly kind: "unknown" };

export const FREE: Cost = { kind: "known", usd: 0 };

export function addCost(left: Cost, right: Cost): Cost {
  if (left.kind === "unknown" || right.kind === "unknown") return { kind: "unknown" };
  return { kind: "known", usd: left.usd + right.usd };
}
