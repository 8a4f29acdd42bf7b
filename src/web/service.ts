import type { IncomingMessage, ServerResponse } from "node:http";
import { answerTo, type Reception } from "./dispatch.ts";
import { type ReceivedBody, readBody } from "./read-body.ts";
import { problemReply } from "./reply.ts";
import { requestHead } from "./request-head.ts";
import { sendReply } from "./send-reply.ts";

const FAULT = problemReply(500, "Something went wrong; the terminal that the command runs in says what.");

/** Serves requests, and knows which are still being served. */
export class Service {
  readonly #reception: Reception;
  readonly #onError: (error: unknown) => void;
  readonly #running = new Set<Promise<void>>();
  readonly #end = new AbortController();

  /** @param onError is told of faults. The other side learns only that there was one. */
  constructor(reception: Reception, onError: (error: unknown) => void) {
    this.#reception = reception;
    this.#onError = onError;
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    // That the other side went away while it was written to is no fault.
    response.on("error", () => {});
    const work = this.#serve(request, response);
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Ends the streams of notices; everything else ends by itself. */
  end(): void {
    this.#end.abort();
  }

  /** When nothing is being served. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const head = requestHead(request.method ?? "", request.url ?? "", request.rawHeaders);
      const reply = await answerTo(this.#reception, head, () => receive(request, response));
      await sendReply(response, reply, this.#end.signal);
    } catch (error) {
      this.#onError(error);
      if (response.headersSent) response.destroy();
      else await sendReply(response, FAULT, this.#end.signal);
    }
  }
}

/** A body that waits to be asked for is asked for only once its head was found good. */
function receive(request: IncomingMessage, response: ServerResponse): Promise<ReceivedBody> {
  if (request.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  return readBody(request);
}
