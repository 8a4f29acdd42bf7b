import type { AgreementReport } from "./agreement-report.ts";
import type { Measured } from "./estimate.ts";
import { isSigned, kebab, type Gate } from "./gate.ts";
import { undefinedWords, unknownIntervalWords } from "./reason-words.ts";
import type { ScopeReport } from "./scope-report.ts";
import { LEAST_ANSWERS } from "./warnings.ts";

/** undecidable: the marks at hand cannot say, which is no pass. */
export interface GateVerdict {
  readonly gate: Gate;
  readonly status: "pass" | "fail" | "undecidable";
  /** One line of ours. */
  readonly words: string;
}

/** Holds a gate against the figures of the judge, over all questions or in the scope that it names. */
export function evaluateGate(gate: Gate, { scopes }: AgreementReport): GateVerdict {
  const scope = scopes.find((each) => isMeant(each, gate));
  if (scope === undefined) return undecidable(gate, "no answer in its scope was marked by a person and the judge");
  const measured = scope.judge.statistics[gate.statistic];
  if (measured.kind === "undefined") return undecidable(gate, undefinedWords(measured.reason));
  const number = numberOf(gate, measured, scope.judge.answers);
  if (typeof number === "string") return undecidable(gate, number);
  const holds = gate.operator === ">=" ? number >= gate.limit : number <= gate.limit;
  const what = gate.bound === "value" ? kebab(gate.statistic) : `${gate.bound} end of ${kebab(gate.statistic)}`;
  return {
    gate,
    status: holds ? "pass" : "fail",
    words: `${what} is ${number.toFixed(3)}, ${holds ? "as asked" : "not"} ${gate.operator} ${gate.limit} (n=${measured.n})`,
  };
}

function isMeant({ scope }: ScopeReport, { question, criterion }: Gate): boolean {
  switch (scope.kind) {
    case "pooled":
      return question === undefined;
    case "question":
      return scope.question === question && criterion === undefined;
    case "criterion":
      return scope.question === question && scope.criterion === criterion;
    case "criteria":
      return false;
    default:
      return scope satisfies never;
  }
}

/** What is held against the limit, or why it cannot be. */
function numberOf(
  { statistic, bound }: Gate,
  { value, interval }: Extract<Measured, { kind: "known" }>,
  answers: number,
): number | string {
  if (bound === "value") {
    if (answers >= LEAST_ANSWERS) return isSigned(statistic) ? Math.abs(value) : value;
    return `${answers} answers are not enough for a bare value (${LEAST_ANSWERS} are); ask for :lower or :upper`;
  }
  if (interval.kind === "undefined") return unknownIntervalWords(interval.reason);
  if (!isSigned(statistic)) return interval[bound];
  const { lower, upper } = interval;
  const nearest = lower <= 0 && upper >= 0 ? 0 : Math.min(Math.abs(lower), Math.abs(upper));
  return bound === "upper" ? Math.max(Math.abs(lower), Math.abs(upper)) : nearest;
}

function undecidable(gate: Gate, words: string): GateVerdict {
  return { gate, status: "undecidable", words };
}
