import { spansOfRun } from "./event-spans.ts";
import type { Observer } from "./observer.ts";

/** Longest that the end of a run waits for its last spans to leave. */
const FLUSH_WITHIN_MS = 5_000;

export type Telemetry =
  | { readonly kind: "spans"; readonly observer: Observer }
  /** The package is not installed, or nothing in this process takes spans. */
  | { readonly kind: "no-api" | "no-sdk" };

/** Spans by the OpenTelemetry SDK that the user set up for this process, where there is one. Nothing is loaded else. */
export async function openTelemetry(version: string, now: () => number): Promise<Telemetry> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return { kind: "no-api" };
  const provider = api.trace.getTracerProvider();
  // Without an SDK the API's own stand-in answers, behind which there is nobody.
  const standsIn = provider instanceof api.ProxyTracerProvider;
  if (standsIn && provider.getDelegateTracer("answerkey") === undefined) return { kind: "no-sdk" };
  const sdk: object = standsIn ? provider.getDelegate() : provider;
  const onEvent = spansOfRun(api, provider.getTracer("answerkey", version), now);
  return { kind: "spans", observer: { onEvent, close: () => flushed(sdk) } };
}

/** A process that ends takes the spans with it that were not sent yet. */
async function flushed(sdk: object): Promise<void> {
  if (!("forceFlush" in sdk) || typeof sdk.forceFlush !== "function") return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FLUSH_WITHIN_MS);
  });
  try {
    await Promise.race([sdk.forceFlush(), late]);
  } catch {
    // Whoever set the SDK up hears of it there.
  } finally {
    clearTimeout(timer);
  }
}
