// What the yardsticks ask for: the prompts of `fill` and of `grade` with replies of the same shape, as a script of twenty lines
// would put them.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { ANSWERED, CRITERIA, said } from "./synthetic-answers.mjs";

/** The text of a prompt between its two headings. */
function systemOf(prompt) {
  const text = readFileSync(resolve(import.meta.dirname, `../../prompts/${prompt}.md`), "utf8");
  return text.slice(text.indexOf("# System") + "# System".length, text.indexOf("# User")).trim();
}

const draft = z.object({
  question_restored: z.string(),
  assumptions: z.array(z.string()),
  plan: z.string(),
  key_points: z.array(z.string()),
  answer: z.string(),
  sources_cited: z.array(z.string()),
  doubts: z.array(z.string()),
  confidence: z.number(),
});

const verdict = z.object({
  findings: z.string(),
  evidence: z.array(z.object({ segment: z.string(), quote: z.string() })),
  absent: z.boolean(),
  level: z.enum(["none", "part", "full"]),
});
const marks = z.object({
  verdicts: z.object(Object.fromEntries(CRITERIA.map((number) => [`c${number}`, verdict]))),
  notes: z.object({
    off_topic: z.boolean(),
    injection_attempt: z.boolean(),
    unreadable: z.boolean(),
    rubric_gap: z.string(),
  }),
});

function answerToMark(index) {
  const { topic, text } = ANSWERED[index % ANSWERED.length];
  const criteria = CRITERIA.map((number) => ({
    id: `c${number}`,
    text: `States fact ${number} about ${topic} under load`,
  }));
  const segments = said(topic, index)
    .split(/(?<=\.) /)
    .map((sentence, at) => ({ id: `s${at + 1}`, text: sentence }));
  return `Criteria: ${JSON.stringify(criteria)}\nQuestion: ${text}\nAnswer: ${JSON.stringify(segments)}`;
}

/** By job: what stands in every request, what in each, and the reply. */
export const ASKED = {
  fill: {
    instructions: systemOf("draft"),
    input: (index) => `What does mechanism ${index} do, and where does it fail?`,
    schema: draft,
  },
  grade: { instructions: systemOf("grade"), input: answerToMark, schema: marks },
};
