import { pointsOf } from "../grade/rubric/points.ts";
import { type CsvCell, type CsvTable, pointsCell } from "./csv-text.ts";
import type { GradeExchange } from "./grade-exchange.ts";
import type { Person } from "./people.ts";

const WHO = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/**
 * A gradebook as Canvas imports it: an assignment a column, what it can give in the second row. An empty cell leaves what is
 * there.
 */
export function canvasTable({ title, candidates, max }: GradeExchange): CsvTable {
  return {
    columns: [...WHO, title],
    rows: [
      ["    Points Possible", "", "", "", "", pointsOf(max)],
      ...candidates.map(({ person, total }) => [...whoCells(person), pointsCell(total)]),
    ],
  };
}

/** Canvas takes a name, its own id (a number) or a login to find somebody. */
function whoCells({ first, last, id, email }: Person): readonly CsvCell[] {
  const isNumber = /^\d+$/.test(id);
  const name = [last, first].filter((part) => part !== "").join(", ");
  return [name, isNumber ? id : "", "", email || (isNumber ? "" : id), ""];
}
