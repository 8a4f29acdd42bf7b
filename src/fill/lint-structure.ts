import type { LintFinding } from "./lint-finding.ts";
import type { LintRule } from "./lint.ts";
import { levelOf, type MarkdownLine } from "./markdown-lines.ts";

// What could break the file the draft is written into, or be read as a question or an unfilled answer later.

const QUESTION_LOOKALIKES = [
  /^\s*#{1,6}[ \t]+(?:question|q)[ \t.:#]*\d/i,
  /^\s*#{1,6}[ \t]+answer\b[ \t]*:?[ \t]*$/i,
  /^\s*\*\*(?:question|q)[ \t.:#]*\d/i,
  /^\s*\*\*answer:?\*\*/i,
  /^\s*<\/?(?:details|summary)\b/i,
];
const PLACEHOLDERS = [
  /^\s*[_*]{0,3}\[?[ \t]*(?:to be (?:filled|added|written|completed)|tbd|todo|coming soon|placeholder)\b[^\n]{0,40}$/i,
  /\[(?:to be filled|insert |your answer|todo\b|placeholder)/i,
  /\blorem ipsum\b/i,
];
const LINK_DEFINITION = /^ {0,3}(?:>[ \t]?){0,4}\[[^\]\n]{1,300}\]:[ \t]*\S/;
const ACTIVE_HTML =
  /<\/?(?:script|style|iframe|object|embed|form|input|button|textarea|select|svg|math|base|meta|link|frame|frameset|applet|video|audio)\b|<[a-z][^<>\n]{0,300}\bon[a-z]{3,20}[ \t]*=|\bjavascript:|\bvbscript:|\bdata:text\/html/i;
const ANY_HTML = /<(?:\/?[a-z][a-z0-9-]{0,30}(?=[\s/>])|!--|!\[CDATA|!doctype|\?)/gi;
const HARMLESS_HTML = /^<\/?(?:br|sub|sup|kbd)\b/i;

export const structureRules: readonly LintRule[] = [
  ({ answer }) => when(answer.trim() === "", block("empty", "the answer is empty")),
  ({ openFence }) =>
    when(openFence !== undefined, block("unclosed-fence", "a code fence is opened and never closed; close it")),
  ({ prose }) =>
    when(
      prose.lastIndexOf("<!--") > prose.lastIndexOf("-->"),
      block("unclosed-comment", "an HTML comment is opened and never closed; remove it"),
    ),
  (view) =>
    inProse(view.lines, QUESTION_LOOKALIKES, (quote) =>
      block("question-lookalike", "a line reads like a question or an answer marker of the bank; reword it", quote),
    ),
  (view) =>
    inProse(view.lines, PLACEHOLDERS, (quote) =>
      block("placeholder", "a line reads like a placeholder; write the content or remove it", quote),
    ),
  (view) =>
    inProse(view.lines, [LINK_DEFINITION], (quote) =>
      block("link-definition", "a link definition would act on the whole file; write the words without it", quote),
    ),
  ({ prose }) => {
    const found = ACTIVE_HTML.exec(prose)?.[0];
    return when(found !== undefined, block("active-html", "the answer holds HTML that can act; remove it", found));
  },
  ({ prose }) => {
    const found = [...prose.matchAll(ANY_HTML)].map((match) => match[0]).find((tag) => !HARMLESS_HTML.test(tag));
    const message = "angle brackets outside code are read as HTML and not shown; put them into a code span";
    return when(found !== undefined, flag("raw-html", message, found));
  },
  ({ lines, style }) => {
    const found = lines.find((line) => levelOf(line) > 0 && levelOf(line) < style.heading_level);
    const message = `a heading stands at or above the level of the questions; level ${style.heading_level} is the highest allowed`;
    return when(found !== undefined, block("heading-level", message, found?.text));
  },
];

function inProse(
  lines: readonly MarkdownLine[],
  patterns: readonly RegExp[],
  make: (quote: string) => LintFinding,
): readonly LintFinding[] {
  const found = lines.find((line) => !line.isCode && patterns.some((pattern) => pattern.test(line.text)));
  return found === undefined ? [] : [make(found.text)];
}

/** The finding where the condition holds. */
export function when(condition: boolean, finding: LintFinding): readonly LintFinding[] {
  return condition ? [finding] : [];
}

export function block(code: LintFinding["code"], message: string, quote = ""): LintFinding {
  return { code, severity: "block", message, quote: quote.trim().slice(0, 200) };
}

export function flag(code: LintFinding["code"], message: string, quote = ""): LintFinding {
  return { code, severity: "flag", message, quote: quote.trim().slice(0, 200) };
}
