import { readdirSync } from "node:fs";
import { isSafeName } from "../core/ids.ts";
import { faultCode, fileError } from "./file-error.ts";
import { resolveInside } from "./safe-path.ts";
import type { Workspace } from "./workspace.ts";

/** Where one set of grades (an exam, a round of interviews) keeps its things. Making this value touches nothing. */
export interface GradeSet {
  readonly name: string;
  readonly folder: string;
  /** Everything a judge or a person said, append-only. */
  readonly records: string;
  /** Which code stands for whom; for its owner only. */
  readonly candidates: string;
  /** Which answers, bank and rubrics the set was made from. */
  readonly settings: string;
  /** One markdown file a candidate. */
  readonly sheets: string;
  readonly report: string;
  /** A row a criterion, and a row a candidate. */
  readonly long: string;
  readonly wide: string;
  readonly calibration: string;
}

/** @throws UserError if a link at one of these places leads out of the project; RangeError for an unsafe name. */
export function gradeSet({ root }: Workspace, name: string): GradeSet {
  if (!isSafeName(name)) throw new RangeError("not a valid name of a set");
  const inside = (path: string): string => resolveInside(root, `outputs/grades/${name}${path}`);
  return {
    name,
    folder: inside(""),
    records: inside("/records.jsonl"),
    candidates: inside("/candidates.json"),
    settings: inside("/settings.json"),
    sheets: inside("/sheets"),
    report: inside("/report.html"),
    long: inside("/grades.csv"),
    wide: inside("/grades-wide.csv"),
    calibration: inside("/calibration.json"),
  };
}

/** All sets, by name. */
export function listGradeSets(workspace: Workspace): readonly GradeSet[] {
  try {
    const entries = readdirSync(workspace.grades, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && isSafeName(entry.name)).map((entry) => entry.name);
    return names.toSorted().map((name) => gradeSet(workspace, name));
  } catch (error) {
    if (faultCode(error) === "ENOENT") return [];
    throw fileError("read the folder", workspace.grades, error);
  }
}
