import { join } from "node:path";
import { z } from "zod";
import { chainEnd, chainStart, openChainedLog, type ChainedLog } from "../../files/chained-log.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { foldGradeLog, type GradeBookState } from "../../grade/records/grade-log.ts";
import { gradeLogEntry } from "../../grade/records/record.ts";
import type { Project } from "../open-project.ts";

const gradeLine = z.strictObject({ ...chainStart, entry: gradeLogEntry, ...chainEnd });
export type GradeLine = z.infer<typeof gradeLine>;

/** `records.jsonl` of a set. */
export type GradeLog = ChainedLog<GradeLine>;

export function openGradeLog({ workspace, clock, stamp }: Project, set: GradeSet): GradeLog {
  return openChainedLog({
    path: set.records,
    lockPath: join(workspace.locks, `grades-${set.name}.lock`),
    schema: gradeLine,
    noun: "grade record",
    clock: { ...clock, now: stamp },
  });
}

/** @throws UserError naming the first line that cannot be read. */
export function readGrades(log: GradeLog): GradeBookState {
  return foldGradeLog(log.readAll());
}
