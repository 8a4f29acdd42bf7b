import { listedModels } from "./listed-models.ts";

export interface LocalServer {
  readonly name: string;
  readonly url: string;
  readonly models: readonly string[];
}

/** Where the usual local servers listen unless told otherwise. */
const USUAL_PLACES = [
  { name: "Ollama", url: "http://127.0.0.1:11434/v1" },
  { name: "LM Studio", url: "http://127.0.0.1:1234/v1" },
  { name: "vLLM", url: "http://127.0.0.1:8000/v1" },
  { name: "llama.cpp", url: "http://127.0.0.1:8080/v1" },
] as const;
const PATIENCE_MS = 300;

/** The first local model server that lists at least one model. */
export async function findLocalServer(): Promise<LocalServer | undefined> {
  const [first] = await findLocalServers();
  return first;
}

/** All of them, in the order in which they are looked for. Sends no key and no content. */
export async function findLocalServers(): Promise<readonly LocalServer[]> {
  const answers = await Promise.all(
    USUAL_PLACES.map(async (place) => ({ ...place, models: await modelsAt(place.url) })),
  );
  return answers.filter(({ models }) => models.length > 0);
}

async function modelsAt(url: string): Promise<readonly string[]> {
  try {
    const response = await fetch(`${url}/models`, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: "error" });
    return (await listedModels(response)) ?? [];
  } catch {
    // Nothing listens there, or it is something else.
    return [];
  }
}
