import { CRITERION_PREFIX, type ColumnMap, type Field, FIELDS } from "./column-map.ts";
import { findNameColumns, type NameColumns } from "./name-headers.ts";
import { nearestText } from "./nearest-text.ts";
import { foldHeader, type Preset } from "./presets.ts";
import type { SourceFault } from "./source-fault.ts";

/** The first row of a table with what is to be made of it. */
export interface TableHead {
  readonly path: string;
  readonly header: readonly string[];
  readonly preset: Preset;
  readonly map: ColumnMap;
}

/** Positions of columns by what stands in them. */
export interface NamedColumns {
  readonly fields: ReadonlyMap<Field, number>;
  readonly criteria: readonly { readonly criterion: string; readonly column: number }[];
  /** Columns that hold names by what they are called, beside the one that the user may have named. */
  readonly named: NameColumns;
  readonly faults: readonly SourceFault[];
}

interface Wanted {
  readonly field: string;
  /** Folded names, best first. */
  readonly names: readonly string[];
  /** As the user has named it; undefined where a preset names it. */
  readonly given: string | undefined;
}

/** The columns of the fields: as the user's map says, else as the preset says. */
export function nameColumns(head: TableHead): NamedColumns {
  const folded = head.header.map(foldHeader);
  const faults: SourceFault[] = [];
  const place = ({ field, names, given }: Wanted): number | undefined => {
    const name = names.find((each) => folded.includes(each));
    if (name === undefined) {
      if (given !== undefined) faults.push(missingColumn(head, field, given));
      return undefined;
    }
    if (folded.indexOf(name) !== folded.lastIndexOf(name)) {
      faults.push({
        code: "column-repeated",
        path: head.path,
        line: 1,
        column: head.header[folded.indexOf(name)] ?? name,
      });
    }
    return folded.indexOf(name);
  };
  const fields = new Map<Field, number>();
  for (const field of FIELDS) {
    const column = place({ field, names: namesOf(head, field), given: head.map.fields.get(field) });
    if (column !== undefined) fields.set(field, column);
  }
  const criteria = criterionNames(head).flatMap(({ criterion, name }) => {
    const column = place({ field: `${CRITERION_PREFIX}${criterion}`, names: [foldHeader(name)], given: name });
    return column === undefined ? [] : [{ criterion, column }];
  });
  return { fields, criteria, named: namedBeside(fields, findNameColumns(head.header)), faults };
}

const OF_CANDIDATES: ReadonlySet<Field> = new Set(["candidate", "name", "email"]);

/** What the user, or the format, says of a column goes before its name; a name is one although candidates are told by it. */
function namedBeside(fields: ReadonlyMap<Field, number>, { names, parts }: NameColumns): NameColumns {
  const others = new Set([...fields].flatMap(([field, column]) => (OF_CANDIDATES.has(field) ? [] : [column])));
  const isFree = (column: number): boolean => !others.has(column);
  const [own, found] = [fields.get("name"), names.filter((columns) => columns.every(isFree))];
  const isFound = found.some((columns) => columns.length === 1 && columns[0] === own);
  return {
    names: own === undefined || isFound ? found : [[own], ...found],
    parts: parts.filter(isFree),
  };
}

function namesOf({ preset, map }: TableHead, field: Field): readonly string[] {
  const mapped = map.fields.get(field);
  return mapped === undefined ? (preset.fields[field] ?? []) : [foldHeader(mapped)];
}

interface CriterionName {
  readonly criterion: string;
  readonly name: string;
}

function criterionNames({ header, map }: TableHead): readonly CriterionName[] {
  const own = header.filter((name) => foldHeader(name).startsWith(CRITERION_PREFIX));
  return [
    ...own.map((name) => ({ criterion: name.slice(CRITERION_PREFIX.length).trim(), name })),
    ...Array.from(map.criteria, ([criterion, name]) => ({ criterion, name })),
  ];
}

/** The fault of a table that has no column for a field it needs, with the column that it may have instead. */
export function missingField(head: TableHead, field: Field): SourceFault {
  return missingColumn(head, field, head.map.fields.get(field) ?? namesOf(head, field)[0] ?? field);
}

function missingColumn({ path, header }: TableHead, field: string, wanted: string): SourceFault {
  const suggestion = header[nearestText(header)(wanted) ?? -1];
  return { code: "column-missing", path, line: 1, field, wanted, suggestion, columns: header };
}
