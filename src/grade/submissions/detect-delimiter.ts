import { parse } from "csv-parse/sync";
import { CSV_OPTIONS } from "./csv-options.ts";

export interface Delimiter {
  readonly delimiter: string;
  /** Where the rows begin: after the line `sep=;` that some spreadsheets write. */
  readonly start: number;
}

const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_ROWS = 30;
const SAID = /^sep=([,;\t|])\r?\n/i;

/**
 * The sign between the cells: said by the file, else the one under which the first rows are most alike in width. A sign that
 * a blank follows is punctuation in a sentence.
 */
export function detectDelimiter(text: string): Delimiter {
  const said = SAID.exec(text);
  if (said?.[1] !== undefined) return { delimiter: said[1], start: said[0].length };
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(sampleRows(sample, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, start: 0 };
}

function sampleRows(sample: string, delimiter: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const keep = (cells: readonly string[]): null => {
    rows.push(cells);
    return null;
  };
  try {
    parse(sample, { ...CSV_OPTIONS, delimiter, skip_empty_lines: true, to: SAMPLE_ROWS, on_record: keep });
  } catch {
    // The sample may end inside a quote; the rows before that are enough.
  }
  return rows;
}

/** 0 where nothing is separated, else the share of rows as wide as the first, less the share of cells that begin with a blank. */
function scoreOf(rows: readonly (readonly string[])[]): number {
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const alike = rows.filter((cells) => cells.length === width).length / rows.length;
  const cells = rows.flatMap((row) => row.slice(1));
  const blank = cells.filter((cell) => cell.startsWith(" ")).length / cells.length;
  return alike - blank / 2 + Math.min(width, 100) / 1000;
}
