import { type Command, Option } from "commander";
import { command, type Handler } from "../command.ts";
import { EXPORT_FORMATS } from "../export/export-format.ts";
import { GRADE_SYSTEMS } from "../grade/grade-system.ts";
import { RUBRIC_SOURCES } from "../rubric/rubric-source.ts";

/** `export`: a bank in the formats of other tools. */
export function addExporting(program: Command, handle: Handler): void {
  command(program, "export [paths...]", "write questions with their answers for other tools and for learning", handle)
    .addOption(to("the format to write", Object.keys(EXPORT_FORMATS)))
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

/** `rubric import` and `rubric export`. */
export function addRubricExchange(rubric: Command, handle: Handler): void {
  command(rubric, "import <file>", "take rubrics over from another tool, as proposals", handle)
    .addOption(new Option("--from <tool>", "where the file comes from").choices(RUBRIC_SOURCES).makeOptionMandatory())
    .option("--question <id>", "the question that the one rubric in it is for (default: by its name or prompt)")
    .option("--bank <paths...>", "the bank that asks the questions (default: questions/)")
    .option("--write", "write rubric files instead of proposals; nothing that is there is overwritten")
    .option("--dry-run", "write nothing; print what would be")
    .addHelpText(
      "after",
      `
Examples:
  answerkey rubric import rubrics.csv --from canvas     found by name: a rubric is called as its question reads
  answerkey rubric import ora.xml --from ora --question q-0123456789ab
  answerkey rubric import quiz.xml --from moodle        mark schemes in the information for graders
  answerkey rubric import rubrics.csv --from canvas --dry-run

What a rubric here cannot say is listed as not carried. Exit 1 if a rubric was left out.`,
    );
  command(rubric, "export [paths...]", "write the bank's rubrics for another tool", handle)
    .addOption(to("the tool that is to read them", ["canvas"]))
    .requiredOption("--out <file>", "the file to write")
    .addHelpText(
      "after",
      `
Examples:
  answerkey rubric export --to canvas --out rubrics.csv`,
    );
}

/** `grade export`. */
export function addGradeExport(grade: Command, handle: Handler): void {
  command(grade, "export", "write grades in the shape of a learning system's own table", handle)
    .addOption(to("the system that is to read them", GRADE_SYSTEMS))
    .requiredOption("--out <file>", "the file to write; for gradescope the folder, with a file a question")
    .option("--set <name>", "name of the set of grades (default: the only one)")
    .option("--title <words>", "name of the assignment (default: that of the set)")
    .option("--blank-is-zero", "an answer that was left blank has 0 points instead of no mark")
    .option("--codes", "keep candidates' codes instead of their names")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade export --to canvas --out gradebook.csv --title "Interview 1"
  answerkey grade export --to prairielearn --out scores.csv
  answerkey grade export --to gradescope --out evaluations/

A mark that waits for a person is left empty, never guessed. Exit 1 while there are any.`,
    );
}

function to(description: string, choices: readonly string[]): Option {
  return new Option("--to <format>", description).choices(choices).makeOptionMandatory();
}
