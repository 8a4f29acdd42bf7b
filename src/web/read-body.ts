import type { IncomingMessage } from "node:http";

/** `broken`: the other side went away before the end. */
export type ReceivedBody =
  | { readonly kind: "whole"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" }
  | { readonly kind: "broken" };

export const MOST_BODY_BYTES = 1_048_576;

/**
 * The body of a request, of at most {@link MOST_BODY_BYTES}. What is beyond is thrown away as it comes, so that the
 * refusal can be read by who is still sending; the server's time limit on requests ends that too.
 */
export function readBody(request: IncomingMessage): Promise<ReceivedBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BODY_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve({ kind: "too-large" });
      }
    });
    request.on("end", () => resolve({ kind: "whole", bytes: Buffer.concat(chunks) }));
    request.on("close", () => resolve({ kind: "broken" }));
  });
}
