import { createInterface } from "node:readline";
import type { Streams } from "../streams.ts";

/** True where there is somebody to ask. */
export function canAsk({ in: input, out, err }: Streams): boolean {
  return input.isTTY === true && (out.isTTY === true || err.isTTY === true);
}

/** Asks for one line; only a yes is one. The end of the input, or Ctrl-C, is a no. */
export async function confirmed({ in: input, err }: Streams, question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input, terminal: false });
  try {
    err.write(`${question} [y/N] `);
    return await new Promise<boolean>((settle) => {
      const no = (): void => settle(false);
      lines.once("line", (line) => settle(/^\s*(?:y|yes)\s*$/i.test(line)));
      lines.once("close", no);
      signal.addEventListener("abort", no, { once: true });
    });
  } finally {
    lines.close();
    input.pause();
  }
}
