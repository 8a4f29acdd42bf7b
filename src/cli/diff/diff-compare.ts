import type { Proposal } from "../../bank/proposal.ts";
import { UserError } from "../../core/errors.ts";
import { compareGrades, type GradeComparison } from "../../grade/records/compare-grades.ts";
import { sameCandidates, type SameCandidates } from "../../grade/records/same-candidates.ts";
import { wordDiff, type TextDiff } from "../../review/diff.ts";
import { nearestNames } from "../nearest-names.ts";
import type { Side, Sides } from "./diff-sides.ts";

/** One draft that differs, or that only one side has. */
export interface DraftChange {
  readonly change: "changed" | "only before" | "only after";
  /** As the later side has it, where it does. */
  readonly header: Proposal["header"];
  /** "" where the side has none. */
  readonly before: string;
  readonly after: string;
  readonly diff: TextDiff;
}

interface Names {
  readonly left: string;
  readonly right: string;
}

/** Two sides of one kind, side by side. */
export type Comparison =
  | (Names & { readonly kind: "drafts"; readonly compared: number; readonly changes: readonly DraftChange[] })
  | (Names & {
      readonly kind: "grades";
      readonly sets: readonly [string, string];
      readonly grades: GradeComparison;
      /** How many candidates of two sets are the same by something else than what both call them. */
      readonly told: Pick<SameCandidates, "byName" | "byAnswers">;
    });

type DraftSide = Extract<Side, { kind: "drafts" }>;
type GradeSide = Extract<Side, { kind: "grades" }>;

/** @throws UserError for a name that stands for nothing, suggesting the nearest, and for names of different kinds. */
export function compareNamed(sides: Sides, left: string, right: string): Comparison {
  const [lefts, rights] = [found(sides, left), found(sides, right)];
  for (const before of lefts) {
    for (const after of rights) {
      if (before.kind === "drafts" && after.kind === "drafts") return compareDrafts(before, after);
      if (before.kind === "grades" && after.kind === "grades") return compareSets(before, after);
    }
  }
  throw new UserError(`${left} and ${right} cannot be compared: one has drafts, the other grades`, {
    hint: "name two runs, two revisions such as <id>@r1 and <id>@r2, or two sets of grades",
  });
}

function found(sides: Sides, name: string): readonly Side[] {
  const all = sides.find(name);
  if (all.length > 0) return all;
  const near = nearestNames(name, sides.names);
  throw new UserError(`there is no run, revision or set of grades ${name}`, {
    hint: near.length > 0 ? `did you mean ${near.join(" or ")}?` : namesThereAre(sides.names),
  });
}

const NAMED = 6;

function namesThereAre(names: readonly string[]): string {
  if (names.length === 0) return "nothing was drafted or graded here yet";
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : "";
  return `there are: ${names.slice(0, NAMED).join(", ")}${more}; and revisions such as <id>@r1`;
}

function compareDrafts(before: DraftSide, after: DraftSide): Comparison {
  const keys = [...new Set([...before.drafts.keys(), ...after.drafts.keys()])];
  const changes = keys
    .flatMap((key) => draftChange(before.drafts.get(key), after.drafts.get(key)))
    .toSorted((one, other) => Number(isOnOneSide(one)) - Number(isOnOneSide(other)));
  const compared = keys.filter((key) => before.drafts.has(key) && after.drafts.has(key)).length;
  return { kind: "drafts", left: before.name, right: after.name, compared, changes };
}

/** After what changed: a run that drafted a few again leaves many on one side. */
function isOnOneSide({ change }: DraftChange): boolean {
  return change !== "changed";
}

function draftChange(before: Proposal | undefined, after: Proposal | undefined): readonly DraftChange[] {
  if (before !== undefined && after !== undefined) {
    return before.body === after.body ? [] : [changeOf("changed", after.header, before.body, after.body)];
  }
  if (after !== undefined) return [changeOf("only after", after.header, "", after.body)];
  return before === undefined ? [] : [changeOf("only before", before.header, before.body, "")];
}

function changeOf(
  change: DraftChange["change"],
  header: Proposal["header"],
  before: string,
  after: string,
): DraftChange {
  return { change, header, before, after, diff: wordDiff(before, after) };
}

function compareSets(before: GradeSide, after: GradeSide): Comparison {
  const { name: left } = before;
  const { name: right } = after;
  const sets = [before.set, after.set] as const;
  if (before.set === after.set) {
    return { kind: "grades", left, right, sets, grades: compareGrades(before.grades, after.grades), told: SAME_CODES };
  }
  const { codes, byName, byAnswers } = sameCandidates(before, after);
  const later = after.grades.map((grade) => ({ ...grade, candidate: codes.get(grade.candidate) ?? grade.candidate }));
  return {
    kind: "grades",
    left,
    right,
    sets,
    grades: compareGrades(before.grades, later),
    told: { byName, byAnswers },
  };
}

const SAME_CODES = { byName: 0, byAnswers: 0 } as const;
