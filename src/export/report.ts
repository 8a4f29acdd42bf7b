import { type BookIndex, indexBook } from "./book-index.ts";
import { marksFigure } from "./chart-marks.ts";
import { type Drawing, startDrawing } from "./drawing.ts";
import type { GradeBook } from "./grade-book.ts";
import { html, type Html } from "./html.ts";
import { agreementSection } from "./report-agreement.ts";
import { answersSection } from "./report-answers.ts";
import { matrixSection } from "./report-matrix.ts";
import { pageText } from "./report-page.ts";
import { questionsSection } from "./report-questions.ts";
import { REPORT_SCRIPT } from "./report-script.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { summaryHeader } from "./report-summary.ts";
import { usageSection } from "./report-usage.ts";

/**
 * One page that shows a book of grades: summary, charts, every answer with its evidence marked. It loads nothing, sends
 * nothing, and whatever candidates, judges and banks wrote is text in it. The same book gives the same bytes.
 *
 * @throws RangeError if a grade belongs to a question that the book does not hold.
 */
export async function gradeReport(book: GradeBook): Promise<string> {
  const index = indexBook(book);
  const body = html`<a class="skip" href="#main">To the report</a>
    ${summaryHeader(book, index)} ${book.grades.length === 0 ? nothing() : sections(await startDrawing(), book, index)}
    <footer>Made by ${book.tool} on ${book.made}.</footer>`;
  return pageText({ title: `${book.title} · grading report`, style: REPORT_STYLE, script: REPORT_SCRIPT, body });
}

function sections(drawing: Drawing, book: GradeBook, index: BookIndex): Html {
  const { agreement } = book;
  return html`${contents(book)}
    <main id="main">
      <section id="marks" aria-labelledby="marks-title">
        <h2 id="marks-title">Marks</h2>
        ${marksFigure(drawing, index.questions)}
      </section>
      ${matrixSection(index)} ${questionsSection(drawing, index.questions)}
      ${agreement === undefined ? undefined : agreementSection(drawing, agreement, index.questions)}
      ${usageSection(drawing, book, index.questions)} ${answersSection(index)}
    </main>`;
}

function contents({ agreement }: GradeBook): Html {
  return html`<nav aria-label="Parts of this report">
    <a href="#marks">Marks</a> <a href="#candidates">Candidates</a>
    <a href="#questions">Questions</a> ${agreement === undefined ? undefined : html`<a href="#agreement">Agreement</a>`}
    <a href="#run">States</a> <a href="#answers">Answers</a>
  </nav>`;
}

function nothing(): Html {
  return html`<main id="main"><p class="none">Nothing has been graded yet.</p></main>`;
}
