import { z } from "zod";
import { contentTermsOf } from "../lexical/lexical-terms.ts";

/** What a rubric is drafted from. */
export const rubricDraftInput = z.strictObject({
  question: z.string(),
  /** The bank's answer, as markdown. */
  reference: z.string(),
  /** What a listener must hear, where that was worked out before. */
  key_points: z.array(z.string()),
});
export type RubricDraftInput = z.infer<typeof rubricDraftInput>;

/** How much a criterion or a mistake counts. Code makes points of it. */
export const DRAFT_WEIGHTS = ["minor", "normal", "major"] as const;
export type DraftWeight = (typeof DRAFT_WEIGHTS)[number];

const name = z.string().describe("Two or three lower-case words, different for each.");

/** Of a list, so many items may count. */
export const MOST_ITEMS = 12;

const criterion = z.strictObject({
  basis: z.string().describe("The words of the reference that bear this out, copied from it, at most 40 words."),
  name,
  text: z.string().describe("One claim, as the grader is to look for it, at most 25 words, without `and`."),
  weight: z.enum(DRAFT_WEIGHTS),
  full: z.string().describe("What an answer says that meets it in full, at most 25 words."),
  partial: z
    .string()
    .describe("What a recognisable lesser answer says, at most 25 words; empty if it is met or not met."),
  none: z.string().describe("What an answer without credit says or leaves out, at most 20 words."),
  accepts: z.array(z.string()).max(6).describe("Other wordings and equivalent examples that earn full credit."),
  rejects: z.array(z.string()).max(4).describe("Near misses that sound right and earn no credit here; mostly empty."),
  items: z
    .array(z.string())
    .max(MOST_ITEMS)
    .describe("If it asks to name several of a list: the things that count, one each, each in few words. Else empty."),
});
export type DraftedCriterion = z.infer<typeof criterion>;

const mistake = z.strictObject({
  basis: z.string().describe("The words of the reference that show the claim to be wrong, copied from it."),
  name,
  text: z.string().describe("The wrong claim, as an answer would make it, at most 20 words."),
  weight: z.enum(["minor", "normal"]),
  accepts: z.array(z.string()).max(4).describe("Other wordings of the same wrong claim."),
});
export type DraftedMistake = z.infer<typeof mistake>;

const reply = z.strictObject({
  obstacle: z.string().describe("Why no rubric can be drafted from this reference; empty otherwise."),
  parts: z.array(z.string()).max(5).describe("What the question asks, part by part, at most 15 words each."),
  criteria: z.array(criterion).max(8).describe("3 to 7 criteria in the order of the question's parts."),
  mistakes: z.array(mistake).max(3).describe("Wrong claims that do harm if acted upon; mostly empty."),
  guidelines: z.string().describe("To the grader: what to be lenient in, what earns nothing here; at most 60 words."),
});
export type RubricDraftReply = z.infer<typeof reply>;

/** A basis may leave out or repair a little; this share of its words must stand in the reference. */
const BORNE_OUT = 0.8;

/** The schema of a draft from this reference: every criterion rests on words that stand there. */
export function rubricDraftReply({ reference }: Pick<RubricDraftInput, "reference">): z.ZodType<RubricDraftReply> {
  const held = new Set(contentTermsOf(reference));
  return reply.superRefine(({ obstacle, criteria, mistakes }, context) => {
    if (obstacle.trim() === "" && criteria.length === 0) {
      context.addIssue({ code: "custom", message: "there is neither a criterion nor an obstacle", path: ["criteria"] });
    }
    for (const [key, entries] of Object.entries({ criteria, mistakes })) {
      for (const [place, { basis }] of entries.entries()) {
        if (!isBorneOut(basis, held)) {
          const message = "the basis does not stand in the reference; copy it from there or drop the entry";
          context.addIssue({ code: "custom", message, path: [key, place, "basis"] });
        }
      }
    }
  });
}

/** @param held content terms of the reference. */
export function isBorneOut(basis: string, held: ReadonlySet<string>): boolean {
  const terms = contentTermsOf(basis);
  return terms.length > 0 && terms.filter((term) => held.has(term)).length >= terms.length * BORNE_OUT;
}
