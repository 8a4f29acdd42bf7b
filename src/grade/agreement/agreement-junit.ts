import { visible, visibleLine } from "../../core/sanitise.ts";
import type { AgreementReport } from "./agreement-report.ts";
import { agreementText } from "./agreement-text.ts";
import { scopeWords, warningWords } from "./agreement-words.ts";
import type { GateVerdict } from "./gate-verdict.ts";

/**
 * JUnit XML for continuous integration: one test case a gate (an undecidable one is an error), one skipped case a warning, so
 * that both are seen where tests are seen. The whole report is the output of the suite.
 */
export function agreementJunit(report: AgreementReport, verdicts: readonly GateVerdict[]): string {
  const warnings = report.scopes.flatMap(({ scope, warnings: own }) =>
    own.map((warning) => ({ name: `${scopeWords(scope)}: ${warning.code}`, words: warningWords(warning) })),
  );
  const count = (status: GateVerdict["status"]): number => verdicts.filter((each) => each.status === status).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="agreement" tests="${verdicts.length + warnings.length}" failures="${count("fail")}" errors="${count("undecidable")}" skipped="${warnings.length}">`,
    ...verdicts.map(gateCase),
    ...warnings.map(
      ({ name, words }) =>
        `  <testcase classname="agreement.warning" name="${escapeXml(name)}"><skipped message="${escapeXml(words)}"/></testcase>`,
    ),
    `  <system-out>${escapeXml(agreementText(report))}</system-out>`,
    "</testsuite>",
    "",
  ].join("\n");
}

const ELEMENTS = { fail: "failure", undecidable: "error" } as const;

function gateCase({ gate, status, words }: GateVerdict): string {
  const open = `  <testcase classname="agreement.gate" name="${escapeXml(visibleLine(gate.text))}"`;
  if (status === "pass") return `${open}/>`;
  return `${open}><${ELEMENTS[status]} message="${escapeXml(words)}"/></testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
