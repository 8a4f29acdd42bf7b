import type { Usage } from "../core/usage.ts";

const FIRST_OUTPUT_GUESS = 500;
const MEMORY = 0.9;

/** What a request will probably use, from what requests used so far; the worst case would leave most of a limit unused. */
export class ExpectedTokens {
  #output: number | undefined;
  /** Real input tokens to estimated ones: texts in some languages have several times more. */
  #inputRatio: number | undefined;

  tokens(inputEstimate: number, maxOutputTokens: number): number {
    const output = Math.min(maxOutputTokens, this.#output ?? FIRST_OUTPUT_GUESS);
    return inputEstimate * (this.#inputRatio ?? 1) + output;
  }

  learn(inputEstimate: number, { inputTokens, outputTokens }: Usage): void {
    this.#output = mean(this.#output, outputTokens);
    if (inputEstimate > 0) this.#inputRatio = mean(this.#inputRatio, inputTokens / inputEstimate);
  }
}

function mean(before: number | undefined, next: number): number {
  return before === undefined ? next : before * MEMORY + next * (1 - MEMORY);
}
