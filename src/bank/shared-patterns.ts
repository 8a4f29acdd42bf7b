/** The word before an answer, in the languages of the banks we know. Inserted into larger patterns. */
const ANSWER_WORD =
  "(?:(?:Model |Sample |Suggested |Short |Correct )?Answers?|Solution|Ans|Réponse|Antwort|Respuesta|Resposta|Risposta|" +
  "Antwoord|Odpowiedź|Răspuns|Ответ|Відповідь|Cevap|Yanıt|Jawaban|Trả lời|Đáp án|答案|答え|回答|解答|정답|답변|답|" +
  "คำตอบ|الإجابة|الاجابة|الجواب|إجابة|پاسخ|उत्तर|Përgjigja|Përgjigje|Odgovor|Svar|Vastaus|Απάντηση)";
const REMARK = "(?:\\s{0,3}\\([^()]{0,60}\\))?";

const HEADING_MARKER = `#{1,6}\\s+(?:\\*\\*)?${ANSWER_WORD}${REMARK}\\s{0,3}(?::(?:\\*\\*)?|(?:\\*\\*)?:?\\s{0,3}#*\\s*$)`;
const BOLD_MARKER = `(?:\\*\\*|__)\\s{0,3}${ANSWER_WORD}${REMARK}\\s{0,3}[:.]?\\s{0,3}(?:\\*\\*|__)(?:\\s?:)?`;
const ITALIC_MARKER = `[*_]${ANSWER_WORD}${REMARK}\\s{0,3}(?::[*_]|[*_]:)`;
const PLAIN_MARKER = `${ANSWER_WORD}${REMARK}\\s{0,3}[:：]`;
const SUMMARY_MARKER =
  "(?:<details[^<>]{0,80}>\\s{0,3})?<summary[^<>]{0,80}>\\s{0,3}(?:<(?:b|strong|i|em|h\\d|span)[^<>]{0,40}>\\s{0,3}){0,3}" +
  `(?:[^<>]{0,30}\\s)?${ANSWER_WORD}(?:[\\s:.!?(][^<>]{0,40})?(?:</(?:b|strong|i|em|h\\d|span)>\\s{0,3}){0,3}</summary>`;
const LETTER_MARKER =
  "(?:#{1,6}\\s+(?:\\*\\*)?A\\d{0,4}\\s{0,3}:(?:\\*\\*)?(?=\\s|$)|(?:\\*\\*|__)A\\d{0,4}\\s{0,3}[.:]\\s{0,3}(?:\\*\\*|__)|A\\d{0,4}\\s{0,3}:(?=\\s|$))";

/** `**Answer:**`, `### Answer`, `Answer:`, a `<summary>` that says so. */
export const ANSWER_MARKER = `^\\s*(?:${HEADING_MARKER}|${BOLD_MARKER}|${ITALIC_MARKER}|${PLAIN_MARKER}|${SUMMARY_MARKER})`;
/** As {@link ANSWER_MARKER}, or `**A.**` and `A:`, for banks whose questions start with Q. */
export const ANSWER_OR_LETTER_MARKER = `^\\s*(?:${HEADING_MARKER}|${BOLD_MARKER}|${ITALIC_MARKER}|${PLAIN_MARKER}|${SUMMARY_MARKER}|${LETTER_MARKER})`;

const OPENING = "^[\\s>*_~`\\[\\](){}<!:.#–—-]*";
const CLOSING = "[\\s*_~`\\[\\](){}>!:.,…–—-]*$";
const MISSING = [
  "(?:(?:the |this |an )?(?:answer|solution) )?(?:is |has |still |needs )?(?:to be|will be|not been|not yet|needs to be) (?:filled|added|answered|written|completed|provided|determined|updated|done)(?: in)?(?: here| later| soon| yet)?",
  "to-?\\s?do(?:\\s*[:–—-]?\\s*(?:(?:please )?(?:add|write|fill in|insert|provide|complete)(?: an?| the| your)?)?\\s*(?:answers?|solution|explanation|content)?(?: here)?)?",
  "tbd|tba|tbc|wip|fixme|work in progress|coming soon|under construction|unanswered|not answered(?: yet)?|no answer(?: yet)?",
  "(?:(?:please )?(?:add|write|put|insert|type|enter|provide|fill in)\\s)?(?:an? |the |your )?(?:answer|solution|text)s?(?: goes)? here",
  "(?:please )?(?:add|write|insert|provide) (?:an? |the |your )?(?:answer|solution)",
  "(?:answers?|solution)(?: is| are)? (?:coming soon|coming|pending|missing|needed|required|wanted|tbd|todo|to follow|placeholder|not available(?: yet)?)",
  "fill (?:me |this |it )?in(?: here)?",
].join("|");
// One word alone could be an answer; between brackets or emphasis it is not.
const BRACKETED = "^[\\s>*_`<!-]*[\\[({*_]\\s*(?:pending|placeholder|empty|blank|none|answer|your answer)\\s*[\\])}*_]";

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
  `|(?:[^<>]{0,30}\\s)?${ANSWER_WORD}(?:[\\s:.!<(]|$)))`;
