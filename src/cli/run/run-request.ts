import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { parseJson } from "../../files/plain-data.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import { fillOptions } from "../fill/fill-options.ts";
import { gradeOptions } from "../grade/grade-options.ts";
import { rubricDraftOptions } from "../rubric/rubric-draft-options.ts";

// A file that came with a cloned folder must not say where a key or an answer is sent, or which file is written to.
const NOT_KEPT = { baseUrl: true, database: true, logFile: true } as const;
const operands = z.array(z.string());
// Runs of earlier versions say nothing of their command: they filled.
const fillRequest = z.object({
  command: z.literal("fill").default("fill"),
  operands,
  options: fillOptions.omit(NOT_KEPT),
});
const gradeRequest = z.object({
  command: z.literal("grade"),
  operands,
  options: gradeOptions.omit(NOT_KEPT),
});
const rubricRequest = z.object({
  command: z.literal("rubric draft"),
  operands,
  options: rubricDraftOptions.omit(NOT_KEPT),
});
const answersRequest = z.object({
  command: z.literal("audit answers"),
  operands,
  options: fillOptions.omit(NOT_KEPT),
});
const runRequest = z.union([gradeRequest, rubricRequest, answersRequest, fillRequest]);

/**
 * What a run was asked to do, kept beside its journal so that `resume` can go on with it. No key is among it, no
 * endpoint, database or log file.
 */
export type RunRequest = z.infer<typeof runRequest>;

export function writeRunRequest(run: RunFolder, request: RunRequest): void {
  const text = JSON.stringify(withoutFile(runRequest.parse(request)), null, 2);
  writeFileAtomic(run.request, new TextEncoder().encode(`${text}\n`), { durable: false });
}

/** @throws UserError where the run holds none that can be read. */
export function readRunRequest(run: RunFolder): RunRequest {
  const bytes = readFileIfAny(run.request);
  const parsed = bytes === undefined ? undefined : runRequest.safeParse(parseJson(decodeText(bytes) ?? ""));
  if (parsed?.success === true) return withoutFile(parsed.data);
  throw new UserError(`run ${run.id} does not say what it was asked to do`, {
    hint: "start it again with answerkey fill: what it has paid for is found in its journal",
  });
}

/** A model file is read by code that trusts it, so it is named by whoever goes on with the run, and not by the run's files. */
function withoutFile(request: RunRequest): RunRequest {
  const { provider, model } = request.options;
  if (provider !== "local" || model === undefined) return request;
  return runRequest.parse({ ...request, options: { ...request.options, model: undefined } });
}
