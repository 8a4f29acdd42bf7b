import { z } from "zod";
import type { BatchPage, BatchResult, BatchState } from "./batch-endpoint.ts";
import { safeCode, safeName } from "./response-headers.ts";

const count = z.number().nonnegative().catch(0);
const batchState = z.object({
  id: z.string().min(1).max(128),
  status: z.string(),
  input_file_id: z.string(),
  metadata: z.record(z.string(), z.string()).nullish().catch(undefined),
  /** Seconds since the epoch. */
  created_at: z.number(),
  request_counts: z.object({ total: count, completed: count, failed: count }).nullish(),
  // Some endpoints send an empty text where there is no file.
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  errors: z
    .object({ data: z.array(z.object({ code: z.string().nullish(), line: z.number().nullish() })).nullish() })
    .nullish(),
});
const batchPage = z.object({ data: z.array(z.unknown()), has_more: z.boolean().nullish() });

/** @returns undefined for what is no batch. */
export function readBatchState(value: unknown): BatchState | undefined {
  const { success, data } = batchState.safeParse(value);
  if (!success) return undefined;
  const { total, completed, failed } = data.request_counts ?? { total: 0, completed: 0, failed: 0 };
  return {
    id: data.id,
    status: safeName(data.status) ?? "unreadable",
    fileId: data.input_file_id,
    metadata: data.metadata ?? {},
    createdAt: data.created_at * 1_000,
    total,
    done: completed + failed,
    results: [data.output_file_id, data.error_file_id].flatMap((id) => (id == null || id === "" ? [] : [id])),
    errors: (data.errors?.data ?? []).map(({ code, line }) => ({ code: safeCode(code), line: line ?? undefined })),
  };
}

/** Batches of other tools may look as they like; they are passed over. */
export function readBatchPage(value: unknown): BatchPage | undefined {
  const { success, data } = batchPage.safeParse(value);
  if (!success) return undefined;
  const batches = data.data.flatMap((each) => readBatchState(each) ?? []);
  return { batches, after: data.has_more === true ? batches.at(-1)?.id : undefined };
}

const resultLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), request_id: z.string().nullish(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
});

/** @returns undefined for a line that is none. */
export function readBatchResult(line: string): BatchResult | undefined {
  const { success, data } = resultLine.safeParse(parsed(line));
  if (!success) return undefined;
  const { custom_id: id, response, error } = data;
  return {
    id,
    status: response?.status_code,
    requestId: safeName(response?.request_id),
    body: response?.body,
    code: safeCode(error?.code),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
