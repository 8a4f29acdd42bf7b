import { type Command, Option } from "commander";
import { command, type Handler } from "./command.ts";
import { EXPORT_FORMATS } from "./export-format.ts";

/** `export`: a bank in the formats of other tools. */
export function addExporting(program: Command, handle: Handler): void {
  command(program, "export [paths...]", "write questions with their answers for other tools and for learning", handle)
    .addOption(
      new Option("--to <format>", "the format to write").choices(Object.keys(EXPORT_FORMATS)).makeOptionMandatory(),
    )
    .option("--out <file>", "the file to write (default: standard output)")
    .option("--all", "questions without an answer too")
    .option("--title <words>", "title of the guide, deck or category (default: that of the bank)")
    .addHelpText(
      "after",
      `
Formats:
${Object.entries(EXPORT_FORMATS)
  .map(([name, words]) => `  ${name.padEnd(8)}${words}`)
  .join("\n")}

Examples:
  answerkey export --to html --out guide.html       a page to learn from: works offline, answers hidden until asked for
  answerkey export docs/java.md --to anki --out java.txt
  answerkey export --to jsonl | jq -r .question
  answerkey export --to moodle --out questions.xml  import as "Moodle XML format"; rubrics go along for graders`,
    );
}
