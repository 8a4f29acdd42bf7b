import { type CompiledDialect, compileDialect } from "./compile-dialect.ts";
import { type DialectInput, dialectSchema } from "./dialect.ts";
import { QUESTION_WORD } from "./label-words.ts";
import {
  ANSWER_MARKER,
  ANSWER_OR_LETTER_MARKER,
  CHOICE_LINE,
  INDEX_ENTRY,
  NO_QUESTION_SUMMARY,
} from "./shared-patterns.ts";

const SOURCES = "^\\s*#{4,6}\\s+(?:Sources?|References?|Good to hear|Additional links?|Further reading|See also)\\b";
const HEADING = "^ {0,3}#{1,6}\\s+(?:<a\\s[^<>]{0,80}>(?:</a>)?\\s?)?(?:\\*\\*|__)?";
const END_OF_DETAILS = "</details>";
const withAnswer = { start: ANSWER_MARKER, open: "^\\s*<p>\\s*$", end: [END_OF_DETAILS, SOURCES] };
const withAnswerOrLetter = { ...withAnswer, start: ANSWER_OR_LETTER_MARKER };

/** The layouts known without configuration. Every one is data for the same engine. */
const BUILT_IN: Readonly<Record<string, DialectInput>> = {
  // ## Question 7: text, or the text in bold below
  headed: {
    question: {
      start: `${HEADING}(?:${QUESTION_WORD}|Q(?=\\s?#?\\d+[\\s:.#*]*$))\\s*(?:#\\s*)?(?:(?<n>\\d+[a-z]?)(?![\\w])\\s*\\\\?[:：.)、．–—-]*|[:：–—-]|(?=[\\s#]*$))\\s*(?<q>.*)$`,
      text: "nextBold",
    },
    answer: withAnswer,
    choices: CHOICE_LINE,
  },
  // ### Q7. text, ## Q. text
  "q-heading": {
    question: {
      start: `${HEADING}Q(?:(?:uestion)?(?:\\.(?=\\d)|#\\s?|\\s?)(?<n>\\d+(?:\\.?[a-z](?![\\w]))?)(?:\\s*\\\\?[.:：)、．–—-]{1,3}|(?=\\s))|\\s*[.:：)–—-])\\s*(?<q>\\S.*)$`,
    },
    answer: withAnswerOrLetter,
    choices: CHOICE_LINE,
  },
  // ### 7. text
  "numbered-heading": {
    question: {
      start: `${HEADING}(?<n>\\d+)\\s*\\\\?[.):：、．）\\]-]\\s*(?!\\d)(?<q>\\S.*)$`,
      level: "main",
    },
    answer: withAnswer,
    choices: CHOICE_LINE,
  },
  // 7. ### text
  "heading-in-list": {
    question: { start: "^ {0,3}(?<n>\\d+)[.)]\\s+#{1,6}\\s+(?<q>\\S.*)$" },
    answer: withAnswer,
    choices: CHOICE_LINE,
    write: { indent: "item" },
  },
  // <details><summary>text</summary> answer </details>
  "details-summary": {
    question: {
      start: `^\\s*(?:<details[^<>]{0,80}>\\s*)?<summary[^<>]{0,80}>${NO_QUESTION_SUMMARY}(?<q>.*)$`,
      until: "</summary>",
      end: [END_OF_DETAILS],
    },
    write: { marker: "none" },
  },
  // > [!question] text, the answer in the same quote
  callout: {
    question: { start: "^\\s{0,3}(?:>\\s?){1,4}\\[!(?:question|faq|help|quiz)\\][+-]?\\s+(?<q>\\S.*)$" },
    answer: withAnswer,
    write: { marker: "none" },
  },
  // ??? question "text", the answer indented below
  admonition: {
    question: {
      start: '^\\s{0,3}(?:\\?\\?\\?\\+?|!!!)\\s+(?:question|faq|help|quiz)(?:\\s[\\w-]{1,30}){0,4}\\s+"(?<q>.*)"\\s*$',
    },
    answer: withAnswer,
    write: { marker: "none" },
  },
  // text, a line of dashes under it
  underlined: {
    question: {
      start: "^ {0,3}(?:(?<n>\\d+)[.)]\\s+)?(?<q>[^\\s#>|:=*+`~-].*)$",
      level: "main",
      requireAnswer: true,
      requireQuestion: true,
    },
    answer: { start: "^ {0,3}(?:-{4,}|={4,})\\s*$", required: true, end: [END_OF_DETAILS, SOURCES] },
    write: { spacing: "blank-line" },
  },
  // 7. text, then an answer marker
  listed: {
    question: { start: "^(?<n>\\d+)(?:[.)]\\s+|[、．）]\\s*)(?<q>[^\\s#].*)$", requireAnswer: true },
    answer: withAnswer,
    choices: CHOICE_LINE,
    write: { indent: "item" },
  },
  // 7. **text** answer
  "listed-bold": {
    question: {
      start: "^ {0,3}(?<n>\\d+)[.)]\\s+\\*\\*(?<q>[^*]{3,400})\\*\\*:?(?<a>(?:\\s.*)?)$",
      requireQuestion: true,
    },
    answer: withAnswer,
    choices: CHOICE_LINE,
    write: { indent: "item" },
  },
  // Q: text, then A: text
  "qa-lines": {
    question: {
      start: `^\\s{0,3}(?:[-*+]\\s+)?(?:\\*\\*|__)?(?:Q|${QUESTION_WORD}|问|問)\\s?(?<n>\\d+)?(?:\\s*\\\\?[.:：)、．]|\\s[–—-]\\s)(?:\\*\\*|__)?\\s*(?<q>\\S.*)$`,
      requireAnswer: true,
    },
    answer: { ...withAnswer, start: `${ANSWER_OR_LETTER_MARKER}|^\\s*A\\d{0,4}\\.(?=\\s|$)` },
    choices: CHOICE_LINE,
  },
  // **Q7: text**, **7) text.** more text
  "bold-numbered": {
    question: {
      start: `^ {0,3}\\*\\*(?:(?:Q|${QUESTION_WORD})\\.?\\s?)?(?:(?<n>\\d+)\\s*\\\\?[.:：)、．–-]|(?<=Q|Question)\\s*[.:)])\\s*(?<q>(?:[^*?]|\\?(?!\\*\\*)|\\*(?!\\*))*(?:\\?\\*\\*|.*$))(?<a>.*)$`,
      until: "\\*\\*[^\\p{L}\\p{N}]*$",
      untilWithin: "paragraph",
    },
    answer: withAnswerOrLetter,
    choices: CHOICE_LINE,
  },
  // **text?**
  "bold-question": {
    question: {
      start: "^ {0,3}\\*\\*(?<q>[^*\\s].*)$",
      until: "\\*\\*[^\\p{L}\\p{N}]*$",
      untilWithin: "paragraph",
      requireQuestion: true,
    },
    answer: withAnswer,
    choices: CHOICE_LINE,
  },
  // ### text, then - [x] choices
  choices: {
    question: {
      start: "^ {0,3}#{2,6}\\s+(?:Q?(?<n>\\d+)[.:)]\\s+)?(?<q>[^\\s#].*)$",
      level: "main",
      requireChoices: true,
    },
    answer: withAnswer,
    choices: CHOICE_LINE,
  },
  // ### text
  heading: {
    question: { start: "^ {0,3}#{2,6}\\s+(?<q>[^\\s#].*)$", level: "main" },
    answer: withAnswer,
    choices: CHOICE_LINE,
  },
  // #### title, the question below it
  "heading-body": {
    question: { start: "^ {0,3}#{2,6}\\s+(?<q>[^\\s#].*)$", level: "main", text: "body" },
    answer: withAnswer,
    write: { marker: "**Answer:**" },
  },
  // 1. [E] text, at any depth
  "graded-list": {
    question: {
      start: "^\\s{0,16}(?:\\d+[.)]|[-*+])\\s+(?=\\[(?:E|M|H|Easy|Medium|Hard)\\])(?<q>\\S.*)$",
      continue: "^\\s{2,}(?![\\s\\d*+-])\\S",
      siblingEnd: true,
    },
    answer: withAnswer,
    write: { indent: "item" },
  },
  // * text, with follow-ups one level down
  bullets: {
    question: {
      start: `^ ?(?:[-*+]|(?<n>\\d+)[.)])\\s+${INDEX_ENTRY}(?<q>\\*\\*[^*]{3,300}\\?\\s?\\*\\*(?=\\s)|[^\\s#].*$)(?<a>.*)$`,
      continue: "^\\s{2,}[-*+]\\s",
      requireQuestion: true,
      siblingEnd: true,
    },
    answer: withAnswer,
    write: { indent: "item" },
  },
  // text::answer
  obsidian: {
    question: { start: "^(?:[-*+]\\s+)?(?<q>[^\\s:`|][^:`|]*):{2,3}(?!:)\\s*(?<a>.*)$", end: ["^"] },
    write: { marker: "none", spacing: "inline" },
  },
  // text, a line with only a question mark, answer
  "obsidian-lines": {
    question: { start: "^(?<q>[^\\s?].*)$", requireAnswer: true },
    answer: { start: "^\\?{1,2}\\s*$", required: true },
  },
  // the file's name asks, the file answers
  file: { kind: "file", question: { text: "filename" } },
  // the front matter asks, the file answers
  "front-matter-file": { kind: "file", question: { text: "frontmatter:title" } },
};

export const BUILT_IN_DIALECTS: ReadonlyMap<string, CompiledDialect> = new Map(
  Object.entries(BUILT_IN).map(([name, rules]) => [name, compileDialect(name, dialectSchema.parse(rules))]),
);
