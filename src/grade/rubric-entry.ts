import { textHash } from "../bank/question-hash.ts";
import type { Thousandths } from "./points.ts";
import { contractFlaws } from "./rubric-contract.ts";
import { toCriterion } from "./rubric-levels.ts";
import type { DocumentPath } from "./rubric-lines.ts";
import { messageOfFlaw } from "./rubric-messages.ts";
import { unboundedReach } from "./rubric-reach.ts";
import { type WrittenRubric, writtenRubric } from "./rubric-schema.ts";
import type { Precedent, Rubric, Scale } from "./rubric.ts";

/** One rubric in a file, read into its canonical form; its issues say where in the file something is wrong. */
export const rubricEntry = writtenRubric.transform((written, context): Rubric => {
  let isWhole = true;
  const onFault = (at: DocumentPath, message: string): void => {
    isWhole = false;
    context.addIssue({ code: "custom", path: [...at], message });
  };
  const rubric = toRubric(written, onFault);
  // What does not fit together is told first; what follows from it would only confuse.
  if (isWhole) for (const flaw of contractFlaws(rubric)) onFault(flaw.at, messageOfFlaw(flaw));
  return rubric;
});

type OnFault = (at: DocumentPath, message: string) => void;

function toRubric(written: WrittenRubric, onFault: OnFault): Rubric {
  const question = questionOf(written, onFault);
  const criteria = written.criteria.map((criterion, place) =>
    toCriterion(criterion, (key, message) => onFault(["criteria", place, key], message)),
  );
  const { reference, guidelines, groups } = written;
  const rubric = {
    id: written.id ?? defaultRubricId(question),
    question,
    guidelines,
    reference: reference === "bank" ? ({ from: "bank" } as const) : ({ from: "rubric", text: reference } as const),
    criteria,
    groups,
    precedents: written.precedents.map((precedent, place) =>
      toPrecedent(precedent, criteria, (message) => onFault(["precedents", place], message)),
    ),
    scale: scaleOf(written),
  };
  return { ...rubric, scale: { ...rubric.scale, max: written.scale.max ?? bestOf(rubric, onFault) } };
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

function scaleOf({ scale }: WrittenRubric): Omit<Scale, "max"> {
  const { step, floor, pass, penalty_limit: penaltyLimit } = scale;
  return { step, floor, pass, penaltyLimit };
}

/** Where no maximum is given it is the most that the criteria can come to. */
function bestOf(rubric: Parameters<typeof unboundedReach>[0], onFault: OnFault): Thousandths {
  const { best } = unboundedReach(rubric);
  if (best <= 0) onFault(["scale", "max"], "is missing, and no criterion gives credit");
  return best;
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
