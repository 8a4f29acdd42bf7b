import { cutLine, markLine, padLine, span, wrapText } from "../review-walk/terminal-text.ts";

const BETWEEN = " | ";

/** Two texts beside each other, each wrapped into half of the columns. */
export function sideBySide(left: string, right: string, columns: number): readonly string[] {
  const half = Math.max(10, Math.floor((columns - BETWEEN.length) / 2));
  const [before, after] = [wrapText([span(left)], half), wrapText([span(right)], half)];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => {
    const line = padLine(cutLine(before[at] ?? [], half), half);
    return `${markLine(line)}${BETWEEN}${markLine(after[at] ?? [])}`.trimEnd();
  });
}
