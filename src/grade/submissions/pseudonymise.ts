import type { AnswerRow } from "./answer-row.ts";
import type { CodedRow } from "./attempts.ts";
import { codeIn } from "./identity.ts";
import type { SourceFault } from "./source-fault.ts";

/** Codes of candidates by the key of their identity. A private thing: the only place where the two stand together. */
export type CandidateCodes = ReadonlyMap<string, string>;

export interface Pseudonymised {
  readonly rows: readonly CodedRow[];
  /** The codes known before, and those of new candidates after them. */
  readonly codes: CandidateCodes;
  /** Names that the rows have beside what they call somebody, by code; the last of each. */
  readonly names: ReadonlyMap<string, string>;
  readonly faults: readonly SourceFault[];
}

const WIDTH = 3;

/**
 * Gives every candidate a code: the known one, the label itself where it is a code already, else the next free `c-001`.
 * Codes in `taken` are somebody's already. A label that is the code of somebody else among the same rows would make two candidates one: its rows are left out.
 */
export function pseudonymise(
  rows: readonly AnswerRow[],
  known: CandidateCodes,
  taken: Iterable<string> = [],
): Pseudonymised {
  const codes = new Map(known);
  const labels = new Set(rows.flatMap(({ identity }) => codeIn(identity.key) ?? []));
  const next = freeCodes(new Set([...known.values(), ...labels, ...taken]));
  const owners = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { identity } of rows) {
    if (codeIn(identity.key) !== undefined) continue;
    const code = codes.get(identity.key) ?? next();
    codes.set(identity.key, code);
    owners.set(code, identity.key);
    const name = identity.names.find((each) => each !== identity.key);
    if (name !== undefined) names.set(code, name);
  }
  const coded: CodedRow[] = [];
  const faults: SourceFault[] = [];
  for (const row of rows) {
    const own = codeIn(row.identity.key);
    if (own !== undefined && owners.has(own)) faults.push({ code: "candidate-code-taken", ...row.source, taken: own });
    else coded.push({ ...row, candidate: own ?? codes.get(row.identity.key) ?? "" });
  }
  return { rows: coded, codes, names, faults };
}

function freeCodes(taken: ReadonlySet<string>): () => string {
  let count = 0;
  const code = (): string => `c-${String(count).padStart(WIDTH, "0")}`;
  return () => {
    do count++;
    while (taken.has(code()));
    return code();
  };
}
