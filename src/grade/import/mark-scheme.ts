import type { ImportedCriterion, ImportedLevel, ImportedRubric } from "./imported-rubric.ts";

/** `* names the cause (2 points)`: how deep it stands, its words, its points. */
interface SchemeLine {
  readonly depth: number;
  readonly words: string;
  readonly points: number | undefined;
}

const BULLET = /^(\s*)(?:[-*•–]|\d{1,3}[.)])\s+/;
const FULL_MARKS = /^Marked out of (\d{1,6}(?:\.\d{1,3})?)\.$/;
const POINTS = /[([]\s*([+-]?\d{1,6}(?:\.\d{1,3})?)\s*(?:points?|pts?|marks?|p)?\s*[)\]]\s*[.;]?$/i;

/**
 * A mark scheme out of plain lines: a line that ends in points is a criterion, lines further in below it are its levels
 * (`name: what it takes (2 points)`), and every other line is for the grader to know.
 */
export function readMarkScheme(text: string): Pick<ImportedRubric, "criteria" | "guidelines" | "max"> {
  const criteria: { readonly words: string; readonly own: number; readonly depth: number; levels: ImportedLevel[] }[] =
    [];
  const guidelines: string[] = [];
  let max: number | undefined;
  for (const line of text.split("\n").map(schemeLine)) {
    const { words, points, depth } = line;
    const above = criteria.at(-1);
    const full = FULL_MARKS.exec(words)?.[1];
    if (full !== undefined) max = Number(full);
    else if (points === undefined) guidelines.push(words);
    else if (above !== undefined && depth > above.depth) above.levels.push(levelOf(words, points));
    else criteria.push({ words, own: points, depth, levels: [] });
  }
  return {
    criteria: criteria.map(({ words, own, levels }): ImportedCriterion => {
      const stated = levels.length > 0 ? levels : [{ name: "", text: "", points: own }];
      return { name: words, text: "", levels: stated };
    }),
    guidelines: guidelines.filter((line) => line !== "").join("\n"),
    max,
  };
}

function schemeLine(line: string): SchemeLine {
  const bullet = BULLET.exec(line);
  const words = line.slice(bullet?.[0].length ?? 0).trim();
  const points = POINTS.exec(words);
  return {
    depth: bullet?.[1]?.length ?? 0,
    words: points === null ? words : words.slice(0, points.index).trim(),
    points: points === null ? undefined : Number(points[1]),
  };
}

function levelOf(words: string, points: number): ImportedLevel {
  const [, name, text] = /^([a-z0-9][a-z0-9._-]{0,63})(?:: (.*))?$/.exec(words) ?? [];
  return name === undefined ? { name: "", text: words, points } : { name, text: text ?? "", points };
}
