import { type Command, Option } from "commander";
import { command, type Handler } from "../command.ts";
import { addGradeExport, addRubricExchange } from "./program-export.ts";
import { asking } from "./program-model.ts";
import { queueing } from "./program-queue.ts";

/** `rubric` and `grade` with their subcommands. */
export function addGrading(program: Command, handle: Handler): void {
  addRubric(program, handle);
  addGrade(program, handle);
}

function addRubric(program: Command, handle: Handler): void {
  const rubric = program
    .command("rubric")
    .description("draft rubrics from reference answers, check rubric files, take them over from other tools");
  command(rubric, "lint [paths...]", "find faults in rubric files; exit 1 if there are any", handle)
    .addOption(
      new Option("--fail-on <severity>", "exit 1 from this severity on")
        .choices(["error", "warning"])
        .default("warning"),
    )
    .addHelpText(
      "after",
      `
Examples:
  answerkey rubric lint                             the rubrics beside every bank under questions/
  answerkey rubric lint rubrics/q-0123456789ab.rubric.yaml`,
    );
  asking(command(rubric, "draft [paths...]", "propose a rubric for every answered question without one", handle))
    .option("--max <points>", "full marks of a drafted rubric (default: 10)")
    .option("--step <points>", "smallest step of a mark (default: 0.5)")
    .option("--only <ids...>", "only these questions")
    .option("--limit <number>", "stop after this many questions")
    .option("--redo", "draft again although a proposal exists; the old one is kept as an earlier revision")
    .option("--dry-run", "send nothing; print what would be drafted")
    .addHelpText(
      "after",
      `
Examples:
  answerkey rubric draft --provider offline         from the words of the reference answers, no key needed
  answerkey rubric draft --model gpt-5-mini         proposals, to be looked at with: answerkey review`,
    );
  addRubricExchange(rubric, handle);
}

function addGrade(program: Command, handle: Handler): void {
  const grade = grading(
    queueing(
      asking(
        command(
          program,
          "grade [answers...]",
          "grade candidates' written answers against rubrics, with evidence",
          handle,
        ),
      ),
    ),
  )
    .option("--samples <number>", "ask the judge this often for each answer (default: 1)")
    .option("--per-criterion", "one request a criterion instead of one an answer")
    .option("--no-canary", "leave out the made-up criterion that catches judges who give credit for anything")
    .option("--review-budget <percent>", "send this share, the most doubtful, to a person")
    .option(
      "--only <ids...>",
      "only these candidates, only these questions, or both: the answers of these candidates to these questions; named as in the answers, by code, number or id",
    )
    .option("--limit <number>", "stop after this many answers")
    .addOption(
      new Option("--retry <outcomes...>", "ask again where the last reply ended so").choices([
        "refused",
        "truncated",
        "filtered",
        "invalid",
        "api_error",
      ]),
    )
    .option("--redo", "grade again what has a grade; a person's marks stay")
    .option("--dry-run", "send nothing; print what would be sent and what it would cost")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade questions/llmops/candidates --provider offline     no key: by matching words
  answerkey grade answers.csv --preset google-forms --model gpt-5-mini --budget 3
  answerkey grade candidates/ --bank docs/exam.md --review-budget 20%
  answerkey grade report                            write the report again
  answerkey grade agree marks.csv --gate "qwk>=0.6:lower"

An answer is marked only on evidence that was found in it. What the judge could not mark is no zero: it is listed.`,
    );
  addGradeReport(grade, handle);
  addGradeAgreement(grade, handle);
  addGradeOverride(grade, handle);
  addGradeExport(grade, handle);
}

function addGradeReport(grade: Command, handle: Handler): void {
  set(command(grade, "report", "write sheets, tables and the report again from the records", handle)).addHelpText(
    "after",
    `
Examples:
  answerkey grade report                            after an override or a changed rubric; no model is asked
  answerkey grade report --json | jq .states`,
  );
  set(
    command(
      grade,
      "verify",
      "check that no record was changed, moved or taken out, and that every mark adds up",
      handle,
    ),
  )
    .option("--head <hash>", "exit 1 unless the records end where they did when this was printed")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade verify                            exit 1 and the line, if one was
  answerkey grade verify --head sha256:9f2c…        nothing was added or cut off at the end either`,
    );
}

function addGradeAgreement(grade: Command, handle: Handler): void {
  set(
    command(
      grade,
      "agree [marks...]",
      "say how far the grades agree with people's marks (CSV or JSONL; default: those it knows)",
      handle,
    ),
  )
    .option("--gate <condition...>", "exit 1 unless it holds, as in: qwk>=0.6:lower  bias<=0.05")
    .option("--full", "every figure, by criterion too")
    .option("--markdown <file>", "write the report as markdown")
    .option("--junit <file>", "write the gates as JUnit XML")
    .option("--seed <number>", "of the bootstrap (default: 1)")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade agree marks.csv                   pooled and by question, with intervals
  answerkey grade agree marks.csv --full            every figure, by criterion too
  answerkey grade agree                             with what people marked in answerkey review --web, and overrides
  answerkey grade agree marks.csv --gate "qwk>=0.6:lower" "bias<=0.05"`,
    );
  set(command(grade, "calibrate [marks...]", "learn a map from the judge's marks to people's; needs 50 marks", handle))
    .option("--remove", "forget it again")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade calibrate marks.csv               the raw mark stays beside the mapped one`,
    );
}

function addGradeOverride(grade: Command, handle: Handler): void {
  set(
    command(
      grade,
      "override <candidate> <question>",
      "set a mark or levels as a person; the old value is kept",
      handle,
    ),
  )
    .option("--level <criterion=level...>", "the level of one criterion or several")
    .option("--mark <points>", "the mark, whatever the criteria say")
    .option("--confirm", "the judge is right: what waited for a person counts from now on")
    .option("--withdraw", "take a person's mark back: the judge's counts again")
    .option("--attempt <number>", "which attempt (default: the last)")
    .option("--by <name>", "who decides (default: git user.email, else the system user)")
    .option("--reason <text>", "why; must be given")
    .addHelpText(
      "after",
      `
Examples:
  answerkey grade override c-004 q-0123456789ab --level definition=full --reason "says it in other words"
  answerkey grade override ada@example.org Q7 --mark 6.5 --reason "read it again"
  answerkey grade override c-004 q-0123456789ab --withdraw --reason "mixed up candidates"

A candidate is named by code, or as candidates.json has it; a question by id, or by its number in the report.`,
    );
}

/** Flags of what reads candidates' answers. */
function grading(added: Command): Command {
  return set(added)
    .option("--bank <paths...>", "the bank that asked the questions (default: questions/)")
    .option("--rubric <paths...>", "rubric files or folders (default: rubrics/ beside the bank)")
    .addOption(
      new Option("--preset <name>", "shape of an exported table (default: found out)").choices([
        "google-forms",
        "canvas",
        "prairielearn",
        "edx-ora",
        "rows",
      ]),
    )
    .option("--map <field=column...>", "columns of a table, as in: candidate=Student,question=Item,answer=Response")
    .addOption(
      new Option("--attempts <which>", "which attempt counts").choices(["last", "first", "all"]).default("last"),
    );
}

function set(added: Command): Command {
  return added.option("--set <name>", "name of the set of grades (default: by the folder of the answers)");
}
