import type { CsvTable } from "./csv-text.ts";
import { feedbackMarkdown } from "./feedback-text.ts";
import type { GradeExchange } from "./grade-exchange.ts";

const COLUMNS = ["uid", "instance", "qid", "score_perc", "feedback"];

/**
 * Scores as PrairieLearn takes them for manual grading ("Upload new question scores"): a row an answer that has a mark.
 * `qid` is the id of the question in the bank, which is to be that of the course.
 */
export function prairielearnTable({ candidates }: GradeExchange): CsvTable {
  return {
    columns: COLUMNS,
    rows: candidates.flatMap(({ person, answers }) =>
      answers.flatMap(({ grade, mark }) =>
        mark === undefined
          ? []
          : [
              [
                person.email || person.id || `${person.first} ${person.last}`.trim(),
                1,
                grade.question.id,
                percent(mark / grade.question.rubric.scale.max),
                feedbackMarkdown(grade),
              ],
            ],
      ),
    ),
  };
}

function percent(share: number): number {
  return Math.round(share * 1_000_000) / 10_000;
}
