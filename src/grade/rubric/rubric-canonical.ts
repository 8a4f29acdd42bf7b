import { z } from "zod";
import { isSafeName } from "../../core/ids.ts";
import { exact } from "./points.ts";
import { contractFlaws } from "./rubric-contract.ts";
import { messageOfFlaw } from "./rubric-messages.ts";
import { CRITERION_KINDS, EVIDENCE_POLICIES, type Rubric } from "./rubric.ts";

const name = z.string().refine(isSafeName, "not a safe name");
const points = z.int().transform(exact);
const limit = points.optional();

const scale = z.strictObject({
  max: z.int().positive().transform(exact),
  step: z.int().positive().transform(exact),
  floor: points,
  pass: limit,
  penaltyLimit: z.int().max(0).transform(exact).optional(),
});

const criterion = z.strictObject({
  id: name,
  text: z.string(),
  kind: z.enum(CRITERION_KINDS),
  evidence: z.enum(EVIDENCE_POLICIES),
  levels: z.array(z.strictObject({ id: name, points, descriptor: z.string(), anchors: z.array(z.string()) })).min(1),
  group: name.optional(),
  capWithout: limit,
  accepts: z.array(z.string()),
  rejects: z.array(z.string()),
});

/** A {@link Rubric} as JSON, as records keep it: what is read back keeps the whole contract of a rubric. */
export const canonicalRubric: z.ZodType<Rubric> = z
  .strictObject({
    id: name,
    question: z.union([z.strictObject({ id: z.string() }), z.strictObject({ match: z.string() })]),
    scale,
    guidelines: z.string(),
    reference: z.discriminatedUnion("from", [
      z.strictObject({ from: z.literal("bank") }),
      z.strictObject({ from: z.literal("rubric"), text: z.string() }),
    ]),
    criteria: z.array(criterion).min(1),
    groups: z.array(
      z.strictObject({
        id: name,
        kind: z.enum(["one-of", "many-of"]),
        cap: z.int().min(0).transform(exact).optional(),
      }),
    ),
    precedents: z.array(
      z.strictObject({ answer: z.string(), criterion: z.string(), level: z.string(), note: z.string() }),
    ),
  })
  .superRefine((rubric, context) => {
    for (const flaw of contractFlaws(rubric)) {
      context.addIssue({ code: "custom", path: [...flaw.at], message: messageOfFlaw(flaw) });
    }
  });
