import type { BankExport, ExportedQuestion } from "./bank-export.ts";
import { type Chapter, chaptersOf, type Section } from "./bank-sections.ts";
import { GUIDE_SCRIPT } from "./guide-script.ts";
import { GUIDE_STYLE } from "./guide-style.ts";
import { html, type Html } from "./html.ts";
import { answerHtml, inlineHtml, markdownHtml } from "./markdown-html.ts";
import { pageText } from "./report-page.ts";

/** A section with where it is in the page. */
interface PlacedSection extends Section {
  readonly anchor: string;
  /** Of the question before its first, counted through the page. */
  readonly before: number;
}

interface PlacedChapter extends Omit<Chapter, "sections"> {
  readonly sections: readonly PlacedSection[];
}

/**
 * A bank as one page to learn from: answers are hidden until asked for, one by one or all. It loads nothing and sends
 * nothing, and whatever stands in the bank is text in it. The same bank gives the same bytes.
 */
export function studyGuide(bank: BankExport): string {
  const chapters = placed(chaptersOf(bank.questions));
  const body = html`<a class="skip" href="#questions">To the questions</a>
    <div class="page">
      ${header(bank, chapters)} ${tools()}
      <div class="columns ${chapters.length === 1 && chapters[0]?.sections.length === 1 ? "alone" : ""}">
        ${contents(chapters)}
        <main id="questions" tabindex="-1">
          ${chapters.map((chapter) => chapter.sections.map((section) => sectionPart(bank, chapter, section)))}
        </main>
      </div>
      <footer>
        <p class="keys">
          <kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next and previous question · <kbd>Enter</kbd> its answer ·
          <kbd>a</kbd> all answers · <kbd>r</kbd> a random question
        </p>
        <p>Made by ${bank.tool}.</p>
      </footer>
    </div>`;
  return pageText({ title: `${bank.title} · study guide`, style: GUIDE_STYLE, script: GUIDE_SCRIPT, body });
}

function placed(chapters: readonly Chapter[]): readonly PlacedChapter[] {
  let place = 0;
  let before = 0;
  return chapters.map((chapter) => ({
    ...chapter,
    sections: chapter.sections.map((section): PlacedSection => {
      const here = { ...section, anchor: `section-${++place}`, before };
      before += section.questions.length;
      return here;
    }),
  }));
}

function header({ title, questions, leftOut }: BankExport, chapters: readonly PlacedChapter[]): Html {
  const sections = chapters.flatMap((chapter) => chapter.sections).length;
  const parts = [
    `${questions.length} ${questions.length === 1 ? "question" : "questions"}`,
    ...(sections > 1 ? [`${sections} sections`] : []),
    ...(leftOut > 0 ? [`${leftOut} without an answer left out`] : []),
  ];
  return html`<header class="top">
    <p class="kicker">Study guide</p>
    <h1>${title}</h1>
    <p class="lead">${parts.join(" · ")}</p>
  </header>`;
}

/** Shown by the script that makes it work. */
function tools(): Html {
  return html`<form id="find" role="search" hidden>
    <label
      ><span class="heard">Search questions and answers</span>
      <input
        type="search"
        name="text"
        placeholder="Search questions and answers"
        autocomplete="off"
        spellcheck="false"
      />
    </label>
    <output name="shown" aria-live="polite"></output>
    <button type="button" name="any">Random question</button>
    <button type="button" name="unfold" aria-pressed="false">Show all answers</button>
  </form>`;
}

function contents(chapters: readonly PlacedChapter[]): Html | undefined {
  const [only, second] = chapters;
  if (only === undefined || (second === undefined && only.sections.length === 1)) return undefined;
  return html`<details class="contents" open>
    <summary>Contents</summary>
    <nav aria-label="Contents">
      <ul>
        ${second === undefined ? only.sections.map((section) => entry(section, section.title || only.title)) : chapters.map(chapterEntry)}
      </ul>
    </nav>
  </details>`;
}

function chapterEntry({ title, sections }: PlacedChapter): Html {
  const [only, second] = sections;
  if (only !== undefined && second === undefined) return entry(only, only.title || title);
  return html`<li>
    ${title}
    <ul>
      ${sections.map((section) => entry(section, section.title || "General"))}
    </ul>
  </li>`;
}

function entry({ anchor, questions }: PlacedSection, title: string): Html {
  return html`<li><a href="#${anchor}">${title}</a> <span class="count">${questions.length}</span></li>`;
}

function sectionPart(bank: BankExport, chapter: PlacedChapter, section: PlacedSection): Html {
  const { anchor, title, questions, before } = section;
  const within = title === "" ? undefined : html`<span class="within">${chapter.title}</span>`;
  const name = title || chapter.title;
  // The title of the page says it already.
  const hidden = name === bank.title ? html` class="heard"` : undefined;
  return html`<section id="${anchor}" aria-labelledby="${anchor}-title">
    <h2 id="${anchor}-title" ${hidden}>${within}${name}</h2>
    ${questions.map((question, at) => questionPart(question, before + at + 1))}
  </section>`;
}

function questionPart({ id, reading, body, tags, answer, path, line }: ExportedQuestion, place: number): Html {
  const anchor = `question-${id}`;
  return html`<article class="question" id="${anchor}">
    <h3>
      <a class="number" href="#${anchor}"><span class="heard">Question </span>${place}</a>
      <span>${inlineHtml(reading)}</span>
    </h3>
    ${
      tags.length === 0
        ? undefined
        : html`<ul class="tags">
            ${tags.map((tag) => html`<li>${tag}</li>`)}
          </ul>`
    }
    ${body === "" ? undefined : html`<div class="prose body">${markdownHtml(body)}</div>`}
    ${answer === "" ? html`<p class="open-answer">No answer yet.</p>` : answerPart(answer, `${path}:${line}`, place)}
  </article>`;
}

function answerPart(answer: string, source: string, place: number): Html {
  return html`<details class="answer">
    <summary>Answer<span class="heard"> to question ${place}</span></summary>
    <div class="prose">${answerHtml(answer)}</div>
    <p class="source">${source}</p>
  </details>`;
}
