import { useState } from "preact/hooks";
import type { GradeItem } from "../api.ts";

export interface Levels {
  /** Level by criterion, as the reviewer has set them. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly choose: (criterion: string, level: string) => void;
  /** Criteria without a level yet. */
  readonly missing: number;
  /** Criteria where the reviewer differs from the judge; 0 while the judge is not known. */
  readonly different: number;
}

/** The reviewer's levels: what was saved, else what the judge gave where that may be seen, and what was chosen here since. */
export function useLevels({ criteria, mine, judge }: GradeItem): Levels {
  const [touched, setTouched] = useState<Readonly<Record<string, string>>>({});
  const judged = Object.fromEntries((judge?.criteria ?? []).map(({ criterion, level }) => [criterion, level]));
  const chosen = { ...(mine?.levels ?? judged), ...touched };
  return {
    chosen,
    choose: (criterion, level) => setTouched((last) => ({ ...last, [criterion]: level })),
    missing: criteria.filter(({ id }) => chosen[id] === undefined).length,
    different: judge === null ? 0 : criteria.filter(({ id }) => chosen[id] !== judged[id]).length,
  };
}
