import type { ComparisonView } from "../web/api.ts";
import type { Project } from "./open-project.ts";
import type { DeskGrades } from "./review-desk-grades.ts";

export function compareForPage(_p: Project, _g: DeskGrades, _left: string, _right: string): ComparisonView | undefined {
  return undefined;
}
