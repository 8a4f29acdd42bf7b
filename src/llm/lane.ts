import type { ProviderRequest, Reply } from "../core/model.ts";
import type { Cost } from "../core/usage.ts";

/** One attempt that is to be made. */
export interface LaneRequest {
  readonly request: ProviderRequest;
  /** 1 for the first attempt of a task. */
  readonly number: number;
  readonly item?: string | undefined;
  /** True for a request that was sent before, or goes on with one that was. */
  readonly isReturning: boolean;
  readonly signals: { readonly dispatch: AbortSignal; readonly send: AbortSignal };
}

/** deferred: taken on, and the reply comes with a batch. unsent: the run is over. */
export type LaneReply =
  | {
      readonly kind: "replied";
      readonly reply: Reply;
      readonly cost: Cost;
      readonly milliseconds: number;
      /** The batch that brought it. */
      readonly batch?: string | undefined;
    }
  | { readonly kind: "deferred" }
  | { readonly kind: "unsent" };

/** A way for requests to travel: what is asked is the same on all of them, and so is what becomes of the reply. */
export interface Lane {
  attempt(request: LaneRequest): Promise<LaneReply>;
}
