import { largest } from "./statistics.ts";
import { pointsOf } from "../grade/rubric/points.ts";
import type { Criterion, Rubric } from "../grade/rubric/rubric.ts";
import type { CsvCell, CsvTable } from "./csv-text.ts";

const FIRST = ["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range"];
const RATING = ["Rating Name", "Rating Description", "Rating Points"];

/** Rubrics as Canvas imports them, a row a criterion. Ids stand for names, so that `rubric import` gives the same rubric. */
export function canvasRubricTable(rubrics: readonly { readonly name: string; readonly rubric: Rubric }[]): CsvTable {
  const rows = rubrics.flatMap(({ name, rubric }) =>
    rubric.criteria.map((criterion) => [name, criterion.id, criterion.text, "false", ...ratingCells(criterion)]),
  );
  const width = largest(
    FIRST.length,
    rows.map((row) => row.length),
  );
  const ratings = (width - FIRST.length) / RATING.length;
  return {
    columns: [...FIRST, ...Array.from({ length: ratings }, () => RATING).flat()],
    rows: rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]),
  };
}

/** Best first, as Canvas shows them. */
function ratingCells({ levels }: Criterion): readonly CsvCell[] {
  return levels.toReversed().flatMap(({ id, descriptor, points }) => [id, descriptor, pointsOf(points)]);
}

/** What Canvas has no place for, by the rubric's own words; the user is told. */
export function notInCanvas({ guidelines, groups, precedents, criteria, scale }: Rubric): readonly string[] {
  const rules = criteria.filter(({ capWithout }) => capWithout !== undefined).length;
  return [
    ...(guidelines === "" ? [] : ["guidelines"]),
    ...(groups.length > 0 ? ["groups"] : []),
    ...(precedents.length > 0 ? ["precedents"] : []),
    ...(rules > 0 ? ["caps of criteria that are required"] : []),
    ...(scale.pass === undefined ? [] : ["the pass mark"]),
    ...(criteria.some(({ kind }) => kind === "penalty")
      ? ["penalties are points below 0, which Canvas may refuse"]
      : []),
    ...(criteria.some(({ accepts, rejects }) => accepts.length + rejects.length > 0)
      ? ["accepted and rejected wordings"]
      : []),
  ];
}
