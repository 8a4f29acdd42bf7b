import { z } from "zod";

// What the prompts are rendered from and what the offline provider reads. No path, number or file order is in it: the same
// question with the same notes is the same request wherever it stands.

const passage = z.strictObject({
  id: z.string(),
  /** A section of a note, or the bank's answer to another question, which is then its heading. */
  kind: z.enum(["source", "answer"]),
  heading: z.string(),
  text: z.string(),
});

/** What a draft should look like, as far as a model needs to know; see `style-guide.ts`. */
export const styleInput = z.strictObject({
  /** The house style in words, the owner's own words last; "" where nothing is known. */
  description: z.string(),
  /** Words of an answer: few are shorter than `words_low` or longer than `words_high`. */
  words_low: z.int().positive(),
  words_typical: z.int().positive(),
  words_high: z.int().positive(),
  /** The highest heading level an answer may use, 2 to 6. */
  heading_level: z.int().min(1).max(6),
});
export type StyleInput = z.infer<typeof styleInput>;

const asked = {
  question: z.string(),
  /** The question with lost blanks put back by rule: a hint, not a fact. */
  reading: z.string(),
  /** What stands below the question and belongs to it, such as a program or choices; "" for nothing. */
  body: z.string(),
  /** Headings above the question, outermost first. */
  topic: z.array(z.string()),
  style: styleInput,
  passages: z.array(passage),
  /** What a reviewer said of an earlier draft; "" for a first one. */
  note: z.string(),
};

export const draftInput = z.strictObject(asked);
export type DraftInput = z.infer<typeof draftInput>;

export const critiqueInput = z.strictObject({ ...asked, answer: z.string() });
export type CritiqueInput = z.infer<typeof critiqueInput>;

export const reviseInput = z.strictObject({
  ...asked,
  answer: z.string(),
  findings: z.array(
    z.strictObject({ number: z.int(), kind: z.string(), quote: z.string(), problem: z.string(), fix: z.string() }),
  ),
});
export type ReviseInput = z.infer<typeof reviseInput>;
