import { z } from "zod";
import { comparisonText } from "../../export/comparison-text.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { formatDiff } from "../../review/format-diff.ts";
import { compareNamed, type Comparison, type DraftChange } from "./diff-compare.ts";
import { openSides } from "./diff-sides.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";

const diffOptions = commonOptions.extend({ web: z.boolean().default(false) });

/** `answerkey diff`: two runs, revisions or sets of grades side by side. Changes nothing. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(diffOptions, flags);
  const [left, right] = operands;
  if (left === undefined || right === undefined) throw new UserError("diff compares two things, and two must be named");
  const project = await openProjectWithoutKeys(context, options);
  const comparison = compareNamed(openSides(project), left, right);
  if (options.web) return showPage(context, left, right);
  show(project, comparison);
  return EXIT.done;
}

async function showPage(context: CommandContext, left: string, right: string): Promise<ExitCode> {
  const { pageOptions, servePage } = await import("../review-desk/review-web.ts");
  const options = parseOptions(commonOptions.extend(pageOptions.shape), context.invocation.options);
  const query = new URLSearchParams({ view: "compare", left, right });
  return servePage(context, options, { operands: [], search: `?${query.toString()}` });
}

function show({ report }: Project, comparison: Comparison): void {
  const { left, right } = comparison;
  report.result(report.style("bold", `${left} → ${right}`));
  if (comparison.kind === "grades") {
    for (const line of comparisonText(comparison.grades).trimEnd().split("\n")) report.result(line);
    for (const line of toldLines(comparison.told)) report.note(line);
    report.document({ schema: 1, kind: "grades", left, right, grades: comparison.grades, told: comparison.told });
    return;
  }
  const { compared, changes } = comparison;
  const changed = changes.filter(({ change }) => change === "changed").length;
  report.result(`${plural(compared, "draft")} on both sides, ${changed} changed.`);
  for (const change of changes) showDraft(report, change);
  report.document({ schema: 1, kind: "drafts", left, right, compared, changes: changes.map(documentOf) });
}

/** A pairing that rests on less than what both sets call people must not go unnoticed. */
function toldLines({ byName, byAnswers }: Extract<Comparison, { kind: "grades" }>["told"]): readonly string[] {
  const lines: readonly (readonly [number, string])[] = [
    [byName, "by the name that one set has beside another label"],
    [byAnswers, "by answers that nobody else gave, for the sets call people differently"],
  ];
  return lines.flatMap(([people, how]) => (people === 0 ? [] : [`${plural(people, "candidate")} told ${how}`]));
}

function showDraft(report: Project["report"], { change, header, diff }: DraftChange): void {
  report.result("");
  report.result(`${report.style("cyan", header.id)}  ${header.source.path}  ${change}`);
  report.result(header.question);
  if (change === "changed") for (const line of formatDiff(diff).split("\n")) report.result(`  ${line}`);
}

function documentOf({ change, header, before, after }: DraftChange): unknown {
  const { id, kind, question, source } = header;
  return { change, kind, id, path: source.path, question, before, after };
}
