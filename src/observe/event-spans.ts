import type { Context, ContextAPI, Span, SpanKind, SpanStatusCode, TraceAPI, Tracer } from "@opentelemetry/api";
import type { AttemptFinished, OnEvent, RequestName, RunEnded, RunEvent, RunStarted } from "../core/events.ts";
import { endedAttributes, errorType, replyAttributes, requestAttributes, runAttributes } from "./span-attributes.ts";

/** What is used of the package, which is loaded only where it is installed. */
interface Api {
  readonly trace: Pick<TraceAPI, "setSpan">;
  readonly context: Pick<ContextAPI, "active">;
  readonly SpanKind: typeof SpanKind;
  readonly SpanStatusCode: typeof SpanStatusCode;
}

/**
 * The spans of one run: the run, in it the items, in them the requests. What is waited for, and each step of a batch, is an
 * event of the run's span.
 * @param now milliseconds since the epoch.
 */
export function spansOfRun(api: Api, tracer: Tracer, now: () => number): OnEvent {
  const spans = new RunSpans(api, tracer, now);
  return (event) => spans.take(event);
}

interface OpenRun {
  readonly event: RunStarted;
  readonly span: Span;
  readonly within: Context;
}

class RunSpans {
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #now: () => number;
  #run: OpenRun | undefined;
  readonly #items = new Map<string, Span>();
  readonly #requests = new Map<string, Span>();

  constructor(api: Api, tracer: Tracer, now: () => number) {
    this.#api = api;
    this.#tracer = tracer;
    this.#now = now;
  }

  take(event: RunEvent): void {
    if (event.type === "run-started") return this.#begin(event);
    const run = this.#run;
    if (run === undefined) return;
    switch (event.type) {
      case "item-started":
        return void this.#items.set(event.id, this.#itemSpan(event.id, run));
      case "item-deferred":
        return this.#endItem(event.id, "deferred");
      case "item-finished":
        return this.#endItem(event.id, event.status);
      case "request-sent":
        return void this.#requests.set(nameOf(event), this.#requestSpan(event, run, this.#now()));
      case "attempt-finished":
        return this.#endRequest(event, run);
      case "run-ended":
        return this.#end(event, run);
      default:
        return this.#note(event, run);
    }
  }

  #begin(event: RunStarted): void {
    const { trace, context } = this.#api;
    const span = this.#tracer.startSpan(
      `invoke_workflow answerkey ${event.command}`,
      { startTime: this.#now(), attributes: runAttributes(event) },
      context.active(),
    );
    this.#run = { event, span, within: trace.setSpan(context.active(), span) };
  }

  #itemSpan(id: string, { within }: OpenRun): Span {
    const attributes = { "answerkey.item.id": id };
    return this.#tracer.startSpan("answerkey item", { startTime: this.#now(), attributes }, within);
  }

  #endItem(id: string, status: string): void {
    const span = this.#items.get(id);
    if (span === undefined) return;
    this.#items.delete(id);
    span.setAttribute("answerkey.item.status", status);
    if (status !== "ok" && status !== "deferred") this.#fail(span, status);
    span.end(this.#now());
  }

  #requestSpan(event: RequestName, { event: run, within }: OpenRun, startTime: number): Span {
    const { trace } = this.#api;
    const item = event.item === undefined ? undefined : this.#items.get(event.item);
    return this.#tracer.startSpan(
      `chat ${run.model}`,
      { startTime, kind: this.#kindOf(run), attributes: requestAttributes(event, run) },
      item === undefined ? within : trace.setSpan(within, item),
    );
  }

  #kindOf({ endpoint }: RunStarted): SpanKind {
    return /^https?:/.test(endpoint) ? this.#api.SpanKind.CLIENT : this.#api.SpanKind.INTERNAL;
  }

  /** A reply that came with a batch or from a worker was not seen on its way; its span is made when it is here. */
  #endRequest(event: AttemptFinished, run: OpenRun): void {
    const now = this.#now();
    const name = nameOf(event);
    const span = this.#requests.get(name) ?? this.#requestSpan(event, run, now - event.milliseconds);
    this.#requests.delete(name);
    span.setAttributes(replyAttributes(event));
    const error = errorType(event);
    if (error !== undefined) this.#fail(span, error);
    span.end(now);
  }

  #note({ type, ...properties }: RunEvent, { span }: OpenRun): void {
    const entries = Object.entries(properties).flatMap(([key, value]: [string, unknown]) => {
      const named = typeof value === "object" && value !== null ? Object.entries(value) : [["", value] as const];
      return named.flatMap(([of, each]: readonly [string, unknown]) =>
        typeof each === "string" || typeof each === "number"
          ? [[["answerkey", key, of].filter((part) => part !== "").join("."), each] as const]
          : [],
      );
    });
    span.addEvent(`answerkey.${type}`, Object.fromEntries(entries), this.#now());
  }

  #end(event: RunEnded, { span }: OpenRun): void {
    const now = this.#now();
    for (const open of [...this.#requests.values(), ...this.#items.values()]) open.end(now);
    span.setAttributes(endedAttributes(event));
    if (event.failure !== undefined) this.#fail(span, event.failure.code ?? event.stopped ?? "failure");
    span.end(now);
    this.#run = undefined;
  }

  #fail(span: Span, type: string): void {
    span.setAttribute("error.type", type);
    span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: type });
  }
}

function nameOf({ key, number, maxOutputTokens }: RequestName): string {
  return `${key} ${maxOutputTokens} ${number}`;
}
