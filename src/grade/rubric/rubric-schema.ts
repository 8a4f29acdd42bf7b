import { z } from "zod";
import { isSafeName } from "../../core/ids.ts";
import { exact, type Thousandths, thousandths } from "./points.ts";
import { CRITERION_KINDS, EVIDENCE_POLICIES } from "./rubric.ts";
import { plainText } from "./rubric-text.ts";

// A rubric as people write it, in YAML, JSON or a markdown table. Scalars may come as strings or as numbers: what matters is
// how they read.

const MOST_CRITERIA = 60;
const MOST_LEVELS = 12;
/** A judge can quote so many places for one criterion. */
const MOST_COUNTED = 12;
const DECIMAL = /^[+-]?(?:\d{1,7}(?:\.\d{0,12})?|\.\d{1,12})$/;

const mustBe = (what: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? "is missing" : `must be ${what}`;

/** As {@link z.strictObject}, with words for what is no mapping. */
function mapping<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, { error: mustBe("keys and values") });
}

const text = z
  .union([z.string(), z.number(), z.boolean()], { error: mustBe("text") })
  .transform((value) => plainText(String(value)));
const filled = text.refine((value) => value !== "", "is empty");
const texts = z
  .union([text.transform((one) => [one]), z.array(text)], { error: mustBe("a text or a list of texts") })
  .transform((all) => all.filter((one) => one !== ""));

const NAME_RULE = "must be a name of lower-case letters, digits, dots, dashes and underscores, 64 at most";
const safeName = text.refine(isSafeName, NAME_RULE);
const questionName = text.refine(isSafeName, `${NAME_RULE}; the text of a question goes under match`);

const points = z
  .union([z.number(), z.string().trim().regex(DECIMAL, "must be a number")], { error: mustBe("a number") })
  .transform((value, context): Thousandths => {
    try {
      return thousandths(Number(value));
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : "must be a number");
      return z.NEVER;
    }
  });
const notNegative = points.refine((value) => value >= 0, "must not be negative");
const positive = points.refine((value) => value > 0, "must be more than 0");
const countOfItems = points.refine(
  (value) => value > 0 && value % 1000 === 0 && value <= MOST_COUNTED * 1000,
  `must be a whole number from 1 to ${MOST_COUNTED}`,
);

const writtenLevel = mapping({
  id: safeName.optional(),
  points,
  text: text.default(""),
  anchors: texts.default([]),
});

const required = z
  .union([z.stringbool(), z.boolean(), z.strictObject({ cap: notNegative })], {
    error: mustBe("true or { cap: points }"),
  })
  .transform((value) => (typeof value === "boolean" ? (value ? exact(0) : undefined) : value.cap));

export const writtenCriterion = mapping({
  id: safeName,
  text: filled,
  kind: z.enum(CRITERION_KINDS, { error: mustBe(`one of ${CRITERION_KINDS.join(", ")}`) }).optional(),
  points: points.optional(),
  levels: z
    .array(writtenLevel, { error: mustBe("a list of levels") })
    .min(1, "is empty")
    .max(MOST_LEVELS)
    .optional(),
  per_item: points.optional(),
  at_most: countOfItems.transform((value) => value / 1000).optional(),
  evidence: z.enum(EVIDENCE_POLICIES, { error: mustBe(`one of ${EVIDENCE_POLICIES.join(", ")}`) }).default("required"),
  group: safeName.optional(),
  required: required.optional(),
  accepts: texts.default([]),
  rejects: texts.default([]),
});
export type WrittenCriterion = z.infer<typeof writtenCriterion>;

/** A thousandth, which rounds nothing: the step of a scale that gives none. */
export const FINEST_STEP = exact(1);

const writtenScale = mapping({
  max: positive.optional(),
  step: positive.default(FINEST_STEP),
  floor: points.default(exact(0)),
  pass: points.optional(),
  penalty_limit: points.refine((value) => value <= 0, "must be negative, as penalties are").optional(),
});

const group = mapping({
  id: safeName,
  kind: z.enum(["one-of", "many-of"], { error: mustBe("one-of or many-of") }),
  cap: notNegative.optional(),
});

const precedent = mapping({
  answer: filled,
  criterion: safeName,
  level: safeName.optional(),
  points: points.optional(),
  note: text.default(""),
});

/** The version of this format; a file may leave it out. */
export const formatVersion = z.union([z.literal(1), z.literal("1")], { error: mustBe("1, the version of the format") });

/** The shape of one rubric in a file. What its parts mean together is for the reader. */
export const writtenRubric = mapping({
  rubric: formatVersion.optional(),
  id: safeName.optional(),
  question: questionName.optional(),
  match: filled.optional(),
  scale: writtenScale.prefault({}),
  guidelines: text.default(""),
  reference: filled.default("bank"),
  criteria: z
    .array(writtenCriterion, { error: mustBe("a list of criteria") })
    .min(1, "is empty")
    .max(MOST_CRITERIA),
  groups: z.array(group, { error: mustBe("a list of groups") }).default([]),
  precedents: z.array(precedent, { error: mustBe("a list of precedents") }).default([]),
});
export type WrittenRubric = z.infer<typeof writtenRubric>;
