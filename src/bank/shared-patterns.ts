import { ANSWER_WORD, MISSING, MISSING_IN_BRACKETS, PLAIN_ANSWER_WORD } from "./label-words.ts";

const REMARK = "(?:\\s{0,3}\\([^()]{0,60}\\))?";

/** `Answer 4`: the number of the question once more. */
const NUMBER = "(?:\\s?#?\\d{1,4}[.)]?)?";
const END_OF_LABEL = "[:：]-?";
const HEADING_MARKER = `#{1,6}\\s+(?:\\*\\*)?${ANSWER_WORD}${NUMBER}${REMARK}\\s{0,3}(?:${END_OF_LABEL}(?:\\*\\*)?|(?:\\*\\*)?:?\\s{0,3}#*\\s*$)`;
const BOLD_MARKER = `(?:\\*\\*|__)\\s{0,3}${ANSWER_WORD}${NUMBER}${REMARK}\\s{0,3}(?:${END_OF_LABEL}|[.-])?\\s{0,3}(?:\\*\\*|__)(?:\\s?${END_OF_LABEL})?`;
const ITALIC_MARKER = `[*_]${ANSWER_WORD}${REMARK}\\s{0,3}(?:[:：][*_]|[*_][:：])`;
const COLON_MARKER = `${ANSWER_WORD}${NUMBER}${REMARK}\\s{0,3}${END_OF_LABEL}`;
/** `Ans.`, `Ans-`, `Sol - `: a hyphen without a blank around it may join words. */
const SHORT_MARKER = `(?:Ans|Soln?|Answer)${NUMBER}(?:\\s?[.)-]-?|\\s[–—])(?=\\s|$)`;
const PLAIN_MARKER = `(?:${COLON_MARKER}|${SHORT_MARKER})`;
const SUMMARY_MARKER =
  "(?:<details[^<>]{0,80}>\\s{0,3})?<summary[^<>]{0,80}>\\s{0,3}(?:<(?:b|strong|i|em|h\\d|span)[^<>]{0,40}>\\s{0,3}){0,3}" +
  `(?:[^<>]{0,30}\\s|[点點击擊查看显示顯展开開]{1,6})?${ANSWER_WORD}(?:[\\s:：.!?(（を보][^<>]{0,40})?(?:</(?:b|strong|i|em|h\\d|span)>\\s{0,3}){0,3}</summary>`;
/** What opens a container, in several markdown flavours, and up to a few words of its title before the one that tells. */
const BOX_OPENING =
  "(?::{3,}\\s{0,3}|(?:>\\s?){1,4}\\[!|(?:\\?\\?\\?\\+?|!!!|===\\+?)\\s{1,3}|\\{(?:\\{[<%]|%-?)\\s{0,3}[\\w-]{1,40}\\s)(?:[^<>:]{0,40}[\\s\"'=[\\]{}])?";
/** `:::tip Answer`, `> [!success]- Answer`, `??? answer`, `{{< expand "Answer" >}}`. */
const BOX_MARKER = `${BOX_OPENING}${ANSWER_WORD}(?:[\\s:.!?("'\\]}].{0,60})?$`;
const BOLD_LETTER_MARKER = "(?:\\*\\*|__)[AR]\\d{0,4}\\s{0,3}[.:：]\\s{0,3}(?:\\*\\*|__)";
const LETTER_MARKER = `(?:#{1,6}\\s+(?:\\*\\*)?A\\d{0,4}\\s{0,3}[:：](?:\\*\\*)?(?=\\s|$)|(?:#{1,6}\\s+)?${BOLD_LETTER_MARKER}|A\\d{0,4}\\s{0,3}(?::(?=\\s|$)|：))`;
// A range and no property of Unicode, which would take longer to compile than all the rest.
const SIGN = "(?:[\\u2190-\\u2BFF\\u{1F000}-\\u{1FAFF}\\uFE0F]{1,4}\\s{0,3})?";
/** As an item of the list below a question, where a solution may be one thought of several. */
const ITEM_MARKER = `[-*+]\\s+${SIGN}(?:\\*\\*|__)?${PLAIN_ANSWER_WORD}${NUMBER}\\s{0,3}(?:${END_OF_LABEL}(?:\\*\\*|__)?|(?:\\*\\*|__)\\s?${END_OF_LABEL})`;
const LABELS = `${SIGN}(?:${HEADING_MARKER}|${BOLD_MARKER}|${ITALIC_MARKER}|${PLAIN_MARKER}|${SUMMARY_MARKER}|${BOX_MARKER}`;

/** `**Answer:**`, `### Answer`, `Answer:`, `Ans-`, `**A:**`, a `<summary>` that says so. */
export const ANSWER_MARKER = `^\\s*(?:${LABELS}|${BOLD_LETTER_MARKER})|${ITEM_MARKER})`;
/** As {@link ANSWER_MARKER}, or `A:`, for banks whose questions start with Q. */
export const ANSWER_OR_LETTER_MARKER = `^\\s*(?:${LABELS}|${LETTER_MARKER})|${ITEM_MARKER}|[-*+]\\s+${LETTER_MARKER})`;

const OPENING = "^[\\s>*_~`\\[\\](){}<!:.#–—（【「…-]*";
const CLOSING = "[\\s*_~`\\[\\](){}>!:.,…–—。）】」！-]*$";
// One word alone could be an answer; between brackets or emphasis it is not.
const BRACKETED = `^[\\s>*_\`<!-]*[\\[({*_（【]\\s*(?:${MISSING_IN_BRACKETS})\\s*[\\])}*_）】]`;

/** Whole lines that stand for a missing answer, also as an HTML comment. */
export const PLACEHOLDER_LINES: readonly string[] = [
  `${OPENING}(?:${MISSING})${CLOSING}`,
  `${BRACKETED}${CLOSING}`,
  "^\\s*(?:\\.\\.\\.|…)\\s*$",
];

/** Whole lines that are no answer: rules, wrappers, links back to the contents. */
export const IGNORED_LINES: readonly string[] = [
  "^\\s*(?:[-*_=]\\s?){3,}$",
  "^(?:\\s|&nbsp;|</?(?:br|b|p|div|center|hr|details|ul|ol|li|em|i|strong|sub|sup|ins|a)(?:[\\s/][^<>]{0,200})?>)+$",
  "^\\s*(?:<[^<>]{0,80}>|[^\\p{L}<]){0,12}(?:back|go|return) to (?:the )?(?:top|table of contents|contents|index|list|menu)\\b.{0,120}$",
  "^[^\\p{L}]{0,20}\\[[^\\p{L}]{0,10}(?:table of contents|contents|toc|top|up|index|home|main title|previous|next)[^\\p{L}]{0,10}\\]\\(.{0,200}$",
];

/** A last line that says the answer is not finished. */
export const PARTIAL_LINES: readonly string[] = [
  "^[\\s*_>\\[(-]*(?:todo|fixme|wip|to be continued|work in progress)\\b",
  "\\b(?:to be continued|more to come|needs more details?)[\\s*_.)\\]…]*$",
];

const LABEL =
  "(?:Type|Access|Difficulty|Level|Tags?|Categor(?:y|ies)|Topics?|Compan(?:y|ies)|Frequency|Keywords|Points|Marks)";
/** `**Type:** Question`, `Difficulty: hard`: about the question, not an answer to it. */
export const META_LINES: readonly string[] = [
  `^\\s*(?:[-*+]\\s+)?(?:\\*\\*|__|\\*|_)${LABEL}\\s*(?::\\s*(?:\\*\\*|__|\\*|_)|(?:\\*\\*|__|\\*|_)\\s*:)\\s*\\S.{0,200}$`,
  "^\\s*(?:Difficulty|Level|Tags?|Category)\\s*:\\s*\\S.{0,80}$",
];

/** Marks of level or access at the start or the end of a question's text. */
export const TEXT_MARKS: readonly string[] = [
  "^\\[(?:E|M|H|Easy|Medium|Hard|Beginner|Intermediate|Advanced)\\]\\s*",
  "\\s*[\\[(](?:Easy|Medium|Hard|Beginner|Intermediate|Advanced|Expert)[\\])]$",
  "^[\\[(]\\d{1,3}(?:\\.\\d)?\\s?(?:points?|pts?\\.?|marks?)[\\])]\\s*[:.–—-]?\\s*(?=\\S)",
  "\\s*[\\[(]\\d{1,3}(?:\\.\\d)?\\s?(?:points?|pts?\\.?|marks?)[\\])]$",
  "\\s*[\\u2605\\u2606\\u2729-\\u2730]+$",
  "^(?:[\\d#*]\\uFE0F?\\u20E3)+\\s*(?=\\S)",
  "^[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u200D\\uFE0F\\s]+(?=\\S)",
  "[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u200D\\uFE0F\\s]+$",
];

/** `- A: text`, `B) text`, `- [x] text`. */
export const CHOICE_LINE =
  "^\\s*(?:(?:[-*+]|\\d+[.)])\\s+\\[(?<box>[ x])\\](?:\\s|$)|(?:[-*+]\\s+)?(?:\\*\\*)?\\(?[A-H](?:[.):]|\\*\\*[.):])(?:\\*\\*)?\\s+\\S)";

/** A line that is nothing but a link to a heading or to another markdown file: an index of questions that stand there. */
export const INDEX_ENTRY = "(?!\\[[^\\]\\n]*\\]\\((?:#|(?!\\w+://)[^()\\s]*\\.mdx?(?:#|\\)))[^\\s]*\\)?[\\s.,;*_]*$)";

/** A `<summary>` that asks nothing. */
export const NO_QUESTION_SUMMARY =
  "(?!(?:<[^<>]{0,40}>|\\s|[^\\p{L}<]){0,6}(?:(?:click|show|view|see|expand|reveal|open|toggle|hide|more|details?|hints?|output|result|code|example|explanation|note|table of contents|toc|contents|spoiler)\\b" +
  `|(?:[^<>]{0,30}\\s|[点點击擊查看显示顯展开開]{1,6})?${ANSWER_WORD}(?:[\\s:：.!<(（を보]|$)))`;
