import { UserError } from "../core/errors.ts";

// What is used of node-llama-cpp, 3.21. It is told here and not taken from its types: the package has more than a hundred
// megabytes, so it is no dependency, not even of development.

export interface LlamaPackage {
  getLlama(options: Readonly<Record<string, unknown>>): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: LlamaSequence }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly tokenizer: object;
  createContext(options: { readonly contextSize: object; readonly sequences: number }): Promise<LlamaContext>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  readonly contextSize: number;
  readonly tokenMeter: { getState(): TokenCounts; diff(before: TokenCounts): TokenCounts };
}

export interface TokenCounts {
  readonly usedInputTokens: number;
  readonly usedOutputTokens: number;
}

export type LlamaTurn =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly string[] };

export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(options: { readonly chatHistory: readonly LlamaTurn[] }): {
      readonly contextText: { tokenize(tokenizer: object): readonly unknown[] };
    };
  };
  generateResponse(
    history: readonly LlamaTurn[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>;
}

// By a variable, so that nothing looks for it where it is not asked for.
const NAME: string = "node-llama-cpp";

/** @throws UserError where it is not installed. */
export async function loadLlamaPackage(): Promise<LlamaPackage> {
  const loaded: unknown = await import(NAME).catch((error: unknown) => {
    throw new UserError("--provider local needs the package node-llama-cpp", {
      hint: "install it beside answerkey: npm install node-llama-cpp@3",
      cause: error,
    });
  });
  if (isLlamaPackage(loaded)) return loaded;
  throw new UserError("this release of node-llama-cpp is not known", { hint: "npm install node-llama-cpp@3" });
}

function isLlamaPackage(value: unknown): value is LlamaPackage {
  const isModule = typeof value === "object" && value !== null && "getLlama" in value && "LlamaChat" in value;
  return isModule && typeof value.getLlama === "function" && typeof value.LlamaChat === "function";
}
