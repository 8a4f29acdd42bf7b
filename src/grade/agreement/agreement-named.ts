import type { AgreementReport } from "./agreement-report.ts";

/** The same report for people: questions under the names that they know, no figure changed. */
export function agreementNamed(report: AgreementReport, nameOf: (question: string) => string): AgreementReport {
  const named = <Part extends { readonly question: string }>(part: Part): Part => ({
    ...part,
    question: nameOf(part.question),
  });
  const { outliers, problems, scopes } = report;
  return {
    ...report,
    outliers: { ...outliers, found: outliers.found.map(named) },
    problems: problems.map(named),
    scopes: scopes.map((each) => ({ ...each, scope: "question" in each.scope ? named(each.scope) : each.scope })),
  };
}
