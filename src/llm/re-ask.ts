import type { Message } from "../core/task.ts";

/** The conversation that tells a model what did not fit about its reply. */
export function reAsk(messages: readonly Message[], text: string, issues: string): readonly Message[] {
  const said: readonly Message[] = text.trim() === "" ? [] : [{ role: "assistant", content: text }];
  const correction = [
    "Your reply does not fit the required JSON schema:",
    issues,
    "Send the whole corrected JSON object again, and nothing else.",
  ].join("\n");
  return [...messages, ...said, { role: "user", content: correction }];
}
