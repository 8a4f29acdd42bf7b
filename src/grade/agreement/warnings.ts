import type { BaselineName } from "./baselines.ts";
import type { Measured } from "./estimate.ts";
import type { Panel } from "./panel.ts";
import type { ScopeReport } from "./scope-report.ts";

/** Fewer than these say so little that only their interval is worth a headline. */
export const LEAST_ANSWERS = 50;
/** A smaller effect than these is not worth a word, however sure it is. */
const LEAST_CORRELATION = 0.1;
const LEAST_DROP = 0.1;

interface Effect {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** What a reader must know before the figures are used. `agreement-blocks.ts` turns it into words. */
export type AgreementWarning =
  | { readonly code: "not-enough"; readonly answers: number; readonly needed: number }
  | { readonly code: "all-equal"; readonly who: "judge" | "people" }
  | ({ readonly code: "lenient" | "harsh"; readonly by: "bias" | "passGap" } & Effect)
  | ({ readonly code: "length-driven" } & Effect)
  | ({ readonly code: "middle-drop" } & Effect)
  | {
      readonly code: "baseline-not-beaten";
      readonly baseline: BaselineName;
      readonly judge: number;
      readonly guess: number;
    };

export function warningsOf(figures: Omit<ScopeReport, "warnings">, panel: Panel): readonly AgreementWarning[] {
  const { answers, statistics } = figures.judge;
  const always = [...allEqual(panel), ...leaning("bias", statistics.bias), ...leaning("passGap", statistics.passGap)];
  if (answers >= LEAST_ANSWERS) return [...always, ...subtler(figures)];
  return [{ code: "not-enough", answers, needed: LEAST_ANSWERS }, ...always];
}

/** What a small set, looked at for many things, would show by chance alone. */
function subtler({ judge, length, middle, baselines }: Omit<ScopeReport, "warnings">): readonly AgreementWarning[] {
  const byLength = sureEffect(length.errorWithLength, LEAST_CORRELATION);
  const inMiddle = sureEffect(middle.drop, LEAST_DROP).filter(({ value }) => value > 0);
  return [
    ...byLength.map((effect) => ({ code: "length-driven" as const, ...effect })),
    ...inMiddle.map((effect) => ({ code: "middle-drop" as const, ...effect })),
    ...baselines.flatMap(({ name, statistics }) => notBeaten(name, judge.statistics.rmse, statistics.rmse)),
  ];
}

function allEqual({ pairs }: Panel): readonly AgreementWarning[] {
  if (pairs.length < 2) return [];
  const sides = [
    { who: "judge" as const, marks: new Set(pairs.map(({ first }) => first.share)) },
    { who: "people" as const, marks: new Set(pairs.map(({ second }) => second.share)) },
  ];
  return sides.filter(({ marks }) => marks.size === 1).map(({ who }) => ({ code: "all-equal", who }));
}

function leaning(by: "bias" | "passGap", measured: Measured): readonly AgreementWarning[] {
  return sureEffect(measured, 0).map((effect) => ({ code: effect.value > 0 ? "lenient" : "harsh", by, ...effect }));
}

/** An effect of that size at least, whose interval leaves 0 out. */
function sureEffect(measured: Measured, least: number): readonly Effect[] {
  if (measured.kind === "undefined" || measured.interval.kind === "undefined") return [];
  const { value, interval } = measured;
  const { lower, upper } = interval;
  const isSure = lower > 0 || upper < 0;
  return isSure && Math.abs(value) >= least ? [{ value, lower, upper }] : [];
}

function notBeaten(baseline: BaselineName, judge: Measured, guess: Measured): readonly AgreementWarning[] {
  if (judge.kind === "undefined" || guess.kind === "undefined" || judge.value <= guess.value) return [];
  return [{ code: "baseline-not-beaten", baseline, judge: judge.value, guess: guess.value }];
}
