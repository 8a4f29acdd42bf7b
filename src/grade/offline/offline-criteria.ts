import { sentencesOf } from "../../core/sentences.ts";
import type { JudgeCriterion, JudgeInput } from "../judge/judge-input.ts";
import { contentTermsOf, rarityFrom } from "../lexical/lexical-terms.ts";
import { itemsOf } from "./offline-items.ts";
import { readWording, weightOf, type Wording, type Worth } from "./offline-wording.ts";
import { defaultLevelIds } from "../rubric/rubric-levels.ts";

/** What one criterion is matched by. */
export interface ReadCriterion {
  readonly criterion: JudgeCriterion;
  /** Each of them earns its level. */
  readonly credited: readonly Wording[];
  /** Answers on whose level people have decided, that of no credit among them. */
  readonly decided: readonly Wording[];
  readonly rejected: readonly Wording[];
  /** Things of which each counts once, by any of its wordings, where a criterion counts. */
  readonly items: readonly (readonly Wording[])[];
}

/** Reads all criteria of one request, their words weighed against each other. */
export function readCriteria(input: JudgeInput): readonly ReadCriterion[] {
  const reference = sentencesOf(input.reference);
  const worth = {
    rarity: rarityFrom([...input.criteria.map(allWords), ...reference], input.question),
    asked: new Set(contentTermsOf(input.question)),
  };
  return input.criteria.map((criterion) => readCriterion(criterion, input, reference, worth));
}

function allWords({ text, accepts, rejects, levels }: JudgeCriterion): string {
  const descriptions = levels.flatMap(({ descriptor, anchors }) => [descriptor, ...anchors]);
  return [text, ...accepts, ...rejects, ...descriptions].join("\n");
}

/** A description of fewer terms of its own, such as "Explains one of them", says too little to be looked for. */
const LEAST_DESCRIPTION_TERMS = 3;

function readCriterion(
  criterion: JudgeCriterion,
  { precedents }: Pick<JudgeInput, "precedents">,
  reference: readonly string[],
  worth: Worth,
): ReadCriterion {
  const { text, accepts, rejects } = criterion;
  const top = criterion.levels.length - 1;
  const read = (name: string, wordings: readonly string[], level = top): readonly Wording[] =>
    wordings.map((wording) => readWording(name, level, wording, worth));
  const own = read("the criterion", [text]);
  const accepted = read("an accepted wording", accepts);
  const stated = isPenalty(criterion)
    ? claimed(own, accepted)
    : [...own, ...accepted, ...described(criterion, worth), ...read("the reference", reference).filter(isAbout(own))];
  const decided = decidedFor(criterion, precedents).flatMap(({ answer, level }) =>
    read("an answer decided before", [answer], level),
  );
  return {
    criterion,
    credited: [...stated, ...decided].filter(({ level, terms }) => level > 0 && terms.size > 0),
    decided,
    rejected: read("a rejected wording", rejects, 0),
    items: isCounting(criterion) ? itemsOf(criterion).map((item) => read("an item", item)) : [],
  };
}

/** The reference says what a mistake is not, and the text of a mistake only speaks about it. */
function claimed(own: readonly Wording[], accepted: readonly Wording[]): readonly Wording[] {
  return accepted.length === 0 ? own : accepted;
}

function described({ levels }: JudgeCriterion, worth: Worth): readonly Wording[] {
  return levels
    .map(({ descriptor }, level) => readWording("the description of the level", level, descriptor, worth))
    .filter(({ terms }) => terms.size >= LEAST_DESCRIPTION_TERMS);
}

/** Answers, or parts of them, with the place of the level that people gave them. */
function decidedFor(
  { id, levels }: JudgeCriterion,
  precedents: JudgeInput["precedents"],
): readonly { readonly answer: string; readonly level: number }[] {
  const own = precedents.filter(({ criterion }) => criterion === id);
  return levels.flatMap(({ id: level, anchors }, place) => {
    const answers = own.filter((precedent) => precedent.level === level).map(({ answer }) => answer);
    return [...anchors, ...answers].map((answer) => ({ answer, level: place }));
  });
}

const ABOUT = 0.5;

/** A sentence of the reference that holds half of a criterion is another way to put it. */
function isAbout([own]: readonly Wording[]): (sentence: Wording) => boolean {
  return (sentence) => {
    const shared = [...(own?.terms.keys() ?? [])].filter((term) => sentence.terms.has(term));
    if (own === undefined || shared.length === 0) return false;
    return weightOf(own, shared) >= weightOf(own, own.terms.keys()) * ABOUT;
  };
}

/** A count has one level an item. Kinds are not told to a judge; the ids of their levels give them away. */
export function isCounting({ levels }: { readonly levels: readonly { readonly id: string }[] }): boolean {
  const usual = defaultLevelIds("count", levels.length);
  return levels.length > 1 && levels.every(({ id }, place) => id === usual[place]);
}

/** Met means that points are taken away. A penalty of several degrees has the level ids of any other criterion. */
export function isPenalty({ levels }: JudgeCriterion): boolean {
  const usual = defaultLevelIds("penalty", 2);
  return levels.length === 2 && levels.every(({ id }, place) => id === usual[place]);
}
