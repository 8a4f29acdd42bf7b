import type { Options } from "csv-parse/sync";

/** How CSV is read: quotes inside an unquoted cell are text, every line end ends a row, and no cell is interpreted. */
export const CSV_OPTIONS = {
  relax_quotes: true,
  relax_column_count: true,
  record_delimiter: ["\r\n", "\n", "\r"],
  max_record_size: 0,
} satisfies Options;
