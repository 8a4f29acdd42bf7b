import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { visibleLine } from "../../core/sanitise.ts";
import type { CurrentGrade } from "../../grade/records/grade-log.ts";
import { planConfirmation, planOverride, planWithdrawal } from "../../grade/records/override.ts";
import { exact, formatPoints, thousandths, type Thousandths } from "../../grade/rubric/points.ts";
import type { OverrideRecord } from "../../grade/records/record.ts";
import type { Scale } from "../../grade/rubric/rubric.ts";
import { actorName } from "../actor.ts";
import { gradeSetOptions } from "./grade-options.ts";
import { gradeNamed } from "./grade-named.ts";
import type { CommandContext } from "../main.ts";
import { openGrades, writeSetOutputs, type GradeSession } from "./open-grades.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions, wholeNumber } from "../options.ts";
import { underBankLock } from "../review/write-banks.ts";

const overrideOptions = commonOptions.extend(gradeSetOptions.shape).extend({
  level: z.array(z.string()).default([]),
  // A blank, as of a shell variable that is not set, is no mark of nought.
  mark: z
    .string()
    .regex(/^[+-]?\d+(?:\.\d+)?$/, "expected points, such as 7.5")
    .optional(),
  withdraw: z.boolean().default(false),
  confirm: z.boolean().default(false),
  attempt: wholeNumber.min(1, "expected at least 1").optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
});
type OverrideOptions = z.infer<typeof overrideOptions>;

/** `answerkey grade override`: a person's mark, with a name and a reason. The judge's own stays in the records. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(overrideOptions, flags);
  refuseMixed(options);
  const [candidate = "", question = ""] = operands;
  const project = await openProject(context, options);
  const by = await actorName(options.by, project.workspace.root);
  const { session, current, record } = underBankLock(project, () => {
    const opened = openGrades(project, options.set);
    const found = gradeNamed(opened, { candidate, question, attempt: options.attempt });
    const planned = recordFor(opened, found, options, by);
    opened.log.append([{ entry: planned }]);
    return { session: opened, current: found, record: planned };
  });
  await showInOutputs(project, session, sentence(current, record));
  project.report.result(sentence(current, record));
  project.report.document(documentOf(current, record));
  return EXIT.done;
}

/** @throws UserError that says what was done already: the record stands, whatever becomes of the files made from it. */
async function showInOutputs(project: Project, session: GradeSession, done: string): Promise<void> {
  try {
    await writeSetOutputs(project, session);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [recorded = ""] = done.split(", ");
    throw new UserError(
      `${recorded} is recorded; the report, sheets or tables could not be written: ${error.message}`,
      {
        hint: `${error.hint ?? ""} Then run: answerkey grade report --set ${session.set.name}`.trim(),
        cause: error,
      },
    );
  }
}

/** @throws UserError for none or several of the things that an override can be. */
function refuseMixed({ level, mark, confirm, withdraw }: OverrideOptions): void {
  const wishes = [level.length > 0, mark !== undefined, confirm, withdraw].filter(Boolean);
  if (wishes.length === 1) return;
  throw new UserError("an override sets levels or a mark, confirms the judge's, or takes a person's back", {
    hint:
      wishes.length === 0
        ? "give one of --level criterion=level, --mark points, --confirm, --withdraw"
        : "give only one of --level criterion=level, --mark points, --confirm, --withdraw",
  });
}

function recordFor(
  { graded }: GradeSession,
  current: CurrentGrade,
  options: OverrideOptions,
  by: string,
): OverrideRecord {
  const reason = visibleLine(options.reason ?? "");
  if (reason === "") {
    throw new UserError("an override needs a reason", { hint: 'say it with --reason "…": it is kept in the records' });
  }
  if (options.withdraw) return planWithdrawal(current, by, reason);
  const rubric = graded.questions.get(current.question);
  if (rubric === undefined) throw new UserError(`${current.question} has no usable rubric any more`);
  if (options.confirm) {
    refuseMarked(current);
    return planConfirmation(current, rubric, by, reason);
  }
  return planOverride(current, rubric, {
    levels: levelsOf(options.level),
    mark: markOf(options.mark, rubric.rubric.scale),
    by,
    reason,
  });
}

/** @throws UserError where it is a person's mark that would be confirmed, and not the judge's. */
function refuseMarked({ candidate, question, override }: CurrentGrade): void {
  if (override === undefined) return;
  throw new UserError(`${candidate} ${question} was marked by ${override.by} already`, {
    hint: "--withdraw takes that back, and the judge's grade counts again",
  });
}

function levelsOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  const levels = new Map<string, string>();
  for (const pair of pairs) {
    const [criterion = "", level = "", ...more] = pair.split("=");
    if (criterion === "" || level === "" || more.length > 0) {
      throw new UserError(`--level: expected criterion=level, got ${visibleLine(pair)}`);
    }
    if (levels.has(criterion)) throw new UserError(`--level: criterion ${visibleLine(criterion)} is given twice`);
    levels.set(criterion, level);
  }
  return levels;
}

/** Digits that no step can have: read as a number, 5.0000000001 would be 5. */
const TOO_FINE = /\.\d{3}\d*[1-9]/;

function markOf(points: string | undefined, { step, floor, max }: Scale): Thousandths | undefined {
  if (points === undefined) return undefined;
  if (TOO_FINE.test(points)) {
    throw new UserError(`a mark of ${points} is between the steps of the scale`, {
      hint: `the rubric gives marks from ${formatPoints(floor)} to ${formatPoints(max)} in steps of ${formatPoints(step)}`,
    });
  }
  try {
    return thousandths(Number(points));
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`--mark: ${error.message}`, { cause: error });
    throw error;
  }
}

function sentence({ candidate, question, mark }: CurrentGrade, record: OverrideRecord): string {
  const words = record.withdraws ? "override taken back" : "marked";
  const move = `${pointsOf(mark)} → ${pointsOf(record.result.mark)}`;
  return `${candidate} ${question}: ${move}, ${words} by ${record.by}: ${record.reason}`;
}

function documentOf({ candidate, question, mark: before }: CurrentGrade, record: OverrideRecord): object {
  const { result, withdraws, by, reason } = record;
  return { schema: 1, candidate, question, before, after: result.mark, withdraws, by, reason };
}

function pointsOf(mark: number | null): string {
  return mark === null ? "no mark" : formatPoints(exact(mark));
}
