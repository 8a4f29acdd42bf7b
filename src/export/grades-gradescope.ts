import { pointsOf } from "../grade/rubric/points.ts";
import type { Criterion, Level } from "../grade/rubric/rubric.ts";
import type { IndexedQuestion } from "./book-index.ts";
import { type CsvCell, type CsvTable, pointsCell } from "./csv-text.ts";
import { feedbackText, restsOnCriteria } from "./feedback-text.ts";
import type { ExchangedAnswer, GradeExchange } from "./grade-exchange.ts";
import type { Person } from "./people.ts";

const WHO = [
  "Assignment Submission ID",
  "Question Submission ID",
  "First Name",
  "Last Name",
  "SID",
  "Email",
  "Sections",
  "Score",
  "Submission Time",
];
const AFTER = ["Adjustment", "Comments", "Grader", "Tags"];

/** What a grader can tick: a level of a criterion that changes the mark. */
interface Item {
  readonly criterion: Criterion;
  readonly level: Level;
}

/**
 * Evaluations in the shape of Gradescope's export, a table a question by the name of its file: a row a candidate, a column a
 * rubric item with true where it was given. Numbers of submissions are Gradescope's own and stay empty.
 */
export function gradescopeTables({ questions, candidates }: GradeExchange): ReadonlyMap<string, CsvTable> {
  return new Map(
    questions.map((question): [string, CsvTable] => {
      const items = itemsOf(question);
      const rows = candidates.flatMap(({ person, answers }) =>
        answers
          .filter(({ grade }) => grade.question.id === question.id)
          .map((answer) => [...whoCells(person, answer), ...itemCells(items, answer), ...afterCells(answer)]),
      );
      const points = [
        "Point Values",
        ...WHO.slice(1).map(() => ""),
        ...items.map(({ level }) => pointsOf(level.points)),
      ];
      return [
        `${question.label}_${question.id}.csv`,
        {
          columns: [...WHO, ...items.map(itemName), ...AFTER],
          rows: [...rows, [...points, ...AFTER.map(() => "")]],
        },
      ];
    }),
  );
}

function itemsOf({ rubric }: IndexedQuestion): readonly Item[] {
  return rubric.criteria.flatMap((criterion) =>
    criterion.levels.filter(({ points }) => points !== 0).map((level) => ({ criterion, level })),
  );
}

function itemName({ criterion, level }: Item): string {
  return `${criterion.text}: ${level.descriptor || level.id}`;
}

function whoCells({ first, last, id, email }: Person, { mark }: ExchangedAnswer): readonly CsvCell[] {
  return ["", "", first, last, id, email, "", pointsCell(mark), ""];
}

function itemCells(items: readonly Item[], { grade, mark }: ExchangedAnswer): readonly CsvCell[] {
  if (mark === undefined || !restsOnCriteria(grade)) return items.map(() => "");
  const given = new Map(grade.current.criteria.map(({ criterion, level }) => [criterion, level]));
  return items.map(({ criterion, level }) => String(given.get(criterion.id) === level.id));
}

function afterCells({ grade }: ExchangedAnswer): readonly CsvCell[] {
  const { override, grade: judged } = grade.current;
  return ["", feedbackText(grade), override?.by ?? judged.run.model_answered ?? judged.run.model, ""];
}
