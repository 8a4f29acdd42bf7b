import { UserError } from "../../core/errors.ts";

/** What a column may be to us. Marks of single criteria are fields too: `human.<criterion>`. */
export const FIELDS = [
  "candidate",
  "name",
  "email",
  "question",
  "answer",
  "attempt",
  "order",
  "submitted",
  "human_score",
  "grader",
  "criterion",
  "level",
  "points",
] as const;
export type Field = (typeof FIELDS)[number];

export const CRITERION_PREFIX = "human.";

/** Which column is which field, by the name of the column, where it is not what the format or the field's own name says. */
export interface ColumnMap {
  readonly fields: ReadonlyMap<Field, string>;
  /** Columns with marks of one criterion, by the criterion's id. */
  readonly criteria: ReadonlyMap<string, string>;
}

export const NO_COLUMN_MAP: ColumnMap = { fields: new Map(), criteria: new Map() };

const NEXT_PAIR = new RegExp(`,(?=\\s*(?:${FIELDS.join("|")}|human\\.[\\w.-]+)\\s*=)`);

/**
 * Reads `candidate=Student,question=Item,answer=Response`. A column's name may hold commas.
 * @throws UserError for what is no field.
 */
export function parseColumnMap(text: string): ColumnMap {
  const fields = new Map<Field, string>();
  const criteria = new Map<string, string>();
  for (const pair of text.split(NEXT_PAIR)) {
    const [key = "", ...rest] = pair.split("=");
    const name = key.trim();
    const column = rest.join("=").trim();
    const field = FIELDS.find((each) => each === name);
    if (column === "" || (field === undefined && !name.startsWith(CRITERION_PREFIX))) throw notAField(name);
    if (field === undefined) criteria.set(name.slice(CRITERION_PREFIX.length), column);
    else fields.set(field, column);
  }
  return { fields, criteria };
}

function notAField(name: string): UserError {
  return new UserError(`the column map says "${name.slice(0, 40)}", which is no field with a column`, {
    hint: `Write field=column pairs, as in candidate=Student,question=Item,answer=Response. Fields: ${FIELDS.join(", ")}, human.<criterion>.`,
  });
}
