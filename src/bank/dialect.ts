import { z } from "zod";
import { SPACINGS } from "./spacing.ts";

const pattern = z.string().min(1).max(8000);
/** One pattern or several alternatives. */
export const patterns = z.union([pattern.transform((one) => [one]), z.array(pattern)]);

const question = z.strictObject({
  /** Named groups: `q` the text, `n` the number, `a` an answer on the same line (last in the line). */
  start: pattern.optional(),
  /** Where the text stands: on the start line, there or in the bold paragraph below, in the body, outside the text. */
  text: z
    .union([z.enum(["inline", "nextBold", "body", "filename"]), z.templateLiteral(["frontmatter:", z.string().min(1)])])
    .default("inline"),
  /** The text goes on over lines until this matches, at most to `untilWithin`. */
  until: pattern.optional(),
  untilWithin: z.enum(["paragraph", "block"]).default("block"),
  /** Lines right below the start that belong to the text, such as follow-up bullets. */
  continue: pattern.optional(),
  /** Ends the question's block, at the place of the match. */
  end: patterns.default([]),
  /** Only a start with an answer marker before the next start is a question. */
  requireAnswer: z.boolean().default(false),
  /** Only a start with choices before the next start is a question. */
  requireChoices: z.boolean().default(false),
  /** Only a start whose text reads like a question is one. */
  requireQuestion: z.boolean().default(false),
  /** `main`: only headings of the level that most questions of the file have. */
  level: z.enum(["any", "main"]).default("any"),
  /** A list item that is indented no more than the question's ends the block. */
  siblingEnd: z.boolean().default(false),
  /** Which later heading ends the block, by its rank. */
  headingEnd: z.enum(["higher", "same", "never"]).default("higher"),
});

const answer = z.strictObject({
  /** The marker before an answer; with a group `a`, the marker ends where the group starts. */
  start: pattern.optional(),
  /** Wrapper lines right below the marker that are part of it, such as `<p>`. */
  open: pattern.optional(),
  /** Ends the answer: sources, footers. */
  end: patterns.default([]),
  required: z.boolean().default(false),
});

const unfilled = z.strictObject({
  /** Lines that stand for a missing answer. Added to the built-in ones. */
  placeholder: patterns.default([]),
  /** Lines that are no answer: rules, wrappers, links back to the top. Added to the built-in ones. */
  ignore: patterns.default([]),
  /** A last line that marks an answer as unfinished. Added to the built-in ones. */
  partial: patterns.default([]),
});

const write = z.strictObject({
  /** `copy`: the marker most questions of the file have; `none`; or the marker's text. */
  marker: z.string().default("copy"),
  /** `item`: answers are indented to the content of the list item that the question is. */
  indent: z.enum(["none", "item"]).default("none"),
  /** `copy`: as the other answers of the file stand to their markers. */
  spacing: z.enum(["copy", ...SPACINGS]).default("copy"),
});

/**
 * A layout of questions and answers, as data. Patterns are JavaScript regular expressions, matched without regard to
 * case against single lines outside code, comments and front matter.
 */
export const dialectSchema = z.strictObject({
  kind: z.enum(["line", "file"]).default("line"),
  question: question.prefault({}),
  /** Questions are looked for only between lines that match; each may repeat. */
  scope: z.strictObject({ start: pattern.optional(), end: pattern.optional() }).prefault({}),
  answer: answer.prefault({}),
  unfilled: unfilled.prefault({}),
  /** A line with one choice of several; a group `box` holds `x` where it is ticked. */
  choices: pattern.optional(),
  /** Questions left empty on purpose: patterns of their text, or ids. */
  personal: patterns.default([]),
  /** Lines between question and answer that say something about the question. */
  meta: patterns.default([]),
  /** Marks inside the text, such as `[E]`; they become tags. */
  mark: patterns.default([]),
  /** A line that says the file is generated. */
  generated: patterns.default([]),
  write: write.prefault({}),
});

export type Dialect = z.output<typeof dialectSchema>;
/** A dialect as written by a person: everything with a default may be left out. */
export type DialectInput = z.input<typeof dialectSchema>;
