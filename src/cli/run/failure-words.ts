import type { Outcome } from "../../core/outcome.ts";

/**
 * Why a draft brought nothing, in our words: what a model said may hold anything. The journal has it in full.
 *
 * @param refused what a refusal means where it happened.
 */
export function failureWords(outcome: Exclude<Outcome<unknown>, { readonly status: "ok" }>, refused: string): string {
  switch (outcome.status) {
    case "refused":
      return refused;
    case "truncated":
      return "the reply was cut off, also with a larger limit";
    case "filtered":
      return "the provider's content filter stopped the reply";
    case "invalid":
      return "the reply did not fit what was asked for, also when asked again";
    case "api_error":
      return outcome.failure.message;
    case "stopped_budget":
      return "the budget would have been passed";
    case "cancelled":
      return "the run was stopped first";
    default:
      return outcome satisfies never;
  }
}
