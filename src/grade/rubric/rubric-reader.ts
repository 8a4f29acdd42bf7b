import { z } from "zod";
import { visibleLine } from "../../core/sanitise.ts";
import { rubricEntry } from "./rubric-entry.ts";
import { type DocumentPath, formatPath, type LineOf, lineOfYaml } from "./rubric-lines.ts";
import { formatVersion } from "./rubric-schema.ts";
import { rubricTables } from "./rubric-table.ts";
import type { Rubric } from "./rubric.ts";

/** A file with rubrics as it comes from the disk. */
export interface RubricDocument {
  /** For messages: relative to the project root. */
  readonly path: string;
  /** Line feeds as line ends, no BOM. */
  readonly text: string;
  /** What the YAML or JSON of `text` holds; undefined for a markdown file. */
  readonly data?: unknown;
  readonly format: "data" | "markdown";
}

/** A rubric with where it was read. */
export interface PlacedRubric {
  readonly rubric: Rubric;
  readonly file: string;
  /** Lines of the file, by paths from the top of the rubric. */
  readonly lineOf: LineOf;
}

/** Why a part of a file is no rubric. */
export interface RubricFault {
  readonly file: string;
  readonly line: number;
  /** `criteria[2].levels[0].points`; "" for the document as a whole. */
  readonly at: string;
  readonly message: string;
}

export interface RubricReading {
  readonly rubrics: readonly PlacedRubric[];
  /** Every rubric that could not be read has at least one. */
  readonly faults: readonly RubricFault[];
}

/** Reads all rubrics of a file, whatever its format. Never throws for what the file holds. */
export function readRubricDocument({ path, text, data, format }: RubricDocument): RubricReading {
  if (format === "data") return readRubrics(data, { file: path, lineOf: lineOfYaml(text) });
  const tables = rubricTables(text);
  return readRubrics(tables.data, { file: path, lineOf: tables.lineOf });
}

/** Reads rubrics out of parsed data: one mapping, a list of them, or a list under `rubrics`. Never throws. */
export function readRubrics(data: unknown, source: RubricSource): RubricReading {
  const list = Array.isArray(data) ? data : undefined;
  const entries = list?.map((value: unknown, place) => ({ at: [place], value })) ?? entriesOf(data, source);
  if ("faults" in entries) return entries;
  if (entries.length === 0) return { rubrics: [], faults: [faultAt([], "holds no rubric", source)] };
  const readings = entries.map(({ at, value }) => readEntry(value, at, source));
  return {
    rubrics: readings.flatMap((reading) => reading.rubrics),
    faults: readings.flatMap((reading) => reading.faults),
  };
}

type RubricSource = Omit<PlacedRubric, "rubric">;

interface Entry {
  readonly at: DocumentPath;
  readonly value: unknown;
}

const severalRubrics = z.strictObject({ rubric: formatVersion.optional(), rubrics: z.array(z.unknown()) });

function entriesOf(data: unknown, source: RubricSource): readonly Entry[] | RubricReading {
  const isSeveral = typeof data === "object" && data !== null && Object.hasOwn(data, "rubrics");
  if (!isSeveral) return [{ at: [], value: data }];
  const parsed = severalRubrics.safeParse(data);
  if (!parsed.success) return { rubrics: [], faults: faultsOf(parsed.error, [], source) };
  return parsed.data.rubrics.map((value, place) => ({ at: ["rubrics", place], value }));
}

function readEntry(value: unknown, at: DocumentPath, source: RubricSource): RubricReading {
  const parsed = rubricEntry.safeParse(value);
  if (!parsed.success) return { rubrics: [], faults: faultsOf(parsed.error, at, source) };
  const { file, lineOf } = source;
  return { rubrics: [{ rubric: parsed.data, file, lineOf: (inner) => lineOf([...at, ...inner]) }], faults: [] };
}

function faultsOf({ issues }: z.ZodError, at: DocumentPath, source: RubricSource): readonly RubricFault[] {
  const faults = issues.flatMap((issue) => {
    const place = [...at, ...issue.path];
    if (issue.code !== "unrecognized_keys") return [faultAt(place, issue.message, source)];
    return issue.keys.map((key) => faultAt([...place, key], "is not a key that is read here", source));
  });
  return faults.toSorted((left, right) => left.line - right.line);
}

const LONGEST = 300;

function faultAt(at: DocumentPath, message: string, { file, lineOf }: RubricSource): RubricFault {
  return {
    file,
    line: lineOf(at),
    at: visibleLine(formatPath(at)).slice(0, LONGEST),
    message: visibleLine(message.replace(/^Invalid input: /, "")).slice(0, LONGEST),
  };
}
