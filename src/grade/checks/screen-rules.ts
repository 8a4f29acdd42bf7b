import { plainPattern } from "./screen-view.ts";

/** What an order to the judge is dressed as. */
export const SCREEN_FAMILIES = [
  "override",
  "score-demand",
  "forged-delimiter",
  "forged-verdict",
  "role-token",
  "role-play",
  "authority",
  "plea",
  "grading-talk",
  "exfiltration",
  "comment",
  "hidden",
] as const;
export type ScreenFamily = (typeof SCREEN_FAMILIES)[number];

/** A pattern over the text of a view: lower case, without accents. Each gap in it has a bound, so that it runs in linear time. */
export interface ScreenRule {
  readonly family: ScreenFamily;
  readonly pattern: RegExp;
}

/** Rules next to each other, and what tells at one go that none of them finds anything. */
export interface RuleGroup {
  readonly anyOf: RegExp;
  readonly rules: readonly ScreenRule[];
}

/** Past some ten alternatives a pattern is slower than its parts. */
const LARGEST_GROUP = 8;

/** The same rules in the same order. */
export function grouped(all: readonly ScreenRule[]): readonly RuleGroup[] {
  const groups: ScreenRule[][] = [];
  for (const rule of all) {
    const last = groups.at(-1);
    if (last === undefined || last.length === LARGEST_GROUP || [...last, rule].some(refersBack)) groups.push([rule]);
    else last.push(rule);
  }
  return groups.map((rulesOfGroup) => ({
    anyOf: new RegExp(rulesOfGroup.map(({ pattern }) => `(?:${pattern.source})`).join("|"), "u"),
    rules: rulesOfGroup,
  }));
}

/** Its groups would have other numbers among other rules. */
function refersBack({ pattern }: ScreenRule): boolean {
  return /\\\d/.test(pattern.source);
}

/** One rule for each source; `~` in it is a short gap within a sentence. */
export function rules(family: ScreenFamily, sources: readonly string[]): readonly ScreenRule[] {
  return sources.map((source) => ({
    family,
    pattern: new RegExp(plainPattern(source).replaceAll("~", "[^.!?\\n]{0,40}"), "gu"),
  }));
}
