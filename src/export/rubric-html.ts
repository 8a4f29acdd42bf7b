import { exact, formatPoints, type Thousandths } from "../grade/rubric/points.ts";
import type { Criterion, Level, Rubric } from "../grade/rubric/rubric.ts";
import { html, type Html } from "./html.ts";
import { fullPoints } from "./statistics.ts";

/**
 * A rubric as a list of criteria with their levels, every line ending in its points: what people read, and what
 * `rubric import` reads back.
 */
export function rubricHtml({ criteria, guidelines, scale }: Rubric): Html {
  return html`${guidelines === "" ? undefined : html`<p>${guidelines}</p>`}
    <p>Marked out of ${formatPoints(scale.max)}.</p>
    <ul>
      ${criteria.map(criterionItem)}
    </ul>`;
}

function criterionItem(criterion: Criterion): Html {
  const { text, levels } = criterion;
  const isPlain = levels.length === 2 && levels.every(({ descriptor }) => descriptor === "");
  const below = isPlain
    ? undefined
    : html`<ul>
        ${levels.toReversed().map(levelItem)}
      </ul>`;
  return html`<li>${text} (${pointsWords(exact(fullPoints(criterion)))})${below}</li>`;
}

function levelItem({ id, descriptor, points }: Level): Html {
  return html`<li>${id}${descriptor === "" ? undefined : `: ${descriptor}`} (${pointsWords(points)})</li>`;
}

function pointsWords(points: Thousandths): string {
  return `${formatPoints(points)} ${Math.abs(points) === 1000 ? "point" : "points"}`;
}
