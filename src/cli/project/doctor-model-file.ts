import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import { readGgufFile } from "../../llm/gguf-file.ts";
import { loadLlamaPackage } from "../../llm/llama-package.ts";
import type { Project } from "../open-project.ts";
import { shellWord } from "../shell-word.ts";
import { ok, warn, type Check } from "./doctor-check.ts";
import { modelSettings } from "./doctor-provider.ts";

/** Where people lay model files of a project, beside naming one. */
const USUAL_FOLDERS = [".", "models"];
const MOST = 3;
const ENDING = /\.gguf$/i;
/** A file of several parts is named by its first. */
const LATER_PART = /-(?!00001-)\d{5}-of-\d{5}\.gguf$/i;

/** Model files that are named as the model or lie in the project, with the words that have one answer in this process. */
export async function checkModelFiles(project: Project): Promise<readonly Check[]> {
  const { config, environment } = project;
  const model = modelSettings(project).model ?? environment.model;
  const named = model !== undefined && ENDING.test(model) ? [resolve(project.folder, model)] : [];
  const found = USUAL_FOLDERS.flatMap((folder) => ggufIn(join(config.root, folder)));
  const paths = [...new Set([...named, ...found])].slice(0, MOST);
  if (paths.length === 0) return [];
  const missing = await missingPackage();
  return paths.map((path) => look(path, missing));
}

function ggufIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && ENDING.test(entry.name) && !LATER_PART.test(entry.name))
    .map(({ name }) => join(folder, name))
    .toSorted();
}

function look(path: string, missing: UserError | undefined): Check {
  try {
    readGgufFile(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return warn("model file", error.message, error.hint ?? "check the path");
  }
  const use = `answerkey fill --provider local --model ${shellWord(path)}`;
  if (missing === undefined) return ok("model file", `${path} can answer in this process`, use);
  return ok("model file", `${path} could answer in this process`, `npm install node-llama-cpp@3, then ${use}`);
}

async function missingPackage(): Promise<UserError | undefined> {
  try {
    await loadLlamaPackage();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
