/** Every way out of a bank, in words for the help. Its own file, so that help loads nothing that writes them. */
export const EXPORT_FORMATS = {
  jsonl: "a question a line as JSON, texts exactly as the bank has them",
  csv: "a row a question, for spreadsheets; nothing in it runs as a formula",
  html: "a study guide: one page that needs nothing else, for screen and print",
  anki: "cards for Anki's text import; importing again updates them",
  moodle: "essay questions as Moodle XML",
} as const satisfies Readonly<Record<string, string>>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
