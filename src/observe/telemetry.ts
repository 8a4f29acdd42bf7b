import type { OnEvent } from "../core/events.ts";
import { spansOfRun } from "./event-spans.ts";
import type { Observer } from "./observer.ts";

/** Longest that what a run says at its end waits for the last spans. The exporter goes on by itself as long as it tries. */
const FLUSH_WITHIN_MS = 1_000;

export type Telemetry =
  | { readonly kind: "spans"; readonly observer: Observer }
  /** The package is not installed, or nothing in this process takes spans. */
  | { readonly kind: "no-api" | "no-sdk" };

export interface TelemetryOptions {
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told once, with the name of the error, when the SDK failed; no span is made after that. */
  readonly onFault: (name: string) => void;
}

/** What the API has in the place of an SDK until there is one; of a class of its own in each copy of the package. */
interface StandIn {
  readonly getDelegate: () => object;
  readonly getDelegateTracer: (name: string) => object | undefined;
}

/** Spans by the OpenTelemetry SDK that the user set up for this process, where there is one. Nothing is loaded else. */
export async function openTelemetry({ version, now, onFault }: TelemetryOptions): Promise<Telemetry> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return { kind: "no-api" };
  const provider = api.trace.getTracerProvider();
  if (standsIn(provider) && provider.getDelegateTracer("answerkey") === undefined) return { kind: "no-sdk" };
  const sdk: object = standsIn(provider) ? provider.getDelegate() : provider;
  const onEvent = untilFault(spansOfRun(api, provider.getTracer("answerkey", version), now), onFault);
  return { kind: "spans", observer: { onEvent, close: () => flushed(sdk) } };
}

function standsIn<Provider extends object>(provider: Provider): provider is Provider & StandIn {
  return "getDelegate" in provider && "getDelegateTracer" in provider;
}

/** What an SDK, or what somebody plugged into it, throws must not end what is paid for. */
function untilFault(tell: OnEvent, onFault: TelemetryOptions["onFault"]): OnEvent {
  let isBroken = false;
  return (event) => {
    if (isBroken) return;
    try {
      tell(event);
    } catch (error) {
      isBroken = true;
      onFault(error instanceof Error ? error.name : typeof error);
    }
  };
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
