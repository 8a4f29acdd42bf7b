import { groupBy } from "../../core/group-by.ts";
import type { CandidateCodes } from "./pseudonymise.ts";

/** Whom a name or a label means: everything that candidates are called, with the code; a name may stand there for several. */
export function calledAs(
  codes: CandidateCodes,
  names: ReadonlyMap<string, string>,
): readonly (readonly [called: string, code: string])[] {
  return [...codes, ...Array.from(names, ([code, name]) => [name, code] as const)];
}

/** Codes by label, and by name where it is one candidate's and nobody's label. */
export function codesByName(codes: CandidateCodes, names: ReadonlyMap<string, string>): CandidateCodes {
  const bearers = groupBy([...names], ([, name]) => name);
  const own = [...names].filter(([, name]) => !codes.has(name) && bearers.get(name)?.length === 1);
  return new Map([...codes, ...own.map(([code, name]) => [name, code] as const)]);
}
