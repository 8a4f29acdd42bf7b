import { COLLECTION_STYLE, type Document, dump, type Node, visit } from "js-yaml";
import { canonicalJson } from "../../core/canonical-json.ts";
import { pointsOf, type Thousandths } from "./points.ts";
import { defaultRubricId } from "./rubric-entry.ts";
import { toCriterion } from "./rubric-levels.ts";
import { FINEST_STEP, writtenCriterion } from "./rubric-schema.ts";
import type { Criterion, Level, Rubric } from "./rubric.ts";

/** Properties that are undefined are not written. */
type Written = Readonly<Record<string, unknown>>;

const LINE_WIDTH = 110;
/** A mapping of short values stays on one line, as one would write it by hand. */
const LONGEST_ON_ONE_LINE = 100;

/**
 * A rubric file for people to go on with: what the reader fills in by itself is left out. Read again it gives a rubric
 * with the same hashes.
 */
export function formatRubricYaml(rubric: Rubric): string {
  return dump(withoutUndefined(rubricForm(rubric)), {
    lineWidth: LINE_WIDTH,
    noRefs: true,
    flowBracketPadding: true,
    transform: shortenMappings,
  });
}

function rubricForm({ id, question, scale, guidelines, reference, criteria, groups, precedents }: Rubric): Written {
  return {
    rubric: 1,
    id: id === defaultRubricId(question) ? undefined : id,
    question: "id" in question ? question.id : undefined,
    match: "match" in question ? question.match : undefined,
    scale: {
      max: pointsOf(scale.max),
      step: scale.step === FINEST_STEP ? undefined : pointsOf(scale.step),
      floor: scale.floor === 0 ? undefined : pointsOf(scale.floor),
      pass: decimal(scale.pass),
      penalty_limit: decimal(scale.penaltyLimit),
    },
    guidelines: guidelines === "" ? undefined : guidelines,
    reference: reference.from === "bank" ? "bank" : reference.text,
    criteria: criteria.map(criterionForm),
    groups: unlessEmpty(groups.map((group) => ({ ...group, cap: decimal(group.cap) }))),
    precedents: unlessEmpty(precedents.map((each) => ({ ...each, note: each.note === "" ? undefined : each.note }))),
  };
}

function criterionForm(criterion: Criterion): Written {
  const { id, text, evidence, group, capWithout, accepts, rejects } = criterion;
  return {
    id,
    text,
    ...levelsForm(criterion),
    evidence: evidence === "required" ? undefined : evidence,
    group,
    required: capWithout === 0 ? true : capWithout && { cap: pointsOf(capWithout) },
    accepts: unlessEmpty(accepts),
    rejects: unlessEmpty(rejects),
  };
}

/** The shortest way of writing the levels that the reader takes for the same. */
function levelsForm(criterion: Criterion): Written {
  const { kind, levels } = criterion;
  const [, first] = levels;
  const most = levels.at(-1);
  const unnamed = levels.map((level) => ({ ...levelForm(level), id: undefined })).toReversed();
  const named = levels.map(levelForm).toReversed();
  const forms: readonly Written[] = [
    { points: decimal(most?.points) },
    { per_item: decimal(first?.points), at_most: levels.length - 1 },
    { levels: unnamed },
    { kind, levels: unnamed },
    { levels: named },
    { kind, levels: named },
  ];
  // Levels that all give the same keep their order only as they are.
  return forms.find((form) => isReadAs(form, criterion)) ?? { kind, levels: named.toReversed() };
}

function levelForm({ id, points, descriptor, anchors }: Level): Written {
  return {
    id,
    points: pointsOf(points),
    text: descriptor === "" ? undefined : descriptor,
    anchors: unlessEmpty(anchors),
  };
}

function isReadAs(form: Written, { id, text, kind, levels }: Criterion): boolean {
  const written = writtenCriterion.safeParse(withoutUndefined({ id, text, ...form }));
  if (!written.success) return false;
  let isWhole = true;
  const read = toCriterion(written.data, () => (isWhole = false));
  return isWhole && canonicalJson([read.kind, read.levels]) === canonicalJson([kind, levels]);
}

function decimal(points: Thousandths | undefined): number | undefined {
  return points === undefined ? undefined : pointsOf(points);
}

function unlessEmpty<Item>(all: readonly Item[]): readonly Item[] | undefined {
  return all.length === 0 ? undefined : all;
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, nested]) => nested !== undefined);
  return Object.fromEntries(entries.map(([key, nested]) => [key, withoutUndefined(nested)]));
}

function shortenMappings(documents: Document[]): void {
  visit(documents, (node, { depth }) => {
    if (node.kind === "mapping" && depth > 0 && lengthOf(node) <= LONGEST_ON_ONE_LINE)
      node.style = COLLECTION_STYLE.FLOW;
  });
}

/** Characters of a mapping of single lines; infinite for anything that holds more. */
function lengthOf(node: Node): number {
  if (node.kind === "scalar") return node.value.includes("\n") ? Number.POSITIVE_INFINITY : node.value.length + 2;
  if (node.kind !== "mapping" || node.items.some(({ value }) => value.kind !== "scalar"))
    return Number.POSITIVE_INFINITY;
  return node.items.reduce((sum, { key, value }) => sum + lengthOf(key) + lengthOf(value), 0);
}
