import { z } from "zod";

// Every field is required, arrays are bounded, and the order is the order of thinking: first what is asked, then the plan,
// then the answer, then an honest look back. Lengths of strings are asked for in words and checked by `lint.ts`, since
// not every endpoint accepts them in a schema.

const restored = z
  .string()
  .describe(
    "The question as understood: the same letters and digits in the same order, only lost blanks (and punctuation) put back.",
  );
const keyPoints = z
  .array(z.string().describe("One complete statement of at most 25 words."))
  .max(8)
  .describe("3 to 6 points a listener must hear; each one is made in the answer.");
const answer = z.string().describe("The answer as markdown and nothing else: no question, no marker, no preamble.");
const cited = z
  .array(z.string().describe("Id of a supplied passage, such as P1."))
  .max(12)
  .describe("Passages whose content the answer rests on; empty if none was used.");
const doubts = z
  .array(z.string().describe("What a reviewer should check, in one sentence of at most 30 words."))
  .max(6)
  .describe("Statements of the answer you are not sure of; empty if there is none.");
const confidence = z
  .number()
  .min(0)
  .max(1)
  .describe("Probability that an expert finds nothing wrong and nothing important missing.");

/** What the draft prompt must return. */
export const draftReply = z.strictObject({
  question_restored: restored,
  assumptions: z
    .array(z.string().describe("One sentence of at most 25 words."))
    .max(4)
    .describe("How an ambiguous question was read; empty if it is clear."),
  plan: z
    .string()
    .describe(
      "At most 60 words: what kind of question this is, what the first sentence says, which parts and example follow.",
    ),
  key_points: keyPoints,
  answer,
  sources_cited: cited,
  doubts,
  confidence,
});
export type DraftReply = z.infer<typeof draftReply>;

export const FINDING_KINDS = [
  "wrong-claim",
  "missing-key-point",
  "unsupported-claim",
  "off-question",
  "unclear",
  "broken-code",
  "style",
] as const;
export const FINDING_SEVERITIES = ["blocker", "major", "minor"] as const;

const finding = z.strictObject({
  kind: z.enum(FINDING_KINDS),
  quote: z
    .string()
    .describe("Words copied exactly from the answer, at most 25; empty only for missing-key-point and off-question."),
  problem: z.string().describe("What is wrong and why, in at most 40 words."),
  fix: z.string().describe("The correct statement, or what to add or remove, in at most 50 words."),
  severity: z.enum(FINDING_SEVERITIES),
});
export type CritiqueFinding = z.infer<typeof finding>;

/** What the critique prompt must return. */
export const critiqueReply = z.strictObject({
  expected: z
    .array(z.string().describe("One statement of at most 25 words."))
    .max(6)
    .describe("What an expert would say to this question, worked out before looking for faults."),
  findings: z.array(finding).max(6).describe("Real faults, worst first; empty if there is none."),
  verdict: z.enum(["pass", "revise", "reject"]),
});
export type CritiqueReply = z.infer<typeof critiqueReply>;

const response = z.strictObject({
  finding: z.int().min(1).max(20).describe("Number of the finding."),
  action: z.enum(["fixed", "declined"]),
  reason: z.string().describe("What was changed, or why the finding is mistaken, in at most 30 words."),
});

/** What the revise prompt must return. */
export const reviseReply = z.strictObject({
  responses: z.array(response).max(20).describe("One entry for every finding."),
  key_points: keyPoints,
  answer: z.string().describe("The whole answer after the changes, as markdown and nothing else."),
  sources_cited: cited,
  doubts,
  confidence,
});
export type ReviseReply = z.infer<typeof reviseReply>;
