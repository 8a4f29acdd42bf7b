import { sentencesOf } from "../core/sentences.ts";
import { wordsOf } from "../core/terms.ts";
import type { JudgeCriterion, JudgeInput } from "./judge-input.ts";
import { contentTermOf, contentTermsOf, rarityFrom, type Rarity } from "./lexical-terms.ts";
import { defaultLevelIds } from "./rubric-levels.ts";
import type { CriterionKind } from "./rubric.ts";
import { readTerms } from "./offline-segments.ts";

/** One way to say what a criterion asks for, as weighted terms. */
export interface Wording {
  /** What it is, in the findings: "the criterion", "an accepted wording", … */
  readonly name: string;
  /** Place in the criterion's levels of the level that it earns when all of it is there. */
  readonly level: number;
  /** By term: its weight, and the word as written, for people. */
  readonly terms: ReadonlyMap<string, WeightedWord>;
  readonly negated: ReadonlySet<string>;
}

export interface WeightedWord {
  readonly weight: number;
  readonly word: string;
}

/** What one criterion is matched by. */
export interface Wordings {
  readonly credited: readonly Wording[];
  readonly rejected: readonly Wording[];
  /** Things of which each counts by itself, for a criterion that counts; empty for any other. */
  readonly items: readonly Wording[];
}

// How rubrics speak of answers; nothing an answer itself would say.
const FRAME = new Set(
  contentTermsOf(
    "says say saying claims claim recommends recommend proposes propose states state stating names naming mentions mention mentioned explains explanation describes description gives " +
      "lists shows identifies recognises recognizes distinguishes defines definition answer answers candidate correct correctly clear " +
      "clearly example examples vague absent missing only least part partly full fully credit level word words point points " +
      "statement one two three several something nothing much many",
  ),
);
/** A name, an abbreviation or a figure in the middle of a wording cannot be said in other words. */
const NAME_FACTOR = 2;
/** A descriptor of fewer terms of its own, such as "Explains one of them", says too little to be looked for. */
const LEAST_DESCRIPTOR_TERMS = 3;

/** Reads all wordings of all criteria of one request, weighed against each other. */
export function wordingsOf(input: JudgeInput): ReadonlyMap<JudgeCriterion, Wordings> {
  const reference = sentencesOf(input.reference);
  const rarity = rarityFrom([...input.criteria.map(allWords), ...reference], input.question);
  return new Map(input.criteria.map((criterion) => [criterion, readCriterion(criterion, input, reference, rarity)]));
}

function allWords({ text, accepts, rejects, levels }: JudgeCriterion): string {
  const descriptors = levels.flatMap(({ descriptor, anchors }) => [descriptor, ...anchors]);
  return [text, ...accepts, ...rejects, ...descriptors].join("\n");
}

function readCriterion(
  criterion: JudgeCriterion,
  { precedents }: JudgeInput,
  reference: readonly string[],
  rarity: Rarity,
): Wordings {
  const { id, text, accepts, rejects, levels } = criterion;
  const top = levels.length - 1;
  const read = (name: string, level: number, wording: string): Wording => readWording(name, level, wording, rarity);
  const own = read("the criterion", top, text);
  const accepted = accepts.map((wording) => read("an accepted wording", top, wording));
  const decided = [
    ...levels.flatMap(({ anchors }, level) => anchors.map((anchor) => read("an example of the level", level, anchor))),
    ...precedents
      .filter((precedent) => precedent.criterion === id)
      .map(({ answer, level }) =>
        read(
          "a precedent",
          Math.max(
            0,
            levels.findIndex((each) => each.id === level),
          ),
          answer,
        ),
      ),
  ];
  const described = levels
    .map(({ descriptor }, level) => read("the description of the level", level, descriptor))
    .filter(({ terms }) => terms.size >= LEAST_DESCRIPTOR_TERMS);
  const borneOut = reference
    .map((sentence) => read("the reference", top, sentence))
    .filter((each) => isAbout(each, own));
  // The reference says what a mistake is not, and the text of a mistake speaks about it.
  const credited = isPenalty(criterion)
    ? [...(accepted.length === 0 ? [own] : accepted), ...decided]
    : [own, ...accepted, ...decided, ...described, ...borneOut];
  return {
    credited: credited.filter(({ level, terms }) => level > 0 && terms.size > 0),
    rejected: rejects.map((wording) => read("a rejected wording", 0, wording)).filter(({ terms }) => terms.size > 0),
    items: isCounting(criterion) ? [...itemsOf(text).map((item) => read("an item", 1, item)), ...accepted] : [],
  };
}

const ABOUT = 0.5;

/** A sentence of the reference that holds half of a criterion is another way to put it. */
function isAbout(sentence: Wording, { terms }: Wording): boolean {
  let held = 0;
  let total = 0;
  for (const [term, { weight }] of terms) {
    total += weight;
    if (sentence.terms.has(term)) held += weight;
  }
  return total > 0 && held >= total * ABOUT;
}

/** A count has one level an item. Kinds are not told to a judge; the ids of their levels give them away. */
export function isCounting(criterion: JudgeCriterion): boolean {
  return hasLevelsOf("count", criterion);
}

/** Met means that points are taken away. Penalties of several degrees have the level ids of any other criterion. */
export function isPenalty(criterion: JudgeCriterion): boolean {
  return criterion.levels.length === 2 && hasLevelsOf("penalty", criterion);
}

function hasLevelsOf(kind: CriterionKind, { levels }: JudgeCriterion): boolean {
  const usual = defaultLevelIds(kind, levels.length);
  return levels.length > 1 && levels.every(({ id }, place) => id === usual[place]);
}

/** "Names a measure: caching, batching or pruning" holds three items. */
function itemsOf(text: string): readonly string[] {
  const [, list] = /:([^:]*)$/.exec(text) ?? [];
  return (list ?? "").split(/,|;|\bor\b|\band\b/).filter((item) => /\p{L}/u.test(item));
}

function readWording(name: string, level: number, text: string, rarity: Rarity): Wording {
  const terms = new Map<string, WeightedWord>();
  const names = namesIn(text);
  for (const word of wordsOf(text)) {
    const term = contentTermOf(word);
    if (term === undefined || FRAME.has(term) || terms.has(term)) continue;
    terms.set(term, { weight: rarity(term) * (names.has(word) ? NAME_FACTOR : 1), word });
  }
  return { name, level, terms, negated: readTerms(text, (term) => term).negated };
}

/** Words with a capital or a digit, the first of a sentence left out, in lower case. */
function namesIn(text: string): ReadonlySet<string> {
  const names = sentencesOf(text).flatMap((sentence) =>
    sentence
      .split(/\s+/)
      .filter((word, place) => (place > 0 && /^\P{L}*\p{Lu}/u.test(word)) || /\d|\p{Lu}\p{Lu}/u.test(word)),
  );
  return new Set(names.flatMap(wordsOf));
}
