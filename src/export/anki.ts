import { stringify } from "csv-stringify/sync";
import { visibleLine } from "../core/sanitise.ts";
import type { BankExport, ExportedQuestion } from "./bank-export.ts";
import { type Chapter, chaptersOf, placeNames, type Section } from "./bank-sections.ts";
import { html, type Html, markupOf } from "./html.ts";
import { answerHtml, inlineHtml, markdownHtml } from "./markdown-html.ts";

// As Anki 2.1.54 and later read them (docs.ankiweb.net, "Text files", file headers). The columns are named so that a note
// type with other fields can be mapped.
const HEADERS = [
  "#separator:tab",
  "#html:true",
  "#notetype:Basic",
  "#columns:guid\tdeck\tFront\tBack\tTags",
  "#guid column:1",
  "#deck column:2",
  "#tags column:5",
];

/**
 * Cards for Anki's text import, a question a card, a deck a file. The guid is the question's id, so that importing again
 * changes the card that is there, with all that has been learned on it.
 */
export function ankiText({ title, questions }: BankExport): string {
  const rows = chaptersOf(questions).flatMap((chapter) =>
    chapter.sections.flatMap((section) => section.questions.map((each) => cardOf(each, title, chapter, section))),
  );
  const cards = stringify(rows, { delimiter: "\t", record_delimiter: "unix", quoted_match: /[\r\n#]|^\s|\s$/ });
  return `${HEADERS.join("\n")}\n${cards}`;
}

function cardOf(question: ExportedQuestion, title: string, chapter: Chapter, section: Section): readonly string[] {
  const { id, reading, body, answer, path, line, tags } = question;
  const source = html`<p><small>${path}:${line}</small></p>`;
  return [
    id,
    placeNames(title, chapter).map(deckName).join("::"),
    field(html`${inlineHtml(reading)}${body === "" ? undefined : markdownHtml(body, 3)}`),
    field(html`${answerHtml(answer, 3)}${source}`),
    [...new Set([section.title, ...tags].map(tagName))].filter((tag) => tag !== "").join(" "),
  ];
}

/** Colons part decks from each other. */
function deckName(name: string): string {
  return visibleLine(name).replace(/:{2,}/g, ":").replace(/^:|:$/g, "") || "Questions";
}

/** A tag is one word; colons in it make a tree. */
function tagName(name: string): string {
  return visibleLine(name).replace(/::+/g, ":").replace(/\s+/g, "-");
}

/** Anki runs LaTeX, plays sounds and reads text aloud where a field says so in brackets. */
const COMMAND = /\[(?=\/?(?:latex|\$|sound:|anki:))/gi;

function field(content: Html): string {
  return markupOf(content).replace(COMMAND, "&#91;");
}
