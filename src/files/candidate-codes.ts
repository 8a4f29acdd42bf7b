import { dirname } from "node:path";
import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { type Hash, hashOf } from "../core/hash.ts";
import { isSafeName } from "../core/ids.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic } from "./atomic-write.ts";
import { parseJson } from "./plain-data.ts";
import { decodeText, readFileIfAny } from "./read-file.ts";
import { ensureFolder, PRIVATE_MODE } from "./workspace.ts";

/** Who is who. */
export interface CandidateList {
  /** Codes by what the sources call the candidate, in the order in which they were given. */
  readonly codes: ReadonlyMap<string, string>;
  /** Names that sources have beside what they call a candidate, by code. */
  readonly names: ReadonlyMap<string, string>;
}

/** Which code stands for which candidate, as the file held it. */
export interface StoredCodes extends CandidateList {
  /** Of the file; undefined where there was none. */
  readonly hash: Hash | undefined;
}

const storedFile = z.strictObject({
  schema: z.literal(1),
  candidates: z.array(
    z.strictObject({
      code: z.string().refine(isSafeName),
      identity: z.string().min(1),
      name: z.string().min(1).optional(),
    }),
  ),
});

/**
 * Reads the private file that says who is who; nobody where there is none.
 *
 * @throws UserError if the file is damaged: with other codes, grades that were made would be of nobody.
 */
export function readCandidateCodes(path: string): StoredCodes {
  const bytes = readFileIfAny(path);
  if (bytes === undefined) return { codes: new Map(), names: new Map(), hash: undefined };
  const parsed = storedFile.safeParse(jsonOf(bytes));
  if (!parsed.success) throw damaged(path, "it is not a list of candidates and codes");
  const { candidates } = parsed.data;
  const codes = new Map(candidates.map(({ identity, code }) => [identity, code]));
  if (codes.size !== candidates.length) throw damaged(path, "a candidate stands in it twice");
  if (new Set(codes.values()).size !== codes.size) throw damaged(path, "a code stands in it for two candidates");
  const names = new Map(candidates.flatMap(({ code, name }) => (name === undefined ? [] : [[code, name] as const])));
  return { codes, names, hash: hashOf(bytes) };
}

/**
 * Keeps new codes and names beside those that were read, as a whole or not at all; without any new one nothing is written.
 *
 * @throws UserError if the file was changed in the meantime or cannot be written; RangeError if a code would be lost.
 */
export function writeCandidateCodes(path: string, before: StoredCodes, { codes, names: given }: CandidateList): void {
  for (const [identity, code] of before.codes) {
    if (codes.get(identity) !== code) throw new RangeError("a candidate would lose the code given before");
  }
  const names = new Map([...before.names, ...given]);
  const isNamedAnew = [...names].some(([code, name]) => before.names.get(code) !== name);
  if (codes.size === before.codes.size && !isNamedAnew) return;
  if (before.hash === undefined && readFileIfAny(path) !== undefined) {
    throw new UserError(`${visibleLine(path)} was written by someone else in the meantime`, {
      hint: "Nothing was written. Run the command again.",
    });
  }
  ensureFolder(dirname(path));
  const bytes = new TextEncoder().encode(formatCodes({ codes, names }));
  writeFileAtomic(path, bytes, { expectedHash: before.hash, newFileMode: PRIVATE_MODE });
}

/** JSON with a candidate a line, so that a person can look one up. */
function formatCodes({ codes, names }: CandidateList): string {
  const lines = Array.from(codes, ([identity, code]) => {
    return `    ${JSON.stringify({ code, identity, name: names.get(code) })}`;
  });
  return `{\n  "schema": 1,\n  "candidates": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(decodeText(bytes) ?? "");
  } catch {
    return undefined;
  }
}

function damaged(path: string, reason: string): UserError {
  return new UserError(`${visibleLine(path)} cannot be used: ${reason}`, {
    hint: "It says which code stands for whom, and nothing was changed in it. Restore it from a copy; without it the grades made before belong to nobody.",
  });
}
