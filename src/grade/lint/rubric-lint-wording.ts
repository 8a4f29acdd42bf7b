import { wordsOf } from "../../core/terms.ts";
import { jointOfClaims } from "../rubric/rubric-claims.ts";
import { flawsOfCriteria, type RubricFlaw } from "../rubric/rubric-findings.ts";
import { repeatsIn } from "../rubric/rubric-repeats.ts";
import type { Criterion, Rubric } from "../rubric/rubric.ts";

/** Words that say how good something is and not what it is. */
const VAGUE_WORDS = new Set(
  (
    "good adequate adequately appropriate appropriately sufficient sufficiently reasonable reasonably satisfactory " +
    "excellent decent thorough thoroughly understanding understands"
  ).split(" "),
);

/** Whether a judge can tell from the words what is meant, and is told everything once and in one way. */
export function wordingFlaws(rubric: Rubric): readonly RubricFlaw[] {
  const look = [claimFlaws, descriptorFlaws, anchorFlaws, alternativeFlaws];
  return [
    ...flawsOfCriteria(rubric, (criterion) => look.flatMap((rule) => rule(criterion))),
    ...sameCriteria(rubric),
    ...precedentFlaws(rubric),
  ];
}

function claimFlaws({ text }: Criterion): readonly RubricFlaw[] {
  const joint = jointOfClaims(text);
  const word = wordsOf(text).find((each) => VAGUE_WORDS.has(each));
  const flaws: RubricFlaw[] = [];
  if (joint !== undefined) flaws.push({ code: "two-claims", at: ["text"], arguments: { joint } });
  if (word !== undefined) flaws.push({ code: "vague-wording", at: ["text"], arguments: { word } });
  return flaws;
}

/** Of more than two levels, those that earn or cost something need words; met or not met is said by the criterion. */
function descriptorFlaws({ kind, levels }: Criterion): readonly RubricFlaw[] {
  const at = ["levels"];
  const isDescribed = kind === "levels" || (kind === "penalty" && levels.some(({ descriptor }) => descriptor !== ""));
  const empty = levels.filter(({ points, descriptor }) => isDescribed && points !== 0 && descriptor === "");
  return [
    ...empty.map(({ id }): RubricFlaw => ({ code: "empty-descriptor", at, arguments: { level: id } })),
    ...repeatsIn(levels, ({ descriptor }) => keyOf(descriptor)).map(({ first, again }): RubricFlaw => ({
      code: "repeated-descriptor",
      at,
      arguments: { levels: [first.id, again.id] },
    })),
  ];
}

function anchorFlaws({ levels }: Criterion): readonly RubricFlaw[] {
  const anchors = levels.flatMap(({ id, anchors: own }) => own.map((text) => ({ id, text })));
  return repeatsIn(anchors, ({ text }) => keyOf(text))
    .filter(({ first, again }) => first.id !== again.id)
    .map(({ first, again }) => ({
      code: "contradicting-anchors",
      at: ["levels"],
      arguments: { levels: [first.id, again.id] },
    }));
}

function alternativeFlaws({ accepts, rejects }: Criterion): readonly RubricFlaw[] {
  const all = [...accepts, ...rejects];
  return repeatsIn(all, keyOf).map(({ firstPlace, again: text, place }) => {
    const isContradiction = firstPlace < accepts.length && place >= accepts.length;
    const at = [place < accepts.length ? "accepts" : "rejects"];
    return { code: isContradiction ? "accepts-and-rejects" : "repeated-wording", at, arguments: { text } };
  });
}

function sameCriteria({ criteria }: Rubric): readonly RubricFlaw[] {
  return repeatsIn(criteria, ({ text }) => keyOf(text)).map(({ first, again, place }) => ({
    code: "repeated-criterion",
    criterion: again.id,
    at: ["criteria", place, "text"],
    arguments: { other: first.id },
  }));
}

function precedentFlaws({ precedents }: Rubric): readonly RubricFlaw[] {
  return repeatsIn(precedents, ({ criterion, answer }) => `${criterion} ${keyOf(answer) ?? ""}`)
    .filter(({ first, again }) => first.level !== again.level)
    .map(({ firstPlace, again, place }) => ({
      code: "contradicting-precedents",
      criterion: again.criterion,
      at: ["precedents", place],
      arguments: { other: firstPlace },
    }));
}

/** But for case and blanks; signs count, since `a < b` is not `a > b`. Empty texts have no key. */
function keyOf(text: string): string | undefined {
  const key = text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
  return key === "" ? undefined : key;
}
