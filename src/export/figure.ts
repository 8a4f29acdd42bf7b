import { html, type Html, type HtmlValue } from "./html.ts";

/** A chart with what it says in words and in figures. */
export interface Figure {
  readonly title: string;
  /** What to see in it, for those who do not see it. */
  readonly caption: HtmlValue;
  readonly chart: Html;
  readonly table: Html;
}

export function figure({ title, caption, chart, table }: Figure): Html {
  return html`<figure>
    <h3>${title}</h3>
    ${chart}
    <figcaption>${caption}</figcaption>
    <details class="data">
      <summary>Figures of this chart</summary>
      <div class="scroll" tabindex="0">${table}</div>
    </details>
  </figure>`;
}

/** Widths at which charts are drawn: text in a chart that is merely scaled down cannot be read on a phone. */
const WIDE = 880;
const NARROW = 330;

/** A chart drawn once for wide places and once for narrow ones; the page shows the one that fits. */
export function atBothWidths(draw: (width: number, isNarrow: boolean) => Html): Html {
  return html`<div class="wide">${draw(WIDE, false)}</div>
    <div class="narrow">${draw(NARROW, true)}</div>`;
}

/** A plain table; first cells of rows are headings of their rows. */
export function dataTable(columns: readonly string[], rows: readonly (readonly HtmlValue[])[]): Html {
  return html`<table class="figures">
    <thead>
      <tr>
        ${columns.map((column) => (column === "" ? html`<td></td>` : html`<th scope="col">${column}</th>`))}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([first, ...rest]) =>
          html`<tr>
            <th scope="row">${first}</th>
            ${rest.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Long text on one line of a chart. */
export function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}
