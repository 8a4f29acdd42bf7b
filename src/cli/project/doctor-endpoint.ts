import type { Clock } from "../../core/clock.ts";
import { fail, ok, warn, type Check } from "./doctor-check.ts";
import { endpointOf, modelSettings } from "./doctor-provider.ts";
import type { Project } from "../open-project.ts";
import { listedModels } from "../run/listed-models.ts";

const PATIENCE_MS = 5_000;

/**
 * Asks the endpoint for its models: where it is on this machine, or where that was asked for. No request of this kind is
 * paid for.
 */
export async function checkEndpoint(project: Project, isOnline: boolean): Promise<readonly Check[]> {
  const { environment } = project;
  const url = endpointOf(environment);
  if (url === undefined) return [];
  if (environment.foreignBaseUrl) {
    return [
      warn(
        "endpoint",
        `${url} stands in .env, but the key comes from your environment; it is not sent there`,
        "if you mean it, name the endpoint with --base-url",
      ),
    ];
  }
  const place = URL.canParse(url) ? new URL(url) : undefined;
  if (place === undefined || !/^https?:$/.test(place.protocol) || place.username !== "" || place.password !== "") {
    return [
      fail(
        "endpoint",
        "OPENAI_BASE_URL is not an http or https address without credentials",
        "for example https://api.openai.com/v1",
      ),
    ];
  }
  const isHere = ["127.0.0.1", "localhost", "[::1]"].includes(place.hostname);
  if (!isHere && !isOnline)
    return [ok("endpoint", `${url}, not asked`, "answerkey doctor --online asks it for its models; nothing is paid")];
  const model = modelSettings(project).model ?? environment.model;
  return [await ask(url, environment.apiKey, model, project.clock)];
}

async function ask(url: string, key: string | undefined, model: string | undefined, clock: Clock): Promise<Check> {
  const start = clock.now();
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  try {
    const response = await fetch(`${url.replace(/\/+$/, "")}/models`, {
      headers,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return judged(url, response.status, await listedModels(response), model, clock.now() - start);
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const says = isLate ? `${url} gave no answer within ${PATIENCE_MS / 1_000} s` : `${url} cannot be reached`;
    return fail("endpoint", says, "check the base URL, that the server runs, and the network");
  }
}

function judged(
  url: string,
  status: number,
  models: readonly string[] | undefined,
  model: string | undefined,
  milliseconds: number,
): Check {
  if (status === 401 || status === 403) {
    return fail(
      "endpoint",
      `${url} does not take the key (${status})`,
      "check OPENAI_API_KEY, and that it is this endpoint's",
    );
  }
  if (status >= 400)
    return warn(
      "endpoint",
      `${url} answers with ${status} when asked for its models`,
      "a run may work all the same: try answerkey fill --sample 1",
    );
  const says = `${url} answers within ${Math.max(1, Math.round(milliseconds))} ms`;
  if (models === undefined || model === undefined) return ok("endpoint", says);
  if (models.includes(model)) return ok("endpoint", `${says} and has ${model}`);
  const some = models.slice(0, 6).join(", ");
  return warn(
    "endpoint",
    `${says} and does not list ${model}`,
    some === "" ? "check the name" : `it lists ${some}${models.length > 6 ? ", …" : ""}`,
  );
}
