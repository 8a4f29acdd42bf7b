import { basename, dirname, extname, resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import { isSafeName } from "../../core/ids.ts";
import { gradeSet, listGradeSets, type GradeSet } from "../../files/grade-set.ts";
import { isInside } from "../../files/safe-path.ts";
import type { Project } from "../open-project.ts";
import { didYouMean } from "../nearest-names.ts";

/**
 * The set of grades that a command is about: the one named, else the only one there is.
 * @throws UserError where there is none, or several and none is named.
 */
export function chooseGradeSet({ workspace }: Project, name: string | undefined): GradeSet {
  const sets = listGradeSets(workspace);
  const found = name === undefined && sets.length === 1 ? sets[0] : sets.find((set) => set.name === name);
  if (found !== undefined) return found;
  const names = sets.map((set) => set.name).join(", ");
  if (name !== undefined) {
    throw new UserError(`there is no set of grades ${name}`, {
      hint:
        names === ""
          ? "make one with: answerkey grade <answers>"
          : didYouMean(
              name,
              sets.map((set) => set.name),
              `there are: ${names}`,
            ),
    });
  }
  throw new UserError(sets.length === 0 ? "nothing has been graded here" : "there are several sets of grades", {
    hint: sets.length === 0 ? "start with: answerkey grade <answers>" : `name one with --set: ${names}`,
  });
}

/** The set that new grades go to: the one named, else one named after the folder or file of the answers. */
export function gradeSetFor(project: Project, name: string | undefined, operands: readonly string[]): GradeSet {
  const { workspace, folder } = project;
  return gradeSet(workspace, name ?? nameAfter(resolve(folder, operands[0] ?? "grades"), workspace.root));
}

const GENERAL_NAMES = new Set(["candidates", "answers", "submissions", "responses"]);

/** A folder outside the project, such as Downloads, says nothing of the answers. */
function nameAfter(path: string, root: string): string {
  const name = basename(path, extname(path)).toLowerCase();
  const isTelling = !GENERAL_NAMES.has(name) || !isInside(root, path);
  const own = isTelling ? name : basename(dirname(path)).toLowerCase();
  const safe = own
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return isSafeName(safe) ? safe : "grades";
}
