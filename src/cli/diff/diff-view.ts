import type { GradeChange } from "../../grade/records/compare-grades.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import { changeWords } from "../../export/comparison-text.ts";
import type { ComparisonView } from "../../web/api.ts";
import type { Comparison, DraftChange } from "./diff-compare.ts";
import { deskId, titleOf } from "../review-desk/review-desk-entry.ts";

type Row = ComparisonView["rows"][number];

/** A comparison as the review page shows it. */
export function comparisonView(comparison: Comparison): ComparisonView {
  const { left, right } = comparison;
  if (comparison.kind === "drafts") {
    return { left, right, compared: comparison.compared, rows: comparison.changes.map(draftRow) };
  }
  const [before, after] = comparison.sets;
  const { changes, removed, added, compared } = comparison.grades;
  const alone = (set: string, change: string, places: typeof added): readonly Row[] =>
    places.map((place) => ({ ...gradeRow(set, place), change, diff: null, moved: null }));
  return {
    left,
    right,
    compared,
    rows: [
      ...changes.map((change) => changedRow(after, change)),
      ...alone(before, "only before", removed),
      ...alone(after, "only after", added),
    ],
  };
}

function draftRow({ change, header, diff }: DraftChange): Row {
  const { kind, source, id, question } = header;
  return { id: deskId(kind, source.path, id), name: id, title: titleOf(question), kind, change, diff, moved: null };
}

function changedRow(set: string, change: GradeChange): Row {
  return { ...gradeRow(set, change.place), change: changeWords(change), diff: null, moved: change.moved ?? null };
}

function gradeRow(set: string, place: GradeChange["place"]): Pick<Row, "id" | "name" | "title" | "kind"> {
  const { candidate, question } = place;
  return {
    id: deskId("grade", set, answerKey(place)),
    name: question,
    title: titleOf(`${candidate} ${question}`),
    kind: "grade",
  };
}
