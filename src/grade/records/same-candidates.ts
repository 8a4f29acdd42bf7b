import { groupBy } from "../../core/group-by.ts";
import { visibleLine } from "../../core/sanitise.ts";
import type { AnswerPlace } from "./grade-log.ts";
import type { GradeState } from "./record.ts";

/** Grades of one set, and what its sources call the candidates: identity and name by code, none for labels that are codes. */
export interface NamedGrades {
  readonly grades: readonly (AnswerPlace & {
    readonly state: GradeState;
    readonly grade: { readonly answer: { readonly hash: string } };
  })[];
  readonly calls: ReadonlyMap<string, readonly string[]>;
}

export interface SameCandidates {
  /** For each code of the later set the code that stands for this candidate beside the earlier set's. */
  readonly codes: ReadonlyMap<string, string>;
  /** How many were told by a name that one of the sets has beside another label. */
  readonly byName: number;
  /** How many were told by their answers alone. */
  readonly byAnswers: number;
}

/**
 * Each set gives codes of its own. A candidate of both is told by what the sources of both call people, else by a name that one
 * of them has beside it, else by answers that nobody else gave. One who is in the later set alone must not be taken for
 * somebody who has that code in the earlier.
 */
export function sameCandidates(before: NamedGrades, after: NamedGrades): SameCandidates {
  const [earlier, later] = [codesOf(before), codesOf(after)];
  const found = new Map<string, string>();
  const pair = (keysOf: (side: NamedGrades) => (code: string) => readonly string[]): number => {
    const taken = new Set(found.values());
    const lefts = uniqueBy(earlier, keysOf(before));
    const own = [...uniqueBy(later, keysOf(after))].flatMap(([key, code]) => {
      const left = lefts.get(key);
      return left === undefined || taken.has(left) || found.has(code) ? [] : [[code, left] as const];
    });
    // Keys of one candidate that lead to different people tell nothing.
    const [byCode, byLeft] = [groupBy(own, ([code]) => code), groupBy(own, ([, left]) => left)];
    const fits = own.filter(([code, left]) => isAlone(byCode.get(code)) && isAlone(byLeft.get(left)));
    for (const [code, left] of fits) found.set(code, left);
    return new Set(fits.map(([code]) => code)).size;
  };
  pair(identityKeys);
  const byName = pair(nameKeys);
  const byAnswers = pair(answerKeys);
  const inUse = new Set([...earlier, ...before.calls.keys()]);
  const codes = new Map(
    later.map((code) => [code, found.get(code) ?? (inUse.has(code) ? `${code} of the later` : code)]),
  );
  return { codes, byName, byAnswers };
}

/** True where all of them are one pair. */
function isAlone(pairs: readonly (readonly [code: string, left: string])[] = []): boolean {
  const [first] = pairs;
  return pairs.every(([code, left]) => code === first?.[0] && left === first[1]);
}

function codesOf({ grades }: NamedGrades): readonly string[] {
  return [...new Set(grades.map(({ candidate }) => candidate))];
}

/** Whom a key tells: nobody where it is several people's. */
function uniqueBy(codes: readonly string[], keysOf: (code: string) => readonly string[]): ReadonlyMap<string, string> {
  const all = codes.flatMap((code) => [...new Set(keysOf(code))].map((key) => ({ key, code })));
  return new Map(
    [...groupBy(all, ({ key }) => key)].flatMap(([key, own]) => {
      const [first, second] = own;
      return first === undefined || second !== undefined ? [] : [[key, first.code] as const];
    }),
  );
}

/** A label that is a code already stands in no list: it is what the sources call somebody. */
function identityKeys({ calls }: NamedGrades): (code: string) => readonly string[] {
  return (code) => {
    const [identity] = calls.get(code) ?? [];
    return [identity === undefined ? JSON.stringify([code]) : folded(identity)];
  };
}

function nameKeys({ calls }: NamedGrades): (code: string) => readonly string[] {
  return (code) => (calls.get(code) ?? []).map(folded).map(inOneOrder);
}

function answerKeys({ grades }: NamedGrades): (code: string) => readonly string[] {
  const given = groupBy(
    grades.filter(({ state }) => state !== "blank"),
    ({ candidate }) => candidate,
  );
  return (code) => {
    const own = given.get(code) ?? [];
    const answers = own.map(({ question, attempt, grade }) => JSON.stringify([question, attempt, grade.answer.hash]));
    return own.length === 0 ? [] : [answers.toSorted().join(" ")];
  };
}

function folded(text: string): string {
  return visibleLine(text).normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** "doe, jane" as "jane doe". */
function inOneOrder(name: string): string {
  const [last = "", first, ...more] = name.split(/\s*,\s*/);
  return first === undefined || more.length > 0 ? name : `${first} ${last}`;
}
