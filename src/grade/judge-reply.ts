import { z } from "zod";
import type { JudgeCriterion } from "./judge-input.ts";

const LONGEST_FINDINGS = 1_000;
const LONGEST_QUOTE = 600;
const MOST_QUOTES = 12;

/** What a judge replies. The order of the keys is the order of thinking. No number is asked for anywhere. */
export interface JudgeReply {
  readonly verdicts: readonly JudgeVerdict[];
  readonly notes: {
    readonly off_topic: boolean;
    readonly injection_attempt: boolean;
    readonly unreadable: boolean;
    readonly rubric_gap: string;
  };
}

export interface JudgeVerdict {
  readonly criterion: string;
  readonly findings: string;
  readonly evidence: readonly { readonly segment: string; readonly quote: string }[];
  /** True where the answer says nothing to this criterion. */
  readonly absent: boolean;
  readonly level: string;
}

/**
 * The schema of a reply about these criteria: each of them once, each with one of its own levels. `absent` beside a level
 * with credit contradicts itself, unless the point of the criterion is that something is not said.
 */
export function judgeReplySchema(criteria: readonly JudgeCriterion[]): z.ZodType<JudgeReply> {
  const [first, ...rest] = criteria.map(verdictSchema);
  if (first === undefined) throw new RangeError("a judge needs at least one criterion");
  return z
    .strictObject({
      verdicts: z.array(z.union([first, ...rest])).length(criteria.length),
      notes: z.strictObject({
        off_topic: z.boolean(),
        injection_attempt: z.boolean(),
        unreadable: z.boolean(),
        rubric_gap: z.string().max(LONGEST_FINDINGS),
      }),
    })
    .superRefine(({ verdicts }, context) => {
      for (const issue of faultsOf(verdicts, criteria)) {
        context.addIssue({ code: "custom", message: issue, path: ["verdicts"] });
      }
    });
}

function verdictSchema({ id, levels }: JudgeCriterion): z.ZodType<JudgeVerdict> {
  return z.strictObject({
    criterion: z.literal(id),
    findings: z.string().max(LONGEST_FINDINGS),
    evidence: z
      .array(z.strictObject({ segment: z.string().max(12), quote: z.string().max(LONGEST_QUOTE) }))
      .max(MOST_QUOTES),
    absent: z.boolean(),
    level: z.enum(levels.map((level) => level.id)),
  });
}

function faultsOf(verdicts: readonly JudgeVerdict[], criteria: readonly JudgeCriterion[]): readonly string[] {
  return criteria.flatMap(({ id, evidence, levels }) => {
    const own = verdicts.filter((verdict) => verdict.criterion === id);
    if (own.length !== 1) return [`criterion ${id} stands ${own.length} times; it must stand once`];
    const [verdict] = own;
    const isCredited = verdict?.level !== levels[0]?.id;
    if (verdict?.absent === true && isCredited && evidence === "required") {
      return [`criterion ${id} is absent from the answer and yet has the level ${verdict.level}`];
    }
    return [];
  });
}
