import type { BankConfig } from "../../bank/bank-config.ts";
import type { AnswerForm } from "./answer-form.ts";
import { type BankCopy, bankCopyReader } from "./bank-copy.ts";
import { type ColumnMap, type Field, NO_COLUMN_MAP } from "./column-map.ts";
import { type ColumnPlan, ignoredColumns, planColumns, type Purpose } from "./column-plan.ts";
import { decodeSource } from "./decode-source.ts";
import { documentRows, type ReadDocument, readDocument } from "./document-answers.ts";
import { labelDocuments } from "./document-labels.ts";
import type { QuestionFinder } from "./find-question.ts";
import { type Preset, type PresetName, presetNamed, recognisePreset } from "./presets.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonLines } from "./read-jsonl.ts";
import { sourceKind, type SubmissionSource } from "./source.ts";
import type { SourceFault } from "./source-fault.ts";
import { withRowsAsOne } from "./rows-unread.ts";
import { type ReadRows, readTableAnswers } from "./table-answers.ts";
import type { Table } from "./table.ts";

/** What the user says about tables. */
export interface TableOptions {
  /** Taken for every table; by default each is recognised by its columns. */
  readonly preset?: PresetName | undefined;
  readonly map?: ColumnMap | undefined;
  /** In place of how the preset says that answers are written. */
  readonly form?: AnswerForm | undefined;
}

export interface SourceOptions extends TableOptions {
  readonly banks: BankConfig;
}

/** As what a source was read, to be shown before anything is done with it. */
export interface SourceNote {
  readonly path: string;
  readonly readAs: PresetName | "bank-copy" | "answer-file" | "nothing";
  /** Which field each column was taken for, by the column's name; empty for a document. */
  readonly columns: readonly { readonly column: string; readonly field: Field | `human.${string}` }[];
  /** Columns that were taken for questions. */
  readonly questionColumns: number;
  /** Names of columns that nothing was read from. */
  readonly ignored: readonly string[];
  readonly rows: number;
}

export interface ReadSources extends ReadRows {
  readonly notes: readonly SourceNote[];
}

interface ReadSource extends ReadRows {
  readonly note: SourceNote;
}

/** Everything that is the same for all sources of one reading. */
interface Reading {
  readonly finder: QuestionFinder;
  readonly options: SourceOptions;
  readonly purpose: Purpose;
  readonly readCopy: (path: string, text: string) => BankCopy | undefined;
}

/** Reads every source by what it is. */
export function readSources(
  sources: readonly SubmissionSource[],
  finder: QuestionFinder,
  options: SourceOptions,
  purpose: Purpose,
): ReadSources {
  const reading = { finder, options, purpose, readCopy: bankCopyReader(finder.bank, options.banks) };
  const opened = sources.map((source) => openSource(source, reading));
  const labelOf = labelDocuments(opened.flatMap(({ document }) => document ?? []));
  const read = opened.map((each) => {
    return each.document === undefined ? each.read : readSource(each.document, labelOf(each.document));
  });
  return {
    rows: read.flatMap(({ rows }) => rows),
    faults: read.flatMap(({ faults }) => faults),
    notes: read.map(({ note }) => note),
  };
}

/** A source is read at once, unless it takes a look at the others to know whose it is. */
type OpenedSource =
  | { readonly document: ReadDocument; readonly read?: undefined }
  | { readonly document?: undefined; readonly read: ReadSource };

/** The one place where kinds of files differ. */
function openSource(source: SubmissionSource, reading: Reading): OpenedSource {
  const { path, bytes } = source;
  const decoded = decodeSource(bytes);
  if (decoded.status === "not-utf8") return { read: nothingIn(path, [{ code: "not-utf8", path, line: decoded.line }]) };
  const { text } = decoded;
  const kind = sourceKind(path);
  if (kind === "csv") return { read: readTable(path, readCsv(path, text), reading) };
  if (kind === "jsonl") return { read: readTable(path, readJsonLines(path, text), reading) };
  return { document: readDocument({ source, text, ...reading }) };
}

function readSource(document: ReadDocument, label: string | undefined): ReadSource {
  const { path, readAs } = document;
  const { rows, faults } = documentRows(document, label);
  return { rows, faults, note: { ...emptyNote(path), readAs, rows: rows.length } };
}

function nothingIn(path: string, faults: readonly SourceFault[]): ReadSource {
  return { rows: [], faults, note: emptyNote(path) };
}

function emptyNote(path: string): SourceNote {
  return { path, readAs: "nothing", columns: [], questionColumns: 0, ignored: [], rows: 0 };
}

/** Recognise, plan, apply. */
function readTable(path: string, table: Table, { finder, options, purpose }: Reading): ReadSource {
  const { header } = table;
  if (header.length === 0) return nothingIn(path, table.faults);
  const preset = options.preset === undefined ? recognisePreset(header) : presetNamed(options.preset);
  const planned = planColumns({ path, header, preset, map: options.map ?? NO_COLUMN_MAP }, finder, purpose);
  const { plan } = planned;
  if (plan === undefined) return nothingIn(path, [...table.faults, ...planned.faults]);
  const { rows, faults } = readTableAnswers({ path, table, plan, finder, form: options.form ?? preset.form });
  const note = { ...noteOf(header, preset, plan), path, rows: rows.length };
  const told = [...table.faults, ...faults];
  return { rows, faults: [...planned.faults, ...(rows.length === 0 ? withRowsAsOne(told, header) : told)], note };
}

function noteOf(header: readonly string[], preset: Preset, plan: ColumnPlan): Omit<SourceNote, "path" | "rows"> {
  const nameAt = (column: number): string => header[column] ?? "";
  const taken = new Set(plan.fields.values());
  const names = [...plan.named.names.flat(), ...plan.named.parts].filter((column) => !taken.has(column));
  return {
    readAs: preset.name,
    columns: [
      ...Array.from(plan.fields, ([field, column]) => ({ column: nameAt(column), field })),
      ...[...new Set(names)].map((column) => ({ column: nameAt(column), field: "name" as const })),
      ...plan.criteria.map(({ criterion, column }) => ({
        column: nameAt(column),
        field: `human.${criterion}` as const,
      })),
    ],
    questionColumns: plan.layout.kind === "wide" ? plan.layout.questions.length : 0,
    ignored: ignoredColumns(plan, header).map(nameAt),
  };
}
