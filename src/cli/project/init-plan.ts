import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { bankConfigSchema, dialectNamed, type BankConfig } from "../../bank/bank-config.ts";
import { parseFile } from "../../bank/parse.ts";
import type { BankFile, Question } from "../../bank/question.ts";
import { CONFIG_FILE, loadConfig } from "../config.ts";
import { configText, SCHEMA_FILE } from "./init-config.ts";
import { bankEntries, type ReadsSame } from "./init-entries.ts";
import { ignoring } from "./init-gitignore.ts";
import { banksAmong, packaged } from "./init-packaged.ts";
import { schemaText } from "./init-schema.ts";
import { creating, unlessThere, type Step } from "./init-step.ts";
import { isBank, surveyFiles, surveyFolder, type Survey } from "./init-survey.ts";
import { ENV_EXAMPLE } from "./init-env-example.ts";

export interface InitPlan {
  /** Absolute. */
  readonly root: string;
  /** `example`: the shipped bank is copied here. */
  readonly kind: "banks" | "example" | "no banks";
  readonly survey: Survey;
  /** A configuration further up, which this folder is under now. */
  readonly above: string | undefined;
  readonly steps: readonly Step[];
}

export interface InitWishes {
  readonly example: boolean;
  readonly prompts: boolean;
  readonly gitignore: boolean;
}

/**
 * What setting a folder up would come to. Reads, and writes nothing. What is there already is kept.
 * @throws UserError where the folder cannot be read, or its configuration cannot be used.
 */
export function planInit(root: string, wishes: InitWishes): InitPlan {
  const isExample = wishes.example || isEmpty(root);
  const example = isExample ? packaged("questions/llmops", "the example: bank, notes, rubrics, answers") : [];
  const survey = surveyWith(root, example);
  const wanted: readonly Step[] = [...example, ...settings(survey.survey, survey.config), ...promptsFor(wishes)];
  const steps = wanted.map((step) => unlessThere(root, step));
  return {
    root,
    kind: kindOf(isExample, survey.survey),
    survey: survey.survey,
    above: configAbove(root),
    steps: wishes.gitignore ? [...steps, ignoring(root)] : steps,
  };
}

function surveyWith(root: string, example: readonly Step[]): { readonly survey: Survey; readonly config: BankConfig } {
  const isThere = existsSync(root);
  const config = existsSync(join(root, CONFIG_FILE)) ? loadConfig(root, undefined).banks : bankConfigSchema.parse({});
  const here = isThere ? surveyFolder(root, config) : surveyFiles(new Map(), config);
  const known = new Set(here.files.map(({ path }) => path));
  const coming = surveyFiles(banksAmong(example), config).files.filter(({ path }) => !known.has(path));
  return { survey: { ...here, files: [...here.files, ...coming] }, config };
}

function settings(survey: Survey, config: BankConfig): readonly Step[] {
  const entries = bankEntries(survey.files, readsSame(config));
  return [
    creating(CONFIG_FILE, configText(entries, survey.nearMisses), "which files are banks, their layouts, defaults"),
    creating(SCHEMA_FILE, schemaText(), "lets an editor complete and check that file"),
    creating(".env.example", ENV_EXAMPLE, "shows where a key goes"),
  ];
}

function promptsFor({ prompts }: InitWishes): readonly Step[] {
  return prompts ? packaged("prompts", "the packaged prompts, to be edited") : [];
}

function kindOf(isExample: boolean, survey: Survey): InitPlan["kind"] {
  if (isExample) return "example";
  return survey.files.some(isBank) ? "banks" : "no banks";
}

function readsSame(config: BankConfig): ReadsSame {
  return (file, names) => {
    const dialects = names.map((name) => dialectNamed(name, config));
    const read = parseFile({ path: file.path, source: file.source, dialects, chosenBy: "config" });
    return placesOf(read) === placesOf(file);
  };
}

function placesOf({ questions }: BankFile): string {
  return JSON.stringify(questions.map(({ span, slot, state }: Question) => [span, slot.span, state]));
}

const LONGEST_TITLE = 2_000;

/** True where nothing is there but what a new repository begins with. A long README may hold a bank. */
function isEmpty(root: string): boolean {
  if (!existsSync(root)) return true;
  return readdirSync(root).every((name) => {
    if (name.startsWith(".") || /^licen[cs]e\b/i.test(name)) return true;
    return /^readme\b/i.test(name) && statSync(join(root, name)).size < LONGEST_TITLE;
  });
}

function configAbove(root: string): string | undefined {
  for (let folder = root; dirname(folder) !== folder;) {
    folder = dirname(folder);
    if (existsSync(join(folder, CONFIG_FILE))) return join(folder, CONFIG_FILE);
  }
  return undefined;
}
