import { UserError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { STATISTIC_NAMES, type StatisticName } from "./statistics.ts";

/** What a build can be made to depend on, such as `qwk>=0.6:lower`. */
export interface Gate {
  /** As the user wrote it. */
  readonly text: string;
  readonly statistic: StatisticName;
  readonly operator: ">=" | "<=";
  readonly limit: number;
  /** Which number is held against the limit: the value itself, or an end of its 95% interval. */
  readonly bound: "value" | "lower" | "upper";
  /** Undefined for all questions together. */
  readonly question: string | undefined;
  readonly criterion: string | undefined;
}

const NAMES: ReadonlyMap<string, StatisticName> = new Map([
  ...STATISTIC_NAMES.map((name) => [kebab(name), name] as const),
  ["alpha", "alphaInterval"],
  ["r", "pearson"],
]);
const CONDITION = /^([a-z-]+)(>=|<=)(-?\d{1,6}(?:\.\d{1,6})?)(?::(lower|upper))?$/;
const HINT = "as in: qwk>=0.6:lower, bias<=0.05, or mae<=0.1 question=q-1 criterion=definition";

/**
 * Reads `<statistic><operator><number>[:lower|:upper] [question=ID] [criterion=ID]`. Numbers are shares, 0.05 being 5% of the
 * scale. Bias and pass gap are held against the limit by their size, whatever their sign.
 * @throws UserError where it cannot be read; for a mistyped statistic with the nearest.
 */
export function parseGate(text: string): Gate {
  const [condition = "", ...places] = text.trim().split(/\s+/);
  const match = CONDITION.exec(condition);
  if (match === null) throw new UserError("a gate could not be read", { hint: HINT });
  const [, name = "", operator, limit, bound] = match;
  const statistic = NAMES.get(name);
  if (statistic === undefined) throw unknownName(name, [...NAMES.keys()]);
  const scope = new Map(places.map(readPlace));
  const gate: Gate = {
    text: text.trim(),
    statistic,
    operator: operator === ">=" ? ">=" : "<=",
    limit: Number(limit),
    bound: bound === "lower" || bound === "upper" ? bound : "value",
    question: scope.get("question"),
    criterion: scope.get("criterion"),
  };
  refuseNonsense(gate, name);
  return gate;
}

function refuseNonsense({ statistic, operator, limit, question, criterion }: Gate, name: string): void {
  if (isSigned(statistic) && (limit < 0 || operator === ">=")) {
    throw new UserError(`a gate on ${name} says how large it may be, such as ${name}<=0.05`, { hint: HINT });
  }
  if (criterion !== undefined && question === undefined) {
    throw new UserError("a gate on a criterion needs its question too", { hint: HINT });
  }
}

/** Statistics of which 0 is best and both signs are bad. */
export function isSigned(statistic: StatisticName): boolean {
  return statistic === "bias" || statistic === "passGap";
}

function readPlace(place: string): readonly [string, string] {
  const at = place.indexOf("=");
  const [key, value] = [place.slice(0, at), place.slice(at + 1)];
  if ((key !== "question" && key !== "criterion") || value === "") {
    throw new UserError("a gate could not be read", { hint: HINT });
  }
  return [key, value];
}

function unknownName(name: string, names: readonly string[]): UserError {
  const nearest = nearestName(name, names);
  return new UserError(`there is no statistic ${name}`, {
    hint: nearest === undefined ? `there are: ${names.join(", ")}` : `did you mean ${nearest}?`,
  });
}

/** `passGap` as it is typed on a command line: `pass-gap`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
