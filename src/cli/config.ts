import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { bankConfigSchema, type BankConfig } from "../bank/bank-config.ts";
import { UserError } from "../core/errors.ts";
import { parseYaml } from "../files/lossless-yaml.ts";
import { decodeText, readFile } from "../files/read-file.ts";
import { priceOverrides, TIERS } from "../llm/prices.ts";
import { wordsOf } from "./options.ts";

export const CONFIG_FILE = "answerkey.config.yaml";

// No base URL and no key: a cloned folder must not decide where a key is sent.
const modelConfig = {
  provider: z.enum(["auto", "openai", "offline"]).optional(),
  model: z.string().optional(),
  api: z.enum(["auto", "responses", "chat"]).optional(),
  tier: z.enum(TIERS).optional(),
  concurrency: z.number().optional(),
  rpm: z.number().optional(),
  tpm: z.number().optional(),
  max_wait: z.number().optional(),
  timeout: z.number().optional(),
  budget: z.number().optional(),
  prompts: z.string().optional(),
  prices: priceOverrides.optional(),
};

const fillConfig = z.strictObject({ ...modelConfig, style: z.string().optional(), critique: z.boolean().optional() });

const gradeConfig = z.strictObject({
  ...modelConfig,
  samples: z.number().optional(),
  per_criterion: z.boolean().optional(),
  canary: z.boolean().optional(),
  review_budget: z.string().optional(),
});

export const configSchema = bankConfigSchema.extend({ fill: fillConfig.optional(), grade: gradeConfig.optional() });

export interface Config {
  /** The project folder: where the configuration stands, else the current folder. */
  readonly root: string;
  /** The file, where there is one. */
  readonly path: string | undefined;
  readonly banks: BankConfig;
  /** Options of `fill` by their flag's name, for defaults under the flags. */
  readonly fill: Readonly<Record<string, unknown>>;
  /** The same for `grade` and `rubric draft`. */
  readonly grade: Readonly<Record<string, unknown>>;
}

/**
 * Finds the configuration here or above, or at `explicit`, and checks it.
 * @throws UserError naming file and key.
 */
export function loadConfig(folder: string, explicit: string | undefined): Config {
  const path = explicit === undefined ? findAbove(folder) : resolve(folder, explicit);
  if (path === undefined) return { root: folder, path, banks: bankConfigSchema.parse({}), fill: {}, grade: {} };
  const parsed = configSchema.safeParse(readYaml(path) ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => [...issue.path, wordsOf(issue)].join(": "));
    throw new UserError(`${path}: ${faults.join("; ")}`, { hint: "see the README for every key" });
  }
  const { fill = {}, grade = {}, ...banks } = parsed.data;
  return { root: dirname(path), path, banks, fill: camelCased(fill), grade: camelCased(grade) };
}

/** @throws UserError naming the file, and the line where YAML says one. */
export function readYaml(path: string): unknown {
  const text = decodeText(readFile(path));
  if (text === undefined) throw new UserError(`${path} is not UTF-8`);
  try {
    return parseYaml(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    throw new UserError(`${path} is not valid YAML: ${reason}`, { cause: error });
  }
}

function findAbove(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, CONFIG_FILE);
    if (existsSync(path)) return path;
    if (dirname(current) === current) return undefined;
  }
}

function camelCased(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase()), value]),
  );
}
