import { UserError } from "../../core/errors.ts";
import type { ComparisonView } from "../../web/api.ts";
import { compareNamed } from "../diff/diff-compare.ts";
import { openSides } from "../diff/diff-sides.ts";
import { comparisonView } from "../diff/diff-view.ts";
import type { Project } from "../open-project.ts";
import type { DeskGrades } from "./review-desk-grades.ts";

/** Two things side by side; undefined where a name stands for nothing. Whoever compares grades has seen them. */
export function compareForPage(
  project: Project,
  grades: DeskGrades,
  left: string,
  right: string,
): ComparisonView | undefined {
  // That something cannot be read says nothing about the names.
  const sides = openSides(project);
  try {
    const comparison = compareNamed(sides, left, right);
    if (comparison.kind === "grades") grades.reveal(new Set(comparison.sets));
    return comparisonView(comparison);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
