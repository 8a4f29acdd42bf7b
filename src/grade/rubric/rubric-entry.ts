import { textHash } from "../../bank/question-hash.ts";
import { contractFlaws } from "./rubric-contract.ts";
import { toCriterion } from "./rubric-levels.ts";
import type { DocumentPath } from "./rubric-lines.ts";
import { messageOfFlaw } from "./rubric-messages.ts";
import { UNBOUNDED, unboundedReach } from "./rubric-reach.ts";
import { type WrittenRubric, writtenRubric } from "./rubric-schema.ts";
import type { Precedent, Rubric } from "./rubric.ts";

/** One rubric in a file, read into its canonical form; its issues say where in the file something is wrong. */
export const rubricEntry = writtenRubric.transform((written, context): Rubric => {
  let isWhole = true;
  const onFault = (at: DocumentPath, message: string): void => {
    isWhole = false;
    context.addIssue({ code: "custom", path: [...at], message });
  };
  const tellFlaws = (rubric: Rubric): void => {
    for (const flaw of contractFlaws(rubric)) onFault(flaw.at, messageOfFlaw(flaw));
  };
  const rubric = toRubric(written, onFault);
  // What does not fit together is told first; what follows from it would only confuse.
  if (isWhole) tellFlaws(rubric);
  if (!isWhole || written.scale.max !== undefined) return rubric;
  const { best: max } = unboundedReach(rubric);
  const bounded = { ...rubric, scale: { ...rubric.scale, max } };
  if (max > 0) tellFlaws(bounded);
  else onFault(["scale", "max"], "is missing, and no criterion gives credit");
  return bounded;
});

type OnFault = (at: DocumentPath, message: string) => void;

/** Without a maximum in the file there is none yet: it depends on what the whole comes to. */
function toRubric(written: WrittenRubric, onFault: OnFault): Rubric {
  const { id, reference, guidelines, groups, scale } = written;
  const question = questionOf(written, onFault);
  const criteria = written.criteria.map((criterion, place) =>
    toCriterion(criterion, (key, message) => onFault(["criteria", place, key], message)),
  );
  const precedents = written.precedents.map((precedent, place) =>
    toPrecedent(precedent, criteria, (message) => onFault(["precedents", place], message)),
  );
  const { max = UNBOUNDED, step, floor, pass, penalty_limit: penaltyLimit } = scale;
  return {
    id: id ?? defaultRubricId(question),
    question,
    scale: { max, step, floor, pass, penaltyLimit },
    guidelines,
    reference: reference === "bank" ? { from: "bank" } : { from: "rubric", text: reference },
    criteria,
    groups,
    precedents,
  };
}

function questionOf({ question: id, match }: WrittenRubric, onFault: OnFault): Rubric["question"] {
  if (id !== undefined && match !== undefined) onFault(["match"], "stands beside question; give one of them");
  if (id !== undefined) return { id };
  if (match === undefined) onFault(["question"], "is missing: the id of a question, or its text under match");
  return { match: match ?? "" };
}

/** The id of a rubric that has none of its own: that of its question, which a bank makes of the question's text. */
export function defaultRubricId(question: Rubric["question"]): string {
  if ("id" in question) return question.id;
  const digits = textHash(question.match).slice("sha256:".length);
  return `q-${digits.slice(0, 12)}`;
}

function toPrecedent(
  { answer, criterion: id, level, points, note }: WrittenRubric["precedents"][number],
  criteria: Rubric["criteria"],
  onFault: (message: string) => void,
): Precedent {
  if ((level === undefined) === (points === undefined)) onFault("needs either level or points");
  const criterion = criteria.find((each) => each.id === id);
  const found = criterion?.levels.find((each) => each.points === points);
  if (points !== undefined && criterion !== undefined && found === undefined) {
    onFault(`${id} has no level of so many points`);
  }
  return { answer, criterion: id, level: level ?? found?.id ?? "", note };
}
