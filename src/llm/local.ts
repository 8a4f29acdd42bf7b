import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import type { ApiFailure } from "../core/outcome.ts";
import type { Generated, LocalEngine } from "./local-engine.ts";

export interface LocalOptions {
  /** Name of the model, with what tells its file from others: it is part of every request's key. */
  readonly model: string;
  /** Loads the model; called with the first request, so that a run of replies known before loads none. */
  readonly open: () => Promise<LocalEngine>;
}

/** In the place of an address, in journals and keys. */
export const IN_PROCESS = "in-process";

/** The shortest reply that is worth asking for. */
const LEAST_ROOM = 16;

/** Asks a model that runs in this process. A reply that did not fit is told as cut, never closed and taken for whole. */
export function localProvider(options: LocalOptions): Provider & { close(): Promise<void> } {
  return new LocalProvider(options);
}

class LocalProvider implements Provider {
  readonly name = "local";
  readonly endpoint = IN_PROCESS;
  readonly model: string;
  readonly #open: () => Promise<LocalEngine>;
  #engine: Promise<LocalEngine> | undefined;

  constructor({ model, open }: LocalOptions) {
    this.model = model;
    this.#open = open;
  }

  async send(request: ProviderRequest, signal: AbortSignal): Promise<Reply> {
    if (signal.aborted) return { kind: "aborted" };
    this.#engine ??= this.#open();
    const engine = await this.#engine.catch((): undefined => undefined);
    if (engine === undefined) return { kind: "failure", failure: notLoaded(this.model) };
    const inputTokens = engine.tokensOf(request.messages);
    const room = engine.contextTokens - inputTokens;
    if (room < LEAST_ROOM) return { kind: "failure", failure: tooLong(inputTokens, engine.contextTokens) };
    const { key, messages, jsonSchema, maxOutputTokens, sampling } = request;
    const generation = {
      messages,
      jsonSchema,
      maxTokens: Math.min(maxOutputTokens, room),
      temperature: sampling.temperature ?? 0,
      // Other samples of a task are other requests, so each has a seed of its own, and the same again.
      seed: Number.parseInt(key.slice(0, 8), 16),
    };
    try {
      return completionOf(await engine.generate(generation, signal), inputTokens);
    } catch {
      return signal.aborted ? { kind: "aborted" } : { kind: "failure", failure: BROKEN };
    }
  }

  async close(): Promise<void> {
    const engine = await this.#engine?.catch((): undefined => undefined);
    await engine?.close();
  }
}

function completionOf({ text, isCut, tokensRead, tokensWritten }: Generated, inputTokens: number): Reply {
  return {
    kind: "completion",
    finish: isCut ? "length" : "complete",
    text,
    format: "schema",
    usage: {
      inputTokens,
      cachedInputTokens: Math.max(0, inputTokens - tokensRead),
      cacheWriteTokens: 0,
      outputTokens: tokensWritten,
      reasoningTokens: 0,
    },
  };
}

const BROKEN: ApiFailure = { scope: "item", code: "local_model", message: "the local model broke off" };

function notLoaded(model: string): ApiFailure {
  const message = `${model} cannot be loaded: it is damaged, of a kind that node-llama-cpp does not know, or larger than the memory`;
  return { scope: "run", code: "model_not_loaded", message };
}

function tooLong(inputTokens: number, contextTokens: number): ApiFailure {
  const message = `a prompt of ${inputTokens} tokens leaves no room for a reply in a context of ${contextTokens}`;
  return { scope: "item", code: "context_length_exceeded", message };
}
