import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { parseJson } from "../../files/plain-data.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import { resolveInside } from "../../files/safe-path.ts";
import { ensureFolder, PRIVATE_MODE } from "../../files/workspace.ts";
import { submissionOptions } from "./grade-options.ts";
import type { Project } from "../open-project.ts";

const paths = z.array(z.string());

const { preset, map, attempts } = submissionOptions.shape;

const gradeSettings = z.strictObject({
  schema: z.literal(1),
  /** Of the last import. */
  answers: paths,
  /** Imports before it whose answers belong to the set still, each with how it is read; the oldest first. */
  earlier: z.array(z.strictObject({ answers: paths, preset, map, attempts })).default([]),
  /** Files with people's marks, for reports. */
  marks: paths.default([]),
  ...submissionOptions.shape,
});

/**
 * From which answers, bank and rubrics a set of grades was made, so that a report can be made again. Paths are relative to
 * the project folder.
 */
export type GradeSettings = z.infer<typeof gradeSettings>;

export function writeGradeSettings(set: GradeSet, settings: Omit<GradeSettings, "schema">): void {
  ensureFolder(set.folder);
  const text = `${JSON.stringify(gradeSettings.parse({ schema: 1, ...settings }), null, 2)}\n`;
  writeFileAtomic(set.settings, Buffer.from(text), { durable: false, newFileMode: PRIVATE_MODE });
}

/** @throws UserError where a set holds none that can be read. */
export function readGradeSettings(set: GradeSet): GradeSettings {
  const settings = readGradeSettingsIfAny(set);
  if (settings !== undefined) return settings;
  throw new UserError(`outputs/grades/${set.name}/settings.json does not say from which answers the grades were made`, {
    hint: `name them again: answerkey grade <answers> --set ${set.name}`,
  });
}

export function readGradeSettingsIfAny(set: GradeSet): GradeSettings | undefined {
  const bytes = readFileIfAny(set.settings);
  return bytes === undefined ? undefined : gradeSettings.safeParse(dataOf(bytes)).data;
}

/** A path from the command line as settings and runs keep it. */
export function storedPath({ folder, workspace }: Project, operand: string): string {
  return (
    relative(workspace.root, resolve(realpathSync(folder), operand))
      .split(sep)
      .join("/") || "."
  );
}

/**
 * A kept path, absolute.
 * @throws UserError where it leads out of the project: the user named no such thing, whatever a cloned folder says.
 */
export function givenPath({ workspace }: Project, path: string): string {
  return resolveInside(workspace.root, path);
}

/** Paths of one import of answers, and how they are read. */
export type AnswerImport = GradeSettings["earlier"][number];

/** The imports of a set before one of some paths; one that is read again as part of it is none of them. */
export function earlierImports(
  settings: GradeSettings | undefined,
  answers: readonly string[],
): readonly AnswerImport[] {
  if (settings === undefined) return [];
  const { earlier, answers: last, preset: shape, map: columns, attempts: which } = settings;
  const all = [...earlier, { answers: last, preset: shape, map: columns, attempts: which }];
  return all.filter((each) => !each.answers.every((path) => answers.includes(path)));
}

/**
 * Where copies stand of answers that were read from outside the project, relative to its folder.
 * @param number 1 for the first import of a file of that name, 2 for another one of the same name.
 */
export function answerCopies({ name }: GradeSet, number: number): string {
  return `outputs/grades/${name}/answers${number === 1 ? "" : `-${number}`}`;
}

export function markCopies({ name }: GradeSet): string {
  return `outputs/grades/${name}/marks`;
}

function dataOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(decodeText(bytes) ?? "");
  } catch {
    return undefined;
  }
}
