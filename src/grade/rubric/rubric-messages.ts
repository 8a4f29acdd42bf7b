import { exact, formatPoints } from "./points.ts";
import type { RubricFindingArguments, RubricFindingCode, RubricFlaw } from "./rubric-findings.ts";

type Writers = { readonly [Code in RubricFindingCode]: (args: RubricFindingArguments[Code]) => string };

const WRITERS: Writers = {
  "duplicate-criterion": () => "its id is taken by a criterion above",
  "duplicate-level": ({ level }) => `two levels have the id ${level}`,
  "duplicate-group": ({ group }) => `two groups have the id ${group}`,
  "single-level": () => "has only one level, so there is nothing to decide",
  "levels-not-monotone": ({ points }) =>
    `points of its levels go up and down (${points.map(decimal).join(", ")}); put them in order`,
  "penalty-with-credit": ({ points }) => `is a penalty and gives ${decimal(points)}; penalties are negative`,
  "credit-with-penalty": ({ points }) =>
    `gives credit at one level and ${decimal(points)} at another; make a criterion and a penalty of it`,
  "unknown-group": ({ group }) => `its group ${group} is not under groups`,
  "unknown-precedent-criterion": () => "is about a criterion that is not there",
  "unknown-precedent-level": ({ level }) => `its criterion has no level ${level}`,
  "required-penalty": () => "a penalty cannot be required",
  "floor-not-below-max": ({ floor, max }) => `a floor of ${decimal(floor)} is not below the maximum of ${decimal(max)}`,
  "no-zero-level": ({ least }) =>
    `its lowest level gives ${decimal(least)}, so every answer gets that; add one of 0 points`,
  "max-unreachable": ({ max, best }) =>
    `the best answer gets ${decimal(best)}, so nobody reaches the maximum of ${decimal(max)}`,
  "surplus-credit": ({ max, best }) =>
    `criteria come to ${decimal(best)}, of which only the maximum of ${decimal(max)} can count`,
  "pass-unreachable": ({ pass, best }) => `the best answer gets ${decimal(best)}, so none passes at ${decimal(pass)}`,
  "pass-certain": ({ pass, least }) =>
    `the worst answer gets ${decimal(least)}, so every one passes at ${decimal(pass)}`,
  "floor-gives-credit": ({ floor }) => `an answer that says nothing right gets ${decimal(floor)}`,
  "floor-never-binds": ({ floor, least }) =>
    `no answer gets less than ${decimal(least)}, so the floor of ${decimal(floor)} does nothing`,
  "off-step": ({ what, value, step }) => `${what} ${decimal(value)} is not a multiple of the step ${decimal(step)}`,
  "level-off-step": ({ level, points, step }) =>
    `level ${level} gives ${decimal(points)}, but totals are rounded down to multiples of ${decimal(step)}`,
  "step-unused": ({ step, common }) =>
    `all points are multiples of ${decimal(common)}, so a step of ${decimal(step)} never rounds`,
  "equal-levels": ({ points, levels }) =>
    `levels ${levels.join(" and ")} both give ${decimal(points)}; a judge's choice between them changes nothing`,
  "worthless-criterion": () => "none of its levels gives or takes a point",
  "required-cap-unused": ({ cap }) => `without it the total is at most ${decimal(cap)}, which changes no total`,
  "required-without-evidence": () => "is required, but its credit needs no evidence",
  "count-without-evidence": () => "counts items, but asks for no evidence of them",
  "count-without-items": () =>
    "counts items and lists none, so nothing can be counted without a model; put them under accepts, one a line",
  "empty-group": ({ group }) => `no criterion is in group ${group}`,
  "one-of-single": ({ group }) => `only one criterion is in group ${group}, so there is nothing to choose`,
  "one-of-penalty": ({ group }) =>
    `a penalty in group ${group} never counts beside a better criterion; make one penalty with levels`,
  "group-cap-unused": ({ group, cap, most }) =>
    `group ${group} comes to ${decimal(most)} at most, so its cap of ${decimal(cap)} does nothing`,
  "penalty-limit-unused": ({ limit, most }) =>
    `penalties come to ${decimal(most)} at most, so their limit of ${decimal(limit)} does nothing`,
  "empty-descriptor": ({ level }) => `level ${level} is not described`,
  "repeated-descriptor": ({ levels }) => `levels ${levels.join(" and ")} are described alike`,
  "repeated-criterion": ({ other }) => `asks for the same as ${other}, so one thing is marked twice`,
  "accepts-and-rejects": ({ text }) => `accepts and rejects "${text}"`,
  "repeated-wording": ({ text }) => `lists "${text}" twice`,
  "contradicting-precedents": ({ other }) => `decides the same answer otherwise than precedent ${other + 1}`,
  "contradicting-anchors": ({ levels }) => `the same anchor stands at levels ${levels.join(" and ")}`,
  "two-claims": ({ joint }) => `seems to hold two claims (joined by "${joint}"); a criterion should hold one`,
  "vague-wording": ({ word }) => `"${word}" leaves the decision to whoever marks; say what must be there`,
  "long-text": ({ length, limit }) => `${length} characters are more than a judge keeps in view (${limit})`,
  "hidden-characters": ({ count }) =>
    `${count === 1 ? "1 hidden or control character, which is" : `${count} hidden or control characters, which are`} not shown to the judge`,
  "duplicate-rubric": ({ otherFile, otherLine }) => `its id is taken by the rubric at ${otherFile}:${otherLine}`,
  "second-rubric": ({ question, otherFile, otherLine }) =>
    `question ${question} has a rubric already, at ${otherFile}:${otherLine}`,
  "unknown-question": ({ question }) => `no question of the bank is ${question}`,
};

function decimal(value: number): string {
  return formatPoints(exact(value));
}

/** What a flaw is, without where: to be written after the place or the criterion. Plain text of its rubric may be in it. */
export function messageOfFlaw<Code extends RubricFindingCode>(flaw: RubricFlaw<Code>): string {
  return WRITERS[flaw.code](flaw.arguments);
}
