import { canonicalJson } from "../../core/canonical-json.ts";
import { formatPoints, exact } from "../rubric/points.ts";
import { canonicalRubric } from "../rubric/rubric-canonical.ts";
import { hashRubric } from "../rubric/rubric-hashes.ts";
import type { Rubric } from "../rubric/rubric.ts";
import { answerKey } from "./grade-log.ts";
import type { CriterionResult, GradeLogEntry, GradeState, RuleEvent } from "./record.ts";
import { recount } from "./recount.ts";

/** A record that does not add up. */
export interface RecordFault {
  /** Place among the entries, 1 for the first. */
  readonly line: number;
  readonly reason: string;
}

/** Where a mark is said to come from. */
interface Parts {
  readonly mark: number | null;
  readonly criteria: readonly CriterionResult[];
  readonly events: readonly RuleEvent[];
  /** Content hash of the rubric by which it was counted. */
  readonly countedBy: string;
  /** A person set it, whatever the criteria say. */
  readonly isOutright: boolean;
}

/**
 * Counts every mark of a log again, from what its own record gives as criteria and rules, and by the rubric where the log
 * holds that: whoever writes a line of his own knows the chain, and not what a judge said.
 *
 * @param entries in the order of the log.
 */
export function recordFaults(entries: Iterable<GradeLogEntry>): readonly RecordFault[] {
  const rubrics = new Map<string, Rubric>();
  const outright = new Set<string>();
  const faults: RecordFault[] = [];
  let line = 0;
  for (const entry of entries) {
    line += 1;
    const reason = entry.type === "rubric" ? keepRubric(entry, rubrics) : faultOf(entry, rubrics, outright);
    if (reason !== undefined) faults.push({ line, reason });
  }
  return faults;
}

type EntryOf<Type extends GradeLogEntry["type"]> = Extract<GradeLogEntry, { readonly type: Type }>;
type RubricSnapshot = EntryOf<"rubric">;

function keepRubric({ content, rubric }: RubricSnapshot, rubrics: Map<string, Rubric>): string | undefined {
  const parsed = canonicalRubric.safeParse(rubric);
  if (!parsed.success || hashRubric(parsed.data).content !== content)
    return "the rubric is not the one that its hash names";
  rubrics.set(content, parsed.data);
  return undefined;
}

type MarkedEntry = Exclude<GradeLogEntry, RubricSnapshot>;
function faultOf(entry: MarkedEntry, rubrics: ReadonlyMap<string, Rubric>, outright: Set<string>): string | undefined {
  switch (entry.type) {
    case "grade":
      return faultOfGrade(entry, rubrics);
    case "override":
      return faultOfOverride(entry, rubrics, outright);
    case "rubric-change":
      return faultOfChange(entry, rubrics, outright);
    case "mark":
      return undefined;
    default:
      return entry satisfies never;
  }
}

function faultOfGrade(
  { mark, max, criteria, events, rubric, state }: EntryOf<"grade">,
  rubrics: ReadonlyMap<string, Rubric>,
): string | undefined {
  const carries = CARRIES_MARK[state];
  if (carries !== undefined && carries !== (mark !== null)) {
    return `${state} ${mark === null ? "needs a mark" : "carries no mark"}`;
  }
  if (mark !== null && mark > max) return `the mark is ${shown(mark)} of ${shown(max)}`;
  return faultOfParts({ mark, criteria, events, countedBy: rubric.content, isOutright: false }, rubrics);
}

function faultOfOverride(
  entry: EntryOf<"override">,
  rubrics: ReadonlyMap<string, Rubric>,
  outright: Set<string>,
): string | undefined {
  const { mark, criteria, events, rubric } = entry.result;
  const set = entry.mark?.to;
  if (set === undefined) outright.delete(answerKey(entry));
  else outright.add(answerKey(entry));
  if (set !== undefined && set !== mark) return `the mark is ${shown(mark)}, and ${shown(set)} was set`;
  return faultOfParts({ mark, criteria, events, countedBy: rubric.content, isOutright: set !== undefined }, rubrics);
}

function faultOfChange(
  { changes, rubric }: EntryOf<"rubric-change">,
  rubrics: ReadonlyMap<string, Rubric>,
  outright: ReadonlySet<string>,
): string | undefined {
  const faults = changes.map((change) => {
    const { after: mark, before, result } = change;
    if (result === null) return mark === null ? undefined : `the mark is ${shown(mark)} of nothing`;
    const isOutright = outright.has(answerKey(change)) && mark === before;
    return faultOfParts({ mark, ...result, countedBy: rubric.content, isOutright }, rubrics);
  });
  return faults.find((reason) => reason !== undefined);
}

/** Whether a judge's record in a state has a mark; one that waits for a person may. */
const CARRIES_MARK: Readonly<Partial<Record<GradeState, boolean>>> = {
  graded: true,
  refused: false,
  error: false,
  blank: false,
  stale: false,
};

function faultOfParts(parts: Parts, rubrics: ReadonlyMap<string, Rubric>): string | undefined {
  const { mark, criteria, events, countedBy, isOutright } = parts;
  if (mark === null) return criteria.length === 0 ? undefined : "criteria were counted and there is no mark";
  const rubric = rubrics.get(countedBy);
  const scaleFault = rubric === undefined ? undefined : faultOnScale(mark, rubric);
  if (isOutright || scaleFault !== undefined) return scaleFault;
  if (criteria.length === 0) return `the mark is ${shown(mark)} of no criteria`;
  const sum = sumOf(criteria, events);
  if (sum !== mark) return `the mark is ${shown(mark)}, and its criteria and rules come to ${shown(sum)}`;
  return rubric === undefined || isByRubric(parts, rubric)
    ? undefined
    : "its levels come to something else by its rubric";
}

function faultOnScale(mark: number, { scale: { max, floor, step } }: Rubric): string | undefined {
  if (mark > max || mark < floor) return `the mark is ${shown(mark)} on a scale from ${shown(floor)} to ${shown(max)}`;
  return mark % step === 0 || mark === floor
    ? undefined
    : `the mark is ${shown(mark)} on a scale in steps of ${shown(step)}`;
}

/** By {@link Marking}: the points of all criteria, and what each rule changed. */
function sumOf(criteria: Parts["criteria"], events: Parts["events"]): number {
  const points = criteria.reduce((sum, each) => sum + each.points, 0);
  return events.reduce((sum, { before, after }) => sum + after - before, points);
}

function isByRubric({ mark, criteria, events }: Parts, rubric: Rubric): boolean {
  const hasLevels = criteria.every(({ criterion, level }) =>
    rubric.criteria.some(({ id, levels }) => id === criterion && levels.some((each) => each.id === level)),
  );
  return hasLevels && canonicalJson(recount(rubric, criteria)) === canonicalJson({ mark, criteria, events });
}

function shown(mark: number | null): string {
  return mark === null ? "none" : formatPoints(exact(mark));
}
