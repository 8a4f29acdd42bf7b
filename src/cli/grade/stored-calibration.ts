import { rmSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { parseJson } from "../../files/plain-data.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import { PRIVATE_MODE } from "../../files/workspace.ts";
import { calibrationSchema, type Calibration } from "../../grade/calibration/calibration.ts";

const stored = z.strictObject({ schema: z.literal(1), calibrations: z.array(calibrationSchema) });

/** @throws UserError where the file cannot be read. */
export function readCalibrations(set: GradeSet): readonly Calibration[] {
  const bytes = readFileIfAny(set.calibration);
  if (bytes === undefined) return [];
  const parsed = stored.safeParse(dataOf(bytes));
  if (parsed.success) return parsed.data.calibrations;
  throw new UserError(`outputs/grades/${set.name}/calibration.json is damaged`, {
    hint: "answerkey grade calibrate --remove forgets it; then learn it again",
  });
}

export function writeCalibrations(set: GradeSet, calibrations: readonly Calibration[]): void {
  const text = `${JSON.stringify({ schema: 1, calibrations }, null, 2)}\n`;
  writeFileAtomic(set.calibration, Buffer.from(text), { newFileMode: PRIVATE_MODE });
}

/** @returns false where there was none. */
export function removeCalibrations(set: GradeSet): boolean {
  if (readFileIfAny(set.calibration) === undefined) return false;
  rmSync(set.calibration);
  return true;
}

function dataOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(decodeText(bytes) ?? "");
  } catch {
    return undefined;
  }
}
