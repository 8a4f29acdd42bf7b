import { resolve } from "node:path";
import type { OnEvent } from "../../core/events.ts";
import { openEventLog } from "../../observe/event-log.ts";
import { toAll, type Observer } from "../../observe/observer.ts";
import { openTelemetry } from "../../observe/telemetry.ts";
import type { Project } from "../open-project.ts";
import { packageVersion } from "../package-root.ts";

const NOTHING_TAKES_SPANS = {
  "no-api": "OTEL_EXPORTER_OTLP_ENDPOINT is set, but the OpenTelemetry API is not installed beside answerkey",
  "no-sdk": "OTEL_EXPORTER_OTLP_ENDPOINT is set, but no OpenTelemetry SDK is set up in this process",
} as const;
const SET_UP =
  'no spans are sent; npm install @opentelemetry/api@1.9 @opentelemetry/auto-instrumentations-node, and run with NODE_OPTIONS="--import @opentelemetry/auto-instrumentations-node/register"';

/**
 * Those who hear what a run tells beside its progress: the log file, and the spans of the user's own OpenTelemetry SDK.
 * @throws UserError where the log file cannot be opened.
 */
export async function openObservers(
  { folder, stamp, clock, environment, report }: Project,
  { logFile }: { readonly logFile?: string | undefined },
): Promise<Observer> {
  const telemetry = await openTelemetry({
    version: packageVersion(),
    now: () => clock.now(),
    onFault: (name) => report.warn(`no more spans of this run: the OpenTelemetry SDK failed (${name})`),
  });
  if (telemetry.kind !== "spans" && environment.hasSpanCollector) {
    report.warn(`${NOTHING_TAKES_SPANS[telemetry.kind]}: ${SET_UP}`);
  }
  const onFault = (code: string): void => report.warn(`the log file cannot be written any more (${code})`);
  const observers = [
    ...(telemetry.kind === "spans" ? [telemetry.observer] : []),
    ...(logFile === undefined ? [] : [openEventLog({ path: resolve(folder, logFile), now: stamp, onFault })]),
  ];
  return {
    onEvent: toAll(observers.map((each) => each.onEvent)),
    close: async () => {
      for (const each of observers) await each.close();
    },
  };
}

/** What tells, with others who hear it as well. */
export function heardBy<Teller extends { readonly onEvent: OnEvent }>(teller: Teller, { onEvent }: Observer): Teller {
  return { ...teller, onEvent: toAll([teller.onEvent, onEvent]) };
}
