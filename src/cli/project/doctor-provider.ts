import type { Capabilities } from "../../llm/capabilities.ts";
import { chooseProvider } from "../run/choose-provider.ts";
import { ok, warn, type Check } from "./doctor-check.ts";
import type { Environment } from "../environment.ts";
import { findLocalServers } from "../run/local-server.ts";
import { modelOptions, type ModelOptions } from "../run/model-options.ts";
import type { Project } from "../open-project.ts";
import { parseOptions } from "../options.ts";
import { rememberedCapabilities } from "../run/remembered-capabilities.ts";

/** What `--provider auto` would ask here; nothing is sent to it. */
export async function checkProvider(project: Project): Promise<readonly Check[]> {
  const options = modelSettings(project);
  const { provider, because, isCharged } = await chooseProvider(options, project.environment, project.workspace);
  const model = provider.model === provider.name ? "" : ` ${provider.model} at ${provider.endpoint}`;
  const chosen = ok("provider", `fill would ask ${provider.name}${model} (${because})`);
  const own = options.baseUrl ?? project.environment.baseUrl;
  const base = own ?? (isCharged ? undefined : provider.endpoint);
  const learned = learnedOf(project, base, provider.model);
  if (!isCharged) return [chosen, ...learned];
  const { findPrice } = await import("../../llm/prices.ts");
  const { model: name, endpoint } = provider;
  const price = await findPrice({ model: name, endpoint, tier: "sync", overrides: options.prices });
  const says = `the price of ${name} is ${price === undefined ? "not known, so costs are not either" : `known (${price.source})`}`;
  return [
    chosen,
    ...learned,
    price === undefined ? warn("price", says, "write it under `prices:` in answerkey.config.yaml") : ok("price", says),
  ];
}

/** What earlier runs found the endpoint to be able to do. */
function learnedOf({ workspace }: Project, baseUrl: string | undefined, model: string): readonly Check[] {
  const { known } = rememberedCapabilities(workspace, `${baseUrl ?? "default"} ${model}`);
  if (known === undefined) return [];
  const { api, format, omitted } = known;
  const without = omitted.length === 0 ? "" : `, without ${omitted.join(" and ")}`;
  return [ok("provider", `learned in earlier runs: ${API_WORDS[api]}, ${FORMAT_WORDS[format]}${without}`)];
}

const API_WORDS: Readonly<Record<Capabilities["api"], string>> = {
  responses: "Responses API",
  chat: "chat completions",
};
const FORMAT_WORDS: Readonly<Record<Capabilities["format"], string>> = {
  schema: "replies held to a strict schema",
  json: "replies held to JSON",
  plain: "replies in plain text, read for JSON",
};

export function modelSettings({ config }: Project): ModelOptions {
  return parseOptions(modelOptions, config.fill);
}

/** Servers that were not asked for are offered, with the words that ask them. */
export async function checkLocalServers(): Promise<readonly Check[]> {
  const servers = await findLocalServers();
  if (servers.length === 0)
    return [ok("local servers", "none at the usual places of Ollama, LM Studio, vLLM, llama.cpp")];
  return servers.map(({ name, url, models }) =>
    ok(
      "local servers",
      `${name} answers at ${url}: ${models.slice(0, 6).join(", ")}${models.length > 6 ? ", …" : ""}`,
      `answerkey fill --base-url ${url} --model ${models.find(isPlainName) ?? "NAME"}`,
    ),
  );
}

/** A command that is shown gets copied, so a name in it must mean nothing to a shell. */
function isPlainName(model: string): boolean {
  return /^[\w.@/+:][\w.@/+:-]*$/.test(model);
}

/** Where requests would go; undefined where there is no endpoint of the user's own. */
export function endpointOf({ apiKey, baseUrl }: Environment): string | undefined {
  return baseUrl ?? (apiKey === undefined ? undefined : "https://api.openai.com/v1");
}
