import type { Clock } from "../core/clock.ts";
import type { OnEvent } from "../core/events.ts";
import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import { usageOf } from "./attempt.ts";
import { estimateInputTokens, maxInputTokens } from "./estimate-tokens.ts";
import type { Lane, LaneReply, LaneRequest } from "./lane.ts";
import type { Ledger, Reservation } from "./ledger.ts";
import type { Limiter } from "./limiter.ts";
import type { RunStop } from "./run-stop.ts";
import { schemaText } from "./wire-schema.ts";

export interface DirectLaneOptions {
  readonly provider: Provider;
  readonly limiter: Limiter;
  readonly ledger: Ledger;
  readonly stop: RunStop;
  readonly clock: Clock;
  readonly maxWaitMs: number;
  readonly onEvent: OnEvent;
}

/** Sends each request when the limits allow it and waits for its reply. */
export class DirectLane implements Lane {
  readonly #options: DirectLaneOptions;

  constructor(options: DirectLaneOptions) {
    this.#options = options;
  }

  async attempt({ request, number, item, isReturning, signals }: LaneRequest): Promise<LaneReply> {
    const { limiter, provider, clock, onEvent } = this.#options;
    const size = sizeOf(request);
    const permit = await limiter.acquire({
      inputTokens: size.expected,
      maxOutputTokens: request.maxOutputTokens,
      isReturning,
      signal: signals.dispatch,
      onWait: (waitMs) => this.#stopBefore(waitMs),
    });
    if (permit === undefined) return { kind: "unsent" };
    let reply: Reply | undefined;
    try {
      const reservation = await this.#reserve(request, size.most, signals.dispatch);
      if (reservation === undefined) return { kind: "unsent" };
      const { key, task, maxOutputTokens } = request;
      onEvent({ type: "request-sent", key, task, number, item, maxOutputTokens });
      const startedAt = clock.now();
      reply = await provider.send(request, signals.send);
      const cost = reservation.settle(usageOf(reply));
      return { kind: "replied", reply, cost, milliseconds: clock.now() - startedAt };
    } finally {
      permit.release(reply);
    }
  }

  /** A wait that is longer than the user would wait ends the run, to be taken up later. */
  #stopBefore(waitMs: number): void {
    if (waitMs > this.#options.maxWaitMs) this.#options.stop.stop({ kind: "rate-limit", waitMs });
  }

  /** Sets the worst case aside; without room for it the run is over. */
  async #reserve(
    { maxOutputTokens }: ProviderRequest,
    inputTokens: number,
    dispatch: AbortSignal,
  ): Promise<Reservation | undefined> {
    const { ledger, stop } = this.#options;
    const reservation = await ledger.reserve(inputTokens, maxOutputTokens);
    if (reservation === undefined) stop.stop({ kind: "budget" });
    if (!dispatch.aborted) return reservation;
    reservation?.settle(undefined);
    return undefined;
  }
}

/** Input tokens of a request: how many there will probably be, and more than there can be. */
function sizeOf({ messages, jsonSchema }: ProviderRequest): { readonly expected: number; readonly most: number } {
  const text = schemaText(jsonSchema);
  return { expected: estimateInputTokens(messages, text), most: maxInputTokens(messages, text) };
}
