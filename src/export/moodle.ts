import { visibleLine } from "../core/sanitise.ts";
import { pointsOf } from "../grade/rubric/points.ts";
import type { BankExport, ExportedQuestion } from "./bank-export.ts";
import { type Chapter, chaptersOf, placeNames, type Section } from "./bank-sections.ts";
import { html, type Html, markupOf } from "./html.ts";
import { answerHtml, inlineHtml, markdownHtml } from "./markdown-html.ts";
import { plainText } from "./plain-text.ts";
import { rubricHtml } from "./rubric-html.ts";

const LONGEST_NAME = 250;
const RESPONSE_LINES = 15;

/**
 * Moodle XML: an essay question each, in a category a section. The bank's answer is the general feedback that candidates see
 * afterwards, the rubric is information for graders, the question's id is its ID number.
 */
export function moodleXml({ title, questions }: BankExport): string {
  const quiz = html`<quiz>
    ${chaptersOf(questions).map((chapter) =>
      chapter.sections.map((section) => [categoryOf(title, chapter, section), section.questions.map(questionOf)]),
    )}
  </quiz> `;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${valid(markupOf(quiz))}\n`;
}

function categoryOf(title: string, chapter: Chapter, section: Section): Html {
  const names = placeNames(title, chapter, section).map(categoryName);
  return html`<question type="category">
    <category><text>${["$course$", "top", ...names].join("/")}</text></category>
    <info format="html"><text></text></info>
    <idnumber></idnumber>
  </question> `;
}

/** A slash parts a category from the one in it; two stand for one. */
function categoryName(name: string): string {
  return visibleLine(name).replaceAll("/", "//").slice(0, LONGEST_NAME);
}

function questionOf({ id, reading, body, answer, rubric, tags }: ExportedQuestion): Html {
  const asked = html`<p>${inlineHtml(reading)}</p>
    ${body === "" ? undefined : markdownHtml(body)}`;
  return html`<question type="essay">
    <name><text>${shortName(plainText(reading))}</text></name>
    <questiontext format="html"><text>${markupOf(asked)}</text></questiontext>
    <generalfeedback format="html"><text>${markupOf(answerHtml(answer))}</text></generalfeedback>
    <defaultgrade>${rubric === undefined ? 1 : pointsOf(rubric.scale.max)}</defaultgrade>
    <penalty>0</penalty>
    <hidden>0</hidden>
    <idnumber>${id}</idnumber>
    <responseformat>editor</responseformat>
    <responserequired>1</responserequired>
    <responsefieldlines>${RESPONSE_LINES}</responsefieldlines>
    <minwordlimit></minwordlimit>
    <maxwordlimit></maxwordlimit>
    <attachments>0</attachments>
    <attachmentsrequired>0</attachmentsrequired>
    <maxbytes>0</maxbytes>
    <filetypeslist></filetypeslist>
    <graderinfo format="html"><text>${rubric === undefined ? "" : markupOf(rubricHtml(rubric))}</text></graderinfo>
    <responsetemplate format="html"><text></text></responsetemplate>
    <tags>${tags.map((tag) => html`<tag><text>${visibleLine(tag)}</text></tag>`)}</tags>
  </question> `;
}

function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}

// Moodle keeps HTML as text inside its XML: markup is escaped once more on its way in.

/** Characters that XML 1.0 cannot hold in any spelling. */
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function valid(text: string): string {
  return text.replace(NO_XML, "\uFFFD");
}
