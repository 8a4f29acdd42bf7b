import { canonicalJson } from "../../core/canonical-json.ts";
import { hashOf } from "../../core/hash.ts";
import { plainText } from "./rubric-text.ts";
import type { Criterion, Rubric, RubricHashes } from "./rubric.ts";

/**
 * Hashes of three views of a rubric, each holding the one before: `structure` the ids, whatever their order; `wording` what
 * a judge is told besides, in the order in which it is told; `content` all of it. How and in what file the rubric was
 * written, the order of keys and the Unicode form of texts change none of them.
 */
export function hashRubric(rubric: Rubric): RubricHashes {
  const structure = structureOf(rubric);
  const wording = { structure, ...wordingOf(rubric) };
  return { structure: hashOfView(structure), wording: hashOfView(wording), content: hashOfView({ wording, rubric }) };
}

function structureOf({ criteria, groups }: Rubric): unknown {
  return {
    criteria: Object.fromEntries(criteria.map(({ id, levels }) => [id, idsOf(levels).toSorted()])),
    groups: idsOf(groups).toSorted(),
  };
}

function wordingOf({ guidelines, reference, criteria, precedents }: Rubric): Readonly<Record<string, unknown>> {
  return { guidelines, reference, precedents, criteria: criteria.map(wordingOfCriterion) };
}

function wordingOfCriterion({ id, text, kind, evidence, levels, accepts, rejects }: Criterion): unknown {
  const told = levels.map(({ id: level, descriptor, anchors }) => ({ id: level, descriptor, anchors }));
  return { id, text, kind, evidence, levels: told, accepts, rejects };
}

function idsOf(all: readonly { readonly id: string }[]): readonly string[] {
  return all.map(({ id }) => id);
}

function hashOfView(view: unknown): RubricHashes["content"] {
  return hashOf(canonicalJson(withPlainTexts(view)));
}

function withPlainTexts(value: unknown): unknown {
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return value.map(withPlainTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, nested]) => [key, withPlainTexts(nested)]));
}
