import type { Message } from "../core/task.ts";

/** A model that runs in this process. */
export interface LocalEngine {
  /** Most tokens of one conversation, its reply included. */
  readonly contextTokens: number;
  /** Tokens of a conversation up to where the reply begins. */
  tokensOf(messages: readonly Message[]): number;
  /** Rejects when aborted. As many at once as the engine was opened for; more wait. */
  generate(request: Generation, signal: AbortSignal): Promise<Generated>;
  close(): Promise<void>;
}

export interface Generation {
  readonly messages: readonly Message[];
  /** Of the reply; it is held to as much of it as the engine can. */
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  readonly maxTokens: number;
  readonly temperature: number;
  /** 32 bits. */
  readonly seed: number;
}

export interface Generated {
  readonly text: string;
  /** True where the tokens ended before the reply did. */
  readonly isCut: boolean;
  /** Read for this reply; what a conversation before began alike is not read again. */
  readonly tokensRead: number;
  readonly tokensWritten: number;
}
