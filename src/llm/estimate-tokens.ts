import type { Message } from "../core/task.ts";

const CHARACTERS_PER_TOKEN = 4;
/** Role and separators that every message costs. */
const TOKENS_PER_MESSAGE = 8;

/** Tokens of a text, roughly: characters / 4, within a fifth for English prose. For pacing and forecasts. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The expected input tokens of a request. */
export function estimateInputTokens(messages: readonly Message[], schemaText: string): number {
  return estimateTokens(schemaText) + sum(messages, ({ content }) => estimateTokens(content) + TOKENS_PER_MESSAGE);
}

/** More input tokens than a request can have: a token is at least one byte of UTF-8. For budgets and ceilings. */
export function maxInputTokens(messages: readonly Message[], schemaText: string): number {
  return (
    Buffer.byteLength(schemaText) +
    sum(messages, ({ content }) => Buffer.byteLength(content) + TOKENS_PER_MESSAGE) +
    TOKENS_PER_MESSAGE
  );
}

function sum(messages: readonly Message[], weigh: (message: Message) => number): number {
  return messages.reduce((total, message) => total + weigh(message), 0);
}
