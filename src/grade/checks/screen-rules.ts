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

/** One rule for each source; `~` in it is a short gap within a sentence. */
export function rules(family: ScreenFamily, sources: readonly string[]): readonly ScreenRule[] {
  return sources.map((source) => ({
    family,
    pattern: new RegExp(plainPattern(source).replaceAll("~", "[^.!?\\n]{0,40}"), "gu"),
  }));
}
