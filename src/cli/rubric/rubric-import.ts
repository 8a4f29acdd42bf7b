import { resolve } from "node:path";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { openProposalStore } from "../../files/proposal-store.ts";
import { readFile } from "../../files/read-file.ts";
import { readRubricPlace, writeRubricFile } from "../../files/rubric-place.ts";
import { readCanvasRubrics } from "../../grade/import/canvas-rubrics.ts";
import { importProposal } from "../../grade/import/import-proposal.ts";
import type { RubricImport } from "../../grade/import/imported-rubric.ts";
import { readMoodleRubrics } from "../../grade/import/moodle-rubrics.ts";
import { readOraRubrics } from "../../grade/import/ora-rubrics.ts";
import { planRubricImport, type ImportDecision, type PlannedImport } from "../../grade/import/plan-rubric-import.ts";
import { formatRubricYaml } from "../../grade/rubric/rubric-yaml.ts";
import { decodeSource } from "../../grade/submissions/decode-source.ts";
import { plural } from "../format.ts";
import { readRubrics } from "../graded-bank.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { readBank } from "../read-bank.ts";
import { RUBRIC_SOURCES, type RubricSource } from "./rubric-source.ts";

const importOptions = commonOptions.extend({
  from: z.enum(RUBRIC_SOURCES),
  question: z.string().min(1).optional(),
  bank: z.array(z.string()).default([]),
  write: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
type ImportOptions = z.infer<typeof importOptions>;

const READERS: Readonly<Record<RubricSource, (text: string) => RubricImport>> = {
  canvas: readCanvasRubrics,
  ora: readOraRubrics,
  moodle: readMoodleRubrics,
};

/** `answerkey rubric import`: rubrics of other tools, as proposals or as files; nothing that is there is overwritten. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(importOptions, context.invocation.options);
  const project = await openProject(context, options);
  const [path = ""] = context.invocation.operands;
  const bytes = readFile(resolve(project.folder, path));
  const { rubrics, faults } = READERS[options.from](textOf(path, bytes));
  if (options.question !== undefined && rubrics.length > 1) {
    throw new UserError(`--question is for one rubric, and ${visibleLine(path)} holds ${rubrics.length}`, {
      hint: "give the rubrics the texts or ids of their questions as names",
    });
  }
  const decisions = planRubricImport(rubrics, scopeOf(project, options));
  const planned = decisions.filter((each) => each.status === "planned");
  if (!options.dryRun) keep(project, planned, options, bytes);
  for (const { line, reason } of faults) project.report.warn(`${path}:${line}: ${reason}`);
  tell(project, decisions, options);
  project.report.document(documentOf(decisions, faults));
  return faults.length + decisions.length - planned.length > 0 ? EXIT.open : EXIT.done;
}

function textOf(path: string, bytes: Uint8Array): string {
  const decoded = decodeSource(bytes);
  if (decoded.status === "text") return decoded.text;
  throw new UserError(`${visibleLine(path)}:${decoded.line}: it is not UTF-8`, { hint: "Save it as UTF-8." });
}

function scopeOf(
  project: Project,
  { question, bank: operands }: ImportOptions,
): Parameters<typeof planRubricImport>[1] {
  const { workspace } = project;
  const { files } = readBank(project, operands);
  if (question !== undefined && !files.some(({ questions }) => questions.some(({ id }) => id === question))) {
    throw new UserError(`there is no question ${visibleLine(question)}`, {
      hint: "answerkey rubric lint lists the questions without a rubric, by their ids",
    });
  }
  const { proposals } = openProposalStore(workspace).list();
  return {
    files,
    rubrics: readRubrics(
      project,
      [],
      files.map(({ path }) => path),
    ).rubrics,
    proposed: new Set(proposals.map(({ proposal }) => proposal.header.source.path)),
    question,
    contentAt: (path) => readRubricPlace(workspace.root, path),
  };
}

function keep(
  { workspace }: Project,
  planned: readonly PlannedImport[],
  { write, from }: ImportOptions,
  bytes: Uint8Array,
): void {
  const store = openProposalStore(workspace);
  for (const each of planned) {
    if (write) {
      const text = new TextEncoder().encode(formatRubricYaml(each.rubric));
      writeRubricFile(workspace.root, each.place.path, text, hashOf(each.file.source.bytes));
    } else {
      store.write(importProposal(each, { format: from, hash: hashOf(bytes) }));
    }
  }
}

function tell({ report }: Project, decisions: readonly ImportDecision[], { write, dryRun }: ImportOptions): void {
  for (const each of decisions) {
    const name = visibleLine(each.imported.name);
    if (each.status === "left") {
      report.warn(report.style("yellow", `left out: ${name}: ${each.reason}`));
      continue;
    }
    const { rubric, place } = each;
    report.result(`${place.path}  ${counted(rubric.criteria.length)}  ${name}`);
    for (const what of each.imported.notCarried) report.result(`  not carried: ${what}`);
  }
  const count = decisions.filter(({ status }) => status === "planned").length;
  const what = plural(count, write ? "rubric file" : "proposal");
  if (dryRun) report.result(`dry run: ${what} would be written`);
  else report.result(`${what} written`);
  if (count > 0 && !write && !dryRun) report.note("next: answerkey review");
}

function documentOf(decisions: readonly ImportDecision[], faults: RubricImport["faults"]): unknown {
  return {
    schema: 1,
    imported: decisions.flatMap((each) =>
      each.status === "left"
        ? []
        : [
            {
              name: each.imported.name,
              question: each.question.id,
              path: each.place.path,
              criteria: each.rubric.criteria.length,
              not_carried: each.imported.notCarried,
            },
          ],
    ),
    left_out: decisions.flatMap((each) =>
      each.status === "left" ? [{ name: each.imported.name, reason: each.reason }] : [],
    ),
    faults,
  };
}

function counted(criteria: number): string {
  return criteria === 1 ? "1 criterion" : `${criteria} criteria`;
}
