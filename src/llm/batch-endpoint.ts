import type { ProviderRequest, Reply } from "../core/model.ts";
import type { ApiFailure } from "../core/outcome.ts";
import type { Capabilities } from "./capabilities.ts";

/** One line of a batch's input file. */
export interface BatchLine {
  readonly custom_id: string;
  readonly method: "POST";
  readonly url: string;
  readonly body: unknown;
}

/** One line of an output or error file: the name it was asked under, and what came of it, still as it was sent. */
export interface BatchResult {
  readonly id: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly body: unknown;
  /** Where there is no response: why. */
  readonly code: string | undefined;
}

export interface BatchOrder {
  readonly fileId: string;
  /** Path that all its lines name. */
  readonly url: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface UploadedFile {
  readonly id: string;
  /** Milliseconds since the epoch, by the endpoint's clock; not every endpoint says it. */
  readonly createdAt: number | undefined;
}

/** A batch as the endpoint tells it. */
export interface BatchState {
  readonly id: string;
  readonly status: string;
  readonly fileId: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly total: number;
  readonly done: number;
  /** Output and error file, as far as they are there. */
  readonly results: readonly string[];
  /** Why it was refused as a whole. */
  readonly errors: readonly { readonly code: string | undefined; readonly line: number | undefined }[];
}

export interface BatchPage {
  readonly batches: readonly BatchState[];
  /** For the next page; undefined on the last. */
  readonly after: string | undefined;
}

export type Answer<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "failure"; readonly failure: ApiFailure }
  | { readonly kind: "aborted" };

/**
 * The port for endpoints that take requests as files and answer within a day. Each call is one attempt, as with a provider.
 */
export interface BatchEndpoint {
  /** Tells accounts apart without giving a key away. */
  readonly account: string;
  /** How requests are asked now; kept with a batch, because its replies are understood by it. */
  readonly able: Capabilities;
  line(id: string, request: ProviderRequest): BatchLine;
  /** Streams the file. */
  upload(path: string, name: string, signal: AbortSignal): Promise<Answer<UploadedFile>>;
  create(order: BatchOrder, signal: AbortSignal): Promise<Answer<BatchState>>;
  state(id: string, signal: AbortSignal): Promise<Answer<BatchState>>;
  cancel(id: string, signal: AbortSignal): Promise<Answer<BatchState>>;
  /** Newest first. */
  list(after: string | undefined, signal: AbortSignal): Promise<Answer<BatchPage>>;
  /** The lines of a result file one by one, undefined for one that cannot be read. Anything but `done` is the last. */
  results(fileId: string, signal: AbortSignal): AsyncIterable<Answer<BatchResult | undefined>>;
  /** What a line comes to; never of scope `run` or `rate-limit`, which are not about one line (see `isAboutAll`). */
  reply(result: BatchResult, asked: AskedLine): BatchReply;
}

/** What is known of the request that a line answers. */
export interface AskedLine {
  /** How it was asked. */
  readonly able: Capabilities;
  /** Roughly, for endpoints that do not count: the mean of its file, so that the sum is right. */
  readonly inputTokens: number;
}

export interface BatchReply {
  readonly reply: Reply;
  /** A failure that every other line of its batch is likely to meet as well: no money, no such model. */
  readonly isAboutAll?: ApiFailure | undefined;
}
