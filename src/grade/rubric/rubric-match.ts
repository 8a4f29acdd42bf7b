import { textHash } from "../../bank/question-hash.ts";
import type { Bank, BankFile, Question } from "../../bank/question.ts";
import type { PlacedRubric } from "./rubric-reader.ts";

export interface BankQuestion {
  readonly file: BankFile;
  readonly question: Question;
}

/** Which rubric marks which question. Every question of the bank is in exactly one of the first three lists, in bank order. */
export interface RubricMatch {
  readonly matched: readonly (BankQuestion & { readonly rubric: PlacedRubric })[];
  readonly withoutRubric: readonly BankQuestion[];
  /** Questions that several rubrics claim: which one is meant is for their author to say. */
  readonly contested: readonly (BankQuestion & { readonly rubrics: readonly PlacedRubric[] })[];
  readonly withoutQuestion: readonly PlacedRubric[];
}

/** Finds questions by id, or by the letters and digits of their text; a text that stands several times is marked each time. */
export function matchRubrics(rubrics: readonly PlacedRubric[], bank: Bank): RubricMatch {
  const byKey = groupByKey(rubrics);
  const questions = bank.files.flatMap((file) => file.questions.map((question) => ({ file, question })));
  const order = new Map(rubrics.map((rubric, place) => [rubric, place]));
  const claimed = questions.map((place) => ({
    ...place,
    rubrics: claimsOn(place.question, byKey).toSorted(
      (left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0),
    ),
  }));
  const used = new Set(claimed.flatMap((place) => place.rubrics));
  return {
    matched: claimed.flatMap(({ file, question, rubrics: [rubric, second] }) =>
      rubric === undefined || second !== undefined ? [] : [{ file, question, rubric }],
    ),
    withoutRubric: claimed
      .filter((place) => place.rubrics.length === 0)
      .map(({ file, question }) => ({ file, question })),
    contested: claimed.filter((place) => place.rubrics.length > 1),
    withoutQuestion: rubrics.filter((rubric) => !used.has(rubric)),
  };
}

type ByKey = ReadonlyMap<string, readonly PlacedRubric[]>;

function groupByKey(rubrics: readonly PlacedRubric[]): ByKey {
  const byKey = new Map<string, PlacedRubric[]>();
  for (const placed of rubrics) {
    const key = keyOf(placed.rubric.question);
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [placed]);
    else others.push(placed);
  }
  return byKey;
}

function claimsOn({ id, textHash: hash }: Question, byKey: ByKey): readonly PlacedRubric[] {
  return [...(byKey.get(id) ?? []), ...(byKey.get(hash) ?? [])];
}

/** An id, or a hash; no id is a hash, which has a colon. */
function keyOf(question: PlacedRubric["rubric"]["question"]): string {
  return "id" in question ? question.id : textHash(question.match);
}
