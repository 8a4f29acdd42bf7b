import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the process environment and the project's `.env` say. This file is the only reader of either. */
export interface Environment {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly model: string | undefined;
  /** True where the base URL comes from `.env` and the key from the process: a cloned folder must not redirect a key. */
  readonly foreignBaseUrl: boolean;
  /** Of the queue engine, from ANSWERKEY_DATABASE_URL of the process: a file in a cloned folder must not name one. */
  readonly database: string | undefined;
  /** True where OTEL_EXPORTER_OTLP_ENDPOINT names who collects spans. */
  readonly hasSpanCollector: boolean;
  readonly colour: boolean | undefined;
  readonly isContinuousIntegration: boolean;
  /** True where a browser can be shown: not on a Unix without a display. */
  readonly hasDisplay: boolean;
  readonly accessible: boolean;
  readonly user: string | undefined;
  /** The kind of terminal, from TERM. */
  readonly terminal: string | undefined;
  /** The user's editor, from VISUAL or EDITOR, and viewer of differences; each a command line for a shell. */
  readonly editor: string | undefined;
  readonly diffTool: string | undefined;
  /** Milliseconds since the epoch for every timestamp, from SOURCE_DATE_EPOCH; makes runs reproducible to the byte. */
  readonly fixedTime: number | undefined;
  readonly warnings: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const NO_FILE: { readonly values: Variables; readonly warnings: readonly string[] } = { values: {}, warnings: [] };

/** @param withKeys false leaves the file `.env` alone, which is there for keys. */
export async function readEnvironment(
  folder: string,
  variables: Variables = process.env,
  withKeys = true,
): Promise<Environment> {
  const file = withKeys ? await readDotenv(folder) : NO_FILE;
  const value = (name: string): string | undefined => nonEmpty(variables[name]) ?? nonEmpty(file.values[name]);
  const inProcess = (name: string): boolean => nonEmpty(variables[name]) !== undefined;
  const epoch = Number(nonEmpty(variables["SOURCE_DATE_EPOCH"]) ?? Number.NaN);
  return {
    apiKey: value("OPENAI_API_KEY"),
    baseUrl: value("OPENAI_BASE_URL"),
    model: value("OPENAI_MODEL"),
    foreignBaseUrl:
      inProcess("OPENAI_API_KEY") && !inProcess("OPENAI_BASE_URL") && value("OPENAI_BASE_URL") !== undefined,
    database: nonEmpty(variables["ANSWERKEY_DATABASE_URL"]),
    hasSpanCollector: inProcess("OTEL_EXPORTER_OTLP_ENDPOINT"),
    colour: colourWish(variables),
    isContinuousIntegration: nonEmpty(variables["CI"]) !== undefined,
    hasDisplay: hasDisplay(variables),
    accessible: nonEmpty(variables["ACCESSIBLE"]) !== undefined,
    user: nonEmpty(variables["USER"]) ?? nonEmpty(variables["USERNAME"]),
    terminal: nonEmpty(variables["TERM"]),
    editor: nonEmpty(variables["VISUAL"]) ?? nonEmpty(variables["EDITOR"]),
    diffTool: nonEmpty(variables["REVIEW_DIFF_TOOL"]),
    fixedTime: Number.isFinite(epoch) ? epoch * 1000 : undefined,
    warnings: file.warnings,
  };
}

/**
 * Takes the keys of model services out of the environment of this process and of those that it starts: what a command does
 * not need, no fault in it can give away.
 */
export function dropKeys(variables: Record<string, string | undefined> = process.env): void {
  for (const name of Object.keys(variables)) if (/_API_KEY$/i.test(name)) delete variables[name];
}

function hasDisplay(variables: Variables, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === "win32" || platform === "darwin") return true;
  return nonEmpty(variables["DISPLAY"]) !== undefined || nonEmpty(variables["WAYLAND_DISPLAY"]) !== undefined;
}

async function readDotenv(folder: string): Promise<{ values: Variables; warnings: readonly string[] }> {
  const path = join(folder, ".env");
  if (!existsSync(path)) return NO_FILE;
  const { default: dotenv } = await import("dotenv");
  const openToOthers = (statSync(path).mode & 0o077) !== 0 && process.platform !== "win32";
  return {
    values: dotenv.parse(readFileSync(path)),
    warnings: openToOthers ? [`${path} can be read by other users; run: chmod 600 .env`] : [],
  };
}

function colourWish(variables: Variables): boolean | undefined {
  if (nonEmpty(variables["NO_COLOR"]) !== undefined) return false;
  const forced = nonEmpty(variables["FORCE_COLOR"]);
  return forced === undefined ? undefined : forced !== "0";
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}
