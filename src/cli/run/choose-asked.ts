import { chooseProvider, type ChosenProvider, type ModelSection } from "./choose-provider.ts";
import type { ModelOptions } from "./model-options.ts";
import type { Project } from "../open-project.ts";

/**
 * Who is asked by a run. Where workers ask, their keys count and none is needed here; endpoint and model are named here all the
 * same, since they are part of what is asked.
 * @throws UserError where the provider that was asked for cannot be used.
 */
export async function chooseAsked(
  { environment, workspace }: Pick<Project, "environment" | "workspace">,
  options: ModelOptions,
  section?: ModelSection,
): Promise<ChosenProvider> {
  if (options.engine === "local") return chooseProvider(options, environment, workspace, section);
  const chosen = await chooseProvider(options, { ...environment, apiKey: KEY_OF_WORKERS }, workspace, section);
  return { ...chosen, because: "workers ask it" };
}

/** Nothing is sent with it. */
const KEY_OF_WORKERS = "held by workers";
