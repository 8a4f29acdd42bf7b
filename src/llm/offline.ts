import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import { NO_USAGE } from "../core/usage.ts";

/** By task name: a pure function from the task's input to the value a model would have replied. */
export type Answerers = Readonly<Record<string, (input: unknown) => unknown>>;

/** Answers without a model, a key or a network. `model` names the algorithm, so that its next version asks anew. */
export function offlineProvider(answerers: Answerers, model = "offline"): Provider {
  return {
    name: "offline",
    endpoint: "offline",
    model,
    send: ({ task, input }: ProviderRequest, signal: AbortSignal): Promise<Reply> => {
      if (signal.aborted) return Promise.resolve({ kind: "aborted" });
      const answer = Object.hasOwn(answerers, task) ? answerers[task] : undefined;
      if (answer === undefined) {
        const message = `the offline provider cannot do the task "${task}"; choose another provider`;
        return Promise.resolve({ kind: "failure", failure: { scope: "run", message } });
      }
      const text = JSON.stringify(answer(input));
      return Promise.resolve({ kind: "completion", finish: "complete", text, format: "schema", usage: NO_USAGE });
    },
  };
}
