import { z } from "zod";
import { auditBank } from "../../bank/audit.ts";
import type { Diagnostic, DiagnosticCode, Severity } from "../../core/diagnostics.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { messageOf } from "../../core/messages.ts";
import { readSourceNotes } from "../../files/source-notes.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { chosenFiles, readDiagnosed } from "../read-bank.ts";

const SEVERITIES = ["info", "warning", "error"] as const satisfies readonly Severity[];
const auditOptions = commonOptions.extend({ failOn: z.enum(SEVERITIES).default("warning") });

/** `answerkey audit`: what looks wrong in a bank, with file and line. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(auditOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { operands } = context.invocation;
  const bank = readDiagnosed(project, operands);
  const chosen = new Set(chosenFiles(project, bank, operands).map((file) => file.path));
  const notes = readSourceNotes(
    project.workspace.root,
    bank.files.map((file) => file.path),
  );
  const findings = auditBank(
    bank,
    notes.map((note) => note.text),
  ).filter((finding) => chosen.has(finding.path));
  show(project, findings);
  project.report.document({
    schema: 1,
    findings: findings.map((finding) => ({ ...finding, message: messageOf(finding) })),
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, countOf(findings, severity)])),
  });
  const threshold = SEVERITIES.indexOf(options.failOn);
  return findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= threshold) ? EXIT.open : EXIT.done;
}

/** What else there is for some of the findings. */
const HINTS: readonly (readonly [ReadonlySet<DiagnosticCode>, string])[] = [
  [new Set<DiagnosticCode>(["glued-words", "wrong-total"]), "answerkey audit --fix proposes repairs"],
  [new Set<DiagnosticCode>(["conflicting-answers"]), "answerkey audit conflicts shows both answers side by side"],
];

const COLOURS = { error: "red", warning: "yellow", info: "dim" } as const;

function show({ report }: Project, findings: readonly Diagnostic[]): void {
  for (const finding of findings) {
    const severity = report.style(COLOURS[finding.severity], finding.severity);
    report.result(`${finding.path}:${finding.line}  ${severity}  ${messageOf(finding)}  [${finding.code}]`);
  }
  const counts = SEVERITIES.toReversed().flatMap((severity) => {
    const found = countOf(findings, severity);
    return found > 0 ? [plural(found, severity)] : [];
  });
  report.result(counts.length === 0 ? "nothing found" : counts.join(", "));
  for (const [codes, words] of HINTS) {
    const found = findings.filter(({ code }) => codes.has(code)).length;
    if (found > 0) report.note(`${found} of them: ${words}`);
  }
}

function countOf(findings: readonly Diagnostic[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
