import { resolve } from "node:path";
import type { Provider } from "../../core/model.ts";
import { UserError } from "../../core/errors.ts";
import { openRecordLog } from "../../files/record-log.ts";
import type { Workspace } from "../../files/workspace.ts";
import type { BatchEndpoint } from "../../llm/batch-endpoint.ts";
import { FULL } from "../../llm/capabilities.ts";
import type { LocalEngine } from "../../llm/local-engine.ts";
import { openAiProvider } from "../../llm/openai.ts";
import { recordedProvider } from "../../llm/recorded.ts";
import { directTier, timeoutMs, type ModelOptions } from "./model-options.ts";
import type { Environment } from "../environment.ts";
import { findLocalServer } from "./local-server.ts";
import { journalPathOf } from "./run-journals.ts";
import { rememberedCapabilities } from "./remembered-capabilities.ts";

/** A provider, and why it was taken, for the line that says so. */
export interface ChosenProvider {
  readonly provider: Provider;
  /** Where it also takes requests as files and answers within a day. */
  readonly batches?: BatchEndpoint | undefined;
  readonly because: string;
  /** False where nobody charges for it: no model at all, or one that was found running on this machine. */
  readonly isCharged: boolean;
  /** False where replies are made without a model, or replayed: then nothing is ever requested. */
  readonly asksModel: boolean;
  /** Most requests at once, where it is not the endpoint that decides. */
  readonly atOnce?: number | undefined;
  /** Frees what it holds. */
  readonly close?: (() => Promise<void>) | undefined;
}

const KEY_HINT =
  "set OPENAI_API_KEY (in the environment or in .env), or name a local server with --base-url, or use --provider offline";

/** Where a configuration holds what a command is to ask. */
export type ModelSection = "fill" | "grade";

/**
 * `auto`: a key or a base URL of the user's own, else a local server that answers, else offline.
 * @param section that of the command, for hints.
 * @throws UserError where the provider that was asked for cannot be used.
 */
export async function chooseProvider(
  options: ModelOptions,
  environment: Environment,
  workspace: Workspace,
  section: ModelSection = "fill",
): Promise<ChosenProvider> {
  const openAi = openAiFor(section);
  switch (options.provider) {
    case "offline":
      return offline("asked for");
    case "recorded":
      return recorded(options, workspace);
    case "local":
      return inProcess(options);
    case "openai":
      return openAi(options, environment, workspace, "asked for");
    case "auto":
      break;
  }
  if (options.baseUrl !== undefined || environment.baseUrl !== undefined) {
    return openAi(options, environment, workspace, "a base URL is given");
  }
  if (environment.apiKey !== undefined) return openAi(options, environment, workspace, "OPENAI_API_KEY is set");
  const local = await findLocalServer();
  if (local === undefined) return offline("no key, no base URL, no local server");
  const model = options.model ?? onlyModel(local);
  const keyless = { ...environment, apiKey: undefined };
  const chosen = openAi({ ...options, baseUrl: local.url, model }, keyless, workspace, `${local.name} answers here`);
  return { ...chosen, isCharged: false };
}

/** Loaded when it is to answer: all it knows of drafting and grading comes with it. */
async function offline(because: string): Promise<ChosenProvider> {
  const [{ offlineProvider }, { OFFLINE_ANSWERS }, { OFFLINE_GRADES }] = await Promise.all([
    import("../../llm/offline.ts"),
    import("../../fill/offline-answers.ts"),
    import("../../grade/offline/offline-grades.ts"),
  ]);
  return {
    provider: offlineProvider({ ...OFFLINE_ANSWERS, ...OFFLINE_GRADES }),
    because,
    isCharged: false,
    asksModel: false,
  };
}

/** Loaded when it is to answer; the model itself with the first request. */
async function inProcess({ model, concurrency = 1, engine }: ModelOptions): Promise<ChosenProvider> {
  if (engine === "queue") {
    throw new UserError("a local model answers in the process that loaded it", { hint: "leave --engine queue out" });
  }
  if (model === undefined) {
    throw new UserError("--provider local needs a model file", { hint: "name it: --model FILE.gguf" });
  }
  const [{ readGgufFile }, { loadLlamaPackage }, { openLlamaEngine }, { localProvider }] = await Promise.all([
    import("../../llm/gguf-file.ts"),
    import("../../llm/llama-package.ts"),
    import("../../llm/llama-engine.ts"),
    import("../../llm/local.ts"),
  ]);
  const file = readGgufFile(resolve(model));
  const llamaPackage = await loadLlamaPackage();
  const open = (): Promise<LocalEngine> => openLlamaEngine(llamaPackage, { path: file.path, contexts: concurrency });
  const provider = localProvider({ model: file.model, open });
  const close = (): Promise<void> => provider.close();
  return { provider, because: "asked for", isCharged: false, asksModel: true, atOnce: concurrency, close };
}

function recorded(options: ModelOptions, workspace: Workspace): ChosenProvider {
  if (options.recording === undefined) {
    throw new UserError("--provider recorded needs --recording", { hint: "name a run, as outputs/runs/ lists them" });
  }
  const log = openRecordLog(journalPathOf(workspace, options.recording));
  return {
    provider: recordedProvider([log]),
    because: `replays ${options.recording}`,
    isCharged: false,
    asksModel: false,
  };
}

type OpenAiChoice = (
  options: ModelOptions,
  environment: Environment,
  workspace: Workspace,
  because: string,
) => ChosenProvider;

const openAiFor =
  (section: ModelSection): OpenAiChoice =>
  (options, environment, workspace, because) => {
    const baseUrl = options.baseUrl ?? environment.baseUrl;
    const model = options.model ?? environment.model;
    if (options.baseUrl === undefined && environment.foreignBaseUrl) {
      throw new UserError(
        "OPENAI_BASE_URL stands in .env, but the key comes from your environment; it is not sent there",
        {
          hint: "if you mean it, name the endpoint with --base-url",
        },
      );
    }
    if (baseUrl === undefined && environment.apiKey === undefined) {
      throw new UserError("there is no key for the OpenAI endpoint", { hint: KEY_HINT });
    }
    if (model === undefined) {
      throw new UserError("no model is named", {
        hint: `give --model NAME, or \`${section}: { model: NAME }\` in the configuration`,
      });
    }
    const remembered = rememberedCapabilities(workspace, `${baseUrl ?? "default"} ${model}`);
    const capabilities =
      options.api === "auto" ? remembered.known : { ...(remembered.known ?? FULL), api: options.api };
    const provider = openAiProvider({
      model,
      apiKey: environment.apiKey,
      baseUrl,
      tier: directTier(options),
      timeoutMs: timeoutMs(options),
      capabilities,
      onCapabilities: remembered.remember,
    });
    return { provider, batches: provider.batches, because, isCharged: true, asksModel: true };
  };

function onlyModel(server: { readonly name: string; readonly models: readonly string[] }): string {
  const [first, second] = server.models;
  if (first !== undefined && second === undefined) return first;
  throw new UserError(`${server.name} offers ${server.models.length} models`, {
    hint: `name one with --model: ${server.models.slice(0, 8).join(", ")}; or use --provider offline`,
  });
}
