import type { HouseStyle } from "./style.ts";
import type { Opening } from "./style-traits.ts";

/** Languages of fewer answers than this are not worth a word. */
const RARE = 0.05;

const OPENING_WORDS: Readonly<Record<Opening, string>> = {
  sentence: "a plain sentence",
  "bold-term": "a bold term",
  heading: "a heading",
  list: "a list",
  code: "code",
  table: "a table",
  quote: "a quotation",
};

/** The style in a few lines for a prompt; the user's notes come last and unchanged. */
export function describeStyle(style: HouseStyle): string {
  const lines = style.words.high === 0 ? [] : learnedLines(style);
  return [...lines, style.notes].filter((line) => line !== "").join("\n");
}

function learnedLines(style: HouseStyle): string[] {
  const { low, typical, high } = style.words;
  return [
    `Length: ${low} to ${high} words outside code, typically ${typical}.`,
    `Opening: ${OPENING_WORDS[style.opening]}.`,
    style.parts.length === 0 ? "" : `Usual parts: ${style.parts.join("; ")}.`,
    `Answers with code: ${percent(style.shares.code)}${languagesOf(style)}; a table: ${percent(style.shares.table)}; formulas: ${percent(style.shares.math)}; a list: ${percent(style.shares.list)}.`,
    headingsOf(style),
  ];
}

function languagesOf({ languages, shares }: HouseStyle): string {
  const named = shares.code < RARE ? [] : languages.filter((language) => language !== "");
  return named.length === 0 ? "" : ` (${named.join(", ")})`;
}

function headingsOf({ headingLevels, shares }: HouseStyle): string {
  if (headingLevels === undefined) return "No headings inside answers.";
  return `Headings inside answers: ${percent(shares.headings)}, none above level ${headingLevels.top}.`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
