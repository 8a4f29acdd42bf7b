import type { RunEnded, RunStarted } from "../../src/core/events.ts";
import type { Reply } from "../../src/core/model.ts";
import { NO_USAGE } from "../../src/core/usage.ts";
import type { Sent } from "../support/scripted-provider.ts";

export const STARTED: RunStarted = {
  type: "run-started",
  run: "r-1",
  command: "fill",
  provider: "scripted",
  endpoint: "https://scripted.test/v1",
  model: "test-model",
  total: 1,
  isTakenUp: false,
};

const USAGE = { ...NO_USAGE, inputTokens: 80, outputTokens: 20 };

export const ENDED: RunEnded = {
  type: "run-ended",
  stopped: "budget",
  requests: 2,
  usage: USAGE,
  cost: { kind: "known", usd: 0.00028 },
};

/** Usage as a line has it, of a request that was charged nothing. */
export const NO_BODY = {
  input_tokens: 0,
  cached_input_tokens: 0,
  cache_write_tokens: 0,
  output_tokens: 0,
  reasoning_tokens: 0,
};

/** Turns the first attempt away and answers the second. */
export function overloadedOnce(answer: string): (sent: Sent) => Reply {
  return ({ attempt }) =>
    attempt === 1
      ? {
          kind: "failure",
          failure: {
            scope: "retry",
            status: 503,
            code: "overloaded",
            message: "the endpoint is overloaded",
            requestId: "req-1",
          },
        }
      : {
          kind: "completion",
          finish: "complete",
          text: JSON.stringify({ answer }),
          format: "schema",
          usage: USAGE,
          modelAnswered: "test-model-1",
          responseId: "resp-2",
          requestId: "req-2",
        };
}
