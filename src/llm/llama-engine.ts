import { availableParallelism } from "node:os";
import type { Message } from "../core/task.ts";
import { grammarSchema } from "./grammar-schema.ts";
import type { Llama, LlamaChat, LlamaModel, LlamaPackage, LlamaSequence, LlamaTurn } from "./llama-package.ts";
import type { Generated, Generation, LocalEngine } from "./local-engine.ts";

export interface LlamaEngineOptions {
  readonly path: string;
  /** Replies that are written at once; each has a context of its own. */
  readonly contexts: number;
}

/** More than any prompt here with its reply; the model's own limit and the memory may allow less. */
const MOST_CONTEXT_TOKENS = 16_384;

/** Loads a model through node-llama-cpp. Nothing is downloaded or compiled. */
export async function openLlamaEngine(
  llamaPackage: LlamaPackage,
  { path, contexts }: LlamaEngineOptions,
): Promise<LocalEngine> {
  const llama = await llamaPackage.getLlama({
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: "disabled",
    // With one thread more than there are idle cores, all of them wait for that one at every token.
    maxThreads: Math.max(1, availableParallelism() - 1),
  });
  try {
    const model = await llama.loadModel({ modelPath: path });
    const context = await model.createContext({ contextSize: { max: MOST_CONTEXT_TOKENS }, sequences: contexts });
    const seats = Array.from({ length: contexts }, (): Seat => {
      const sequence = context.getSequence();
      return { sequence, chat: new llamaPackage.LlamaChat({ contextSequence: sequence }) };
    });
    return new LlamaEngine(llama, model, seats);
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

interface Seat {
  readonly sequence: LlamaSequence;
  readonly chat: LlamaChat;
}

class LlamaEngine implements LocalEngine {
  readonly contextTokens: number;
  readonly #llama: Llama;
  readonly #model: LlamaModel;
  readonly #first: Seat | undefined;
  readonly #free: Seat[];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  readonly #grammars = new WeakMap<object, Promise<object>>();

  constructor(llama: Llama, model: LlamaModel, seats: readonly Seat[]) {
    this.#llama = llama;
    this.#model = model;
    this.#first = seats[0];
    this.#free = [...seats];
    this.contextTokens = this.#first?.sequence.contextSize ?? 0;
  }

  tokensOf(messages: readonly Message[]): number {
    const state = this.#first?.chat.chatWrapper.generateContextState({ chatHistory: turnsOf(messages) });
    return state?.contextText.tokenize(this.#model.tokenizer).length ?? 0;
  }

  async generate(request: Generation, signal: AbortSignal): Promise<Generated> {
    const grammar = await this.#grammarOf(request.jsonSchema);
    const seat = await this.#seat();
    try {
      signal.throwIfAborted();
      return await write(seat, grammar, request, signal);
    } finally {
      this.#release(seat);
    }
  }

  close(): Promise<void> {
    return this.#llama.dispose();
  }

  #grammarOf(jsonSchema: Generation["jsonSchema"]): Promise<object> {
    const known = this.#grammars.get(jsonSchema);
    if (known !== undefined) return known;
    const made = this.#llama.createGrammarForJsonSchema(grammarSchema(jsonSchema));
    this.#grammars.set(jsonSchema, made);
    return made;
  }

  #seat(): Promise<Seat> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  #release(seat: Seat): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(seat);
    else next(seat);
  }
}

async function write(
  { sequence, chat }: Seat,
  grammar: object,
  { messages, maxTokens, temperature, seed }: Generation,
  signal: AbortSignal,
): Promise<Generated> {
  let isForgetful = false;
  const before = sequence.tokenMeter.getState();
  const { response, metadata } = await chat.generateResponse(turnsOf(messages), {
    grammar,
    maxTokens,
    temperature,
    seed,
    signal,
    // It is for chats, and would keep a model from quoting.
    repeatPenalty: false,
    // A context that is full would forget its beginning. It is not let come to that; if it did, the reply would not count.
    contextShift: {
      strategy: () => {
        isForgetful = true;
        throw new Error("the context is full");
      },
    },
    // What a model thinks aloud is no part of a reply that is held to a grammar.
    budgets: { thoughtTokens: 0 },
  });
  const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(before);
  return {
    text: response,
    isCut: isForgetful || metadata.stopReason === "maxTokens",
    tokensRead: usedInputTokens,
    tokensWritten: usedOutputTokens,
  };
}

/** The conversation as the package has it, up to the reply that is to be written. */
function turnsOf(messages: readonly Message[]): readonly LlamaTurn[] {
  const said = messages.map(({ role, content }): LlamaTurn => {
    return role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content };
  });
  return [...said, { type: "model", response: [] }];
}
