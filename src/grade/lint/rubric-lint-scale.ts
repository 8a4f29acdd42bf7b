import type { RubricFlaw } from "../rubric/rubric-findings.ts";
import { reachOf, unboundedReach } from "../rubric/rubric-reach.ts";
import { FINEST_STEP } from "../rubric/rubric-schema.ts";
import type { Rubric } from "../rubric/rubric.ts";

/** A step may leave room for what a person sets; one so many times finer than all points is a slip. */
const FAR_FINER = 10;

/** Whether the scale fits what the criteria come to. */
export function scaleFlaws(rubric: Rubric): readonly RubricFlaw[] {
  return [...maximumFlaws(rubric), ...passFlaws(rubric), ...floorFlaws(rubric), ...stepFlaws(rubric)];
}

function maximumFlaws(rubric: Rubric): readonly RubricFlaw[] {
  const { max, step } = rubric.scale;
  const { best } = unboundedReach(rubric);
  const where = { at: ["scale", "max"] } as const;
  if (best < max) return [{ ...where, code: "max-unreachable", arguments: { max, best } }];
  const flaws: RubricFlaw[] = [];
  if (best > max) flaws.push({ ...where, code: "surplus-credit", arguments: { max, best } });
  if (max % step !== 0) flaws.push({ ...where, code: "off-step", arguments: { what: "max", value: max, step } });
  return flaws;
}

function passFlaws(rubric: Rubric): readonly RubricFlaw[] {
  const { pass, step } = rubric.scale;
  if (pass === undefined) return [];
  const { least, best } = reachOf(rubric);
  const where = { at: ["scale", "pass"] } as const;
  if (pass > best) return [{ ...where, code: "pass-unreachable", arguments: { pass, best } }];
  if (pass <= least) return [{ ...where, code: "pass-certain", arguments: { pass, least } }];
  if (pass % step !== 0) return [{ ...where, code: "off-step", arguments: { what: "pass", value: pass, step } }];
  return [];
}

function floorFlaws(rubric: Rubric): readonly RubricFlaw[] {
  const { floor, step } = rubric.scale;
  const { least } = unboundedReach(rubric);
  const where = { at: ["scale", "floor"] } as const;
  if (floor > 0 && least < floor) return [{ ...where, code: "floor-gives-credit", arguments: { floor } }];
  if (floor !== 0 && floor < least) return [{ ...where, code: "floor-never-binds", arguments: { floor, least } }];
  if (floor % step !== 0) return [{ ...where, code: "off-step", arguments: { what: "floor", value: floor, step } }];
  return [];
}

function stepFlaws({ scale: { step }, criteria }: Rubric): readonly RubricFlaw[] {
  if (step === FINEST_STEP) return [];
  const coarse = criteria.flatMap(({ id, levels }, place): readonly RubricFlaw[] => {
    const level = levels.find(({ points }) => points % step !== 0);
    if (level === undefined) return [];
    const { id: name, points } = level;
    const where = { criterion: id, at: ["criteria", place, "levels"] };
    return [{ ...where, code: "level-off-step", arguments: { level: name, points, step } }];
  });
  const all = criteria.flatMap(({ levels }) => levels.map(({ points }) => points));
  const common = all.reduce(greatestCommonDivisor, 0);
  if (coarse.length > 0 || common < step * FAR_FINER) return coarse;
  return [{ code: "step-unused", at: ["scale", "step"], arguments: { step, common } }];
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? Math.abs(left) : greatestCommonDivisor(right, left % right);
}
