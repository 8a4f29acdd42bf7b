import type { Bank } from "../../bank/question.ts";
import { contractFlaws } from "../rubric/rubric-contract.ts";
import { type RubricFinding, type RubricFlaw, SEVERITIES } from "../rubric/rubric-findings.ts";
import { criteriaFlaws } from "./rubric-lint-criteria.ts";
import { groupFlaws } from "./rubric-lint-groups.ts";
import { scaleFlaws } from "./rubric-lint-scale.ts";
import { textFlaws } from "./rubric-lint-texts.ts";
import { wordingFlaws } from "./rubric-lint-wording.ts";
import { matchRubrics } from "../rubric/rubric-match.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";
import { repeatsIn } from "../rubric/rubric-repeats.ts";
import type { Rubric } from "../rubric/rubric.ts";

/** A finding with its file and 1-based line. */
export type PlacedFinding = RubricFinding & { readonly file: string; readonly line: number };

type LintRule = (rubric: Rubric) => readonly RubricFlaw[];

const RULES: readonly LintRule[] = [scaleFlaws, criteriaFlaws, groupFlaws, wordingFlaws, textFlaws];

/** What is wrong with one rubric by itself. Of one that breaks its contract nothing else is said. */
export function lintRubric(rubric: Rubric): readonly RubricFinding[] {
  const broken = contractFlaws(rubric);
  const flaws = broken.length > 0 ? broken : RULES.flatMap((rule) => rule(rubric));
  return flaws.map((flaw) => toFinding(rubric, flaw));
}

/**
 * What is wrong with rubrics, each by itself and beside the others, by file and line.
 *
 * @param bank whose questions they mark; undefined leaves out what depends on it.
 */
export function lintRubrics(rubrics: readonly PlacedRubric[], bank: Bank | undefined): readonly PlacedFinding[] {
  const own = rubrics.flatMap((placed) => lintRubric(placed.rubric).map((finding) => place(placed, finding)));
  const between = [...sameIds(rubrics), ...(bank === undefined ? sameQuestions(rubrics) : bankFlaws(rubrics, bank))];
  return [...own, ...between].toSorted(byPlace);
}

function toFinding(rubric: Rubric, flaw: RubricFlaw): RubricFinding {
  return { ...flaw, rubric: rubric.id, severity: SEVERITIES[flaw.code] };
}

function place({ file, lineOf }: PlacedRubric, finding: RubricFinding): PlacedFinding {
  return { ...finding, file, line: lineOf(finding.at) };
}

function byPlace(left: PlacedFinding, right: PlacedFinding): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line;
}

function sameIds(rubrics: readonly PlacedRubric[]): readonly PlacedFinding[] {
  return repeatsIn(rubrics, ({ rubric }) => rubric.id).map(({ first, again }) =>
    place(again, toFinding(again.rubric, { code: "duplicate-rubric", at: ["id"], arguments: placeOf(first) })),
  );
}

function sameQuestions(rubrics: readonly PlacedRubric[]): readonly PlacedFinding[] {
  return repeatsIn(rubrics, ({ rubric }) => JSON.stringify(rubric.question)).map(({ first, again }) =>
    secondRubric(again, first, again.rubric.id),
  );
}

function bankFlaws(rubrics: readonly PlacedRubric[], bank: Bank): readonly PlacedFinding[] {
  const { contested, withoutQuestion } = matchRubrics(rubrics, bank);
  const unknown = withoutQuestion.map((placed) => {
    const { question } = placed.rubric;
    const named = "id" in question ? question.id : question.match;
    return place(
      placed,
      toFinding(placed.rubric, { code: "unknown-question", at: ["question"], arguments: { question: named } }),
    );
  });
  const second = contested.flatMap(({ question, rubrics: [first, ...others] }) =>
    others.flatMap((again) => (first === undefined ? [] : [secondRubric(again, first, question.id)])),
  );
  return [...unknown, ...second];
}

function secondRubric(again: PlacedRubric, first: PlacedRubric, question: string): PlacedFinding {
  const finding = { code: "second-rubric", at: ["question"], arguments: { question, ...placeOf(first) } } as const;
  return place(again, toFinding(again.rubric, finding));
}

function placeOf({ file, lineOf }: PlacedRubric): { readonly otherFile: string; readonly otherLine: number } {
  return { otherFile: file, otherLine: lineOf([]) };
}
