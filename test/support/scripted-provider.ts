import type { Clock } from "../../src/core/clock.ts";
import type { Provider, ProviderRequest, Reply } from "../../src/core/model.ts";
import type { ApiFailure } from "../../src/core/outcome.ts";
import type { Completion } from "../../src/llm/judge-completion.ts";

export interface Sent {
  readonly request: ProviderRequest;
  readonly at: number;
  /** 1 for the first request with this key. */
  readonly attempt: number;
}

export interface ScriptedProvider extends Provider {
  readonly sent: readonly Sent[];
}

/** A provider in the process: `answer` says what comes back, after `latencyMs` of the clock's time. */
export function scriptedProvider(
  clock: Clock,
  answer: (sent: Sent, count: number) => Reply,
  latencyMs = 100,
): ScriptedProvider {
  const sent: Sent[] = [];
  const attempts = new Map<string, number>();
  return {
    name: "scripted",
    endpoint: "https://scripted.test/v1",
    model: "test-model",
    sent,
    async send(request, signal) {
      const attempt = (attempts.get(request.key) ?? 0) + 1;
      attempts.set(request.key, attempt);
      const one = { request, at: clock.now(), attempt };
      sent.push(one);
      const reply = answer(one, sent.length);
      try {
        await clock.sleep(latencyMs, signal);
      } catch {
        return { kind: "aborted" };
      }
      return reply;
    },
  };
}

export function completion(text: string, more: Partial<Completion> = {}): Completion {
  const usage = { inputTokens: 100, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 20, reasoningTokens: 0 };
  return { kind: "completion", finish: "complete", text, format: "schema", usage, ...more };
}

export const GOOD = completion('{"answer":"yes"}');

export function failure(scope: ApiFailure["scope"], more: Partial<ApiFailure> = {}): Reply {
  return { kind: "failure", failure: { scope, message: "a fault", ...more } };
}
