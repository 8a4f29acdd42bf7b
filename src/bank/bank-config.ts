import picomatch from "picomatch";
import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { nearestName } from "../core/nearest-name.ts";
import { BUILT_IN_DIALECTS } from "./built-in-dialects.ts";
import { type CompiledDialect, compileDialect } from "./compile-dialect.ts";
import { dialectSchema, patterns } from "./dialect.ts";
import { compilePersonal, type Personal } from "./personal.ts";

const globs = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)),
]);

const bankEntry = z.strictObject({
  /** Files of the bank, relative to the configuration. */
  files: globs,
  exclude: globs.default([]),
  dialect: z.string().optional(),
  dialects: z.array(z.string()).optional(),
});

/** The parts of the configuration file that say what a bank is. */
export const bankConfigSchema = z.strictObject({
  /** The first entry that matches a file decides; an entry without a dialect leaves it to detection. */
  banks: z.array(bankEntry).default([]),
  /** Dialects of one's own; a built-in one of the same name gives way. */
  dialects: z.record(z.string().min(1), dialectSchema).default({}),
  /** Files that are never banks. */
  exclude: globs.default(["**/_backup/**"]),
  /** False: only files that an entry or their front matter names are banks. */
  detect: z.boolean().default(true),
  /** Questions left empty on purpose, in every layout: patterns of their text, or ids. */
  personal: patterns.default([]),
});

export type BankConfig = z.output<typeof bankConfigSchema>;

export type DialectChoice =
  | {
      readonly kind: "chosen";
      readonly by: "config" | "front-matter";
      readonly dialects: readonly CompiledDialect[];
    }
  | { readonly kind: "detect" }
  | { readonly kind: "no bank" };

/**
 * What the configuration says about a file.
 * @throws UserError for an unknown dialect or a pattern that cannot be used.
 */
export function chooseDialects(
  path: string,
  config: BankConfig,
  frontMatterDialect: string | undefined,
): DialectChoice {
  if (matches(path, config.exclude)) return { kind: "no bank" };
  if (frontMatterDialect !== undefined) return chosen("front-matter", [frontMatterDialect], config);
  const entry = config.banks.find((each) => matches(path, each.files) && !matches(path, each.exclude));
  const names = entry?.dialects ?? (entry?.dialect === undefined ? [] : [entry.dialect]);
  if (names.length > 0) return chosen("config", names, config);
  return entry !== undefined || config.detect ? { kind: "detect" } : { kind: "no bank" };
}

/** True for a file that an entry of the configuration takes in; where there is no entry, none is taken in. */
export function isListed(path: string, config: BankConfig): boolean {
  return config.banks.some((entry) => matches(path, entry.files) && !matches(path, entry.exclude));
}

function chosen(by: "config" | "front-matter", names: readonly string[], config: BankConfig): DialectChoice {
  return { kind: "chosen", by, dialects: names.map((name) => dialectNamed(name, config)) };
}

const ownDialects = new WeakMap<BankConfig, ReadonlyMap<string, CompiledDialect>>();

/** @throws UserError for an unknown name. */
export function dialectNamed(name: string, config: BankConfig): CompiledDialect {
  const own = ownDialects.get(config) ?? compileOwn(config);
  const dialect = own.get(name) ?? BUILT_IN_DIALECTS.get(name);
  if (dialect !== undefined) return dialect;
  const known = [...own.keys(), ...BUILT_IN_DIALECTS.keys()];
  const nearest = nearestName(name, known);
  throw new UserError(`there is no dialect "${name}"`, {
    hint: nearest === undefined ? `known: ${known.join(", ")}` : `did you mean ${nearest}?`,
  });
}

function compileOwn(config: BankConfig): ReadonlyMap<string, CompiledDialect> {
  const own = new Map(Object.entries(config.dialects).map(([name, rules]) => [name, compileDialect(name, rules)]));
  ownDialects.set(config, own);
  return own;
}

const personalOf = new WeakMap<BankConfig, Personal>();

/** @throws UserError for a pattern that cannot be used. */
export function personalIn(config: BankConfig): Personal {
  const known = personalOf.get(config) ?? compilePersonal(config.personal, "personal");
  personalOf.set(config, known);
  return known;
}

const matchers = new Map<string, picomatch.Matcher>();

function matches(path: string, wanted: readonly string[]): boolean {
  return wanted.some((pattern) => {
    const matcher = matchers.get(pattern) ?? picomatch(pattern, { dot: true });
    matchers.set(pattern, matcher);
    return matcher(path);
  });
}
