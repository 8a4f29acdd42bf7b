import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { csvText, type CsvTable } from "../../export/csv-text.ts";
import { exchangeOf, type GradeExchange } from "../../export/grade-exchange.ts";
import { canvasTable } from "../../export/grades-canvas.ts";
import { gradescopeTables } from "../../export/grades-gradescope.ts";
import { prairielearnTable } from "../../export/grades-prairielearn.ts";
import { readCandidateCodes } from "../../files/candidate-codes.ts";
import { type CurrentGrade, foldGradeLog } from "../../grade/records/grade-log.ts";
import { writeExport } from "../export/export-file.ts";
import { plural } from "../format.ts";
import { gradeBookOf } from "./grade-book.ts";
import { gradeSetOptions } from "./grade-options.ts";
import { GRADE_SYSTEMS } from "./grade-system.ts";
import type { CommandContext } from "../main.ts";
import { otherAnswers } from "./other-answers.ts";
import { candidatesOf, openGrades, type GradeSession } from "./open-grades.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { refuseUnknownCodes } from "./read-answers.ts";

const gradeExportOptions = commonOptions.extend(gradeSetOptions.shape).extend({
  to: z.enum(GRADE_SYSTEMS),
  out: z.string().min(1),
  title: z.string().min(1).optional(),
  codes: z.boolean().default(false),
  blankIsZero: z.boolean().default(false),
});
type GradeExportOptions = z.infer<typeof gradeExportOptions>;

/** `answerkey grade export`: grades in the shape of a learning system's own table, under the names that it knows. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(gradeExportOptions, context.invocation.options);
  const project = await openProject(context, options);
  const session = openGrades(project, options.set);
  const isOther = otherAnswers(session.answers);
  const exchange = exchangeFor(project, session, options, isOther);
  const { out, to, codes } = options;
  const files = filesOf(exchange, options);
  const sources = session.graded.bank.files.map(({ path }) => path);
  for (const [path, table] of files) writeExport(project, csvText(table), { out: path, sources, isPrivate: true });
  const open = exchange.candidates.flatMap(({ answers }) => answers).filter(({ mark }) => mark === undefined).length;
  const { report } = project;
  const whom = plural(exchange.candidates.length, "candidate");
  report.result(
    `${whom} written to ${files.size === 1 ? [...files.keys()].join("") : `${files.size} files in ${out}`}`,
  );
  if (open > 0) {
    report.result(`${plural(open, "answer")} without a mark that counts: ${OPEN_WORDS[to]}`);
    report.note("answerkey review --web goes through what waits; a blank is 0 only with --blank-is-zero");
  }
  const other = Array.from(session.state.grades.values()).filter(isOther).length;
  if (other > 0) {
    report.warn(
      `${plural(other, "answer")} ${other === 1 ? "is" : "are"} not ${other === 1 ? "the one" : "those"} that ${other === 1 ? "was" : "were"} graded: nobody is given the mark; grade again`,
    );
  }
  if (!codes) report.warn("it names candidates: it is readable by you alone, and is not to be committed");
  report.document({
    schema: 1,
    set: session.set.name,
    to,
    files: [...files.keys()],
    candidates: exchange.candidates.length,
    without_mark: open,
  });
  return open > 0 ? EXIT.open : EXIT.done;
}

const OPEN_WORDS = {
  canvas: "whoever has one has an empty cell, for a total without it would be wrong",
  prairielearn: "they have no row, so what is there stays",
  gradescope: "they have no score",
} as const;

function exchangeFor(
  project: Project,
  session: GradeSession,
  options: GradeExportOptions,
  isOther: (current: CurrentGrade) => boolean,
): GradeExchange {
  const { set, log, graded, answers } = session;
  const lines = log.readAll();
  const { grades, rubrics } = foldGradeLog(lines);
  const book = gradeBookOf({
    set: options.title ?? set.name,
    made: new Date(project.stamp()).toISOString(),
    graded,
    submissions: answers.submissions,
    grades,
    rubrics,
    calibrations: [],
    agreement: undefined,
  });
  if (book.grades.length === 0) throw new UserError("there is no grade to export", { hint: "answerkey grade report" });
  const { codes, names } = readCandidateCodes(set.candidates);
  const identities = new Map(Array.from(codes, ([identity, code]) => [code, identity]));
  if (!options.codes && identities.size > 0) {
    refuseUnknownCodes(
      set,
      candidatesOf(session.state).filter((code) => !identities.has(code) && !answers.knownCodes.has(code)),
    );
  }
  return exchangeOf(book, {
    identityOf: (code) => (options.codes ? code : (identities.get(code) ?? code)),
    nameOf: (code) => (options.codes ? undefined : names.get(code)),
    blankIsZero: options.blankIsZero,
    isOther,
  });
}

/** Tables by the path they go to; Gradescope has one a question, in a folder. */
function filesOf(exchange: GradeExchange, { to, out }: GradeExportOptions): ReadonlyMap<string, CsvTable> {
  switch (to) {
    case "canvas":
      return new Map([[out, canvasTable(exchange)]]);
    case "prairielearn":
      return new Map([[out, prairielearnTable(exchange)]]);
    case "gradescope":
      return new Map(Array.from(gradescopeTables(exchange), ([name, table]) => [`${out}/${name}`, table]));
    default:
      return to satisfies never;
  }
}
