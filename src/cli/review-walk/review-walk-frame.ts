import type { View } from "./review-walk-view.ts";
import { cutLine, span, type Line } from "./terminal-text.ts";
import type { ScreenSize } from "./terminal-screen.ts";

/** A screen full of lines, and how far the middle is scrolled in it. */
export interface Frame {
  readonly lines: readonly Line[];
  readonly scroll: number;
  /** Lines of the middle that are shown at a time. */
  readonly page: number;
}

/** The part of a view that fits: its header, its foot, and between them the middle from the line that was scrolled to. */
export function frameOf(view: View, { columns, rows }: ScreenSize, scroll: number): Frame {
  const { header, middle, provenance, notice, keys, prompt } = view;
  // On a screen that is too small for all of it, what is being typed and said comes first.
  const foot = [...provenance, ...keys, ...notice, ...prompt].slice(-Math.max(1, rows - LEAST_MIDDLE));
  const page = Math.max(1, rows - foot.length - 2);
  const last = Math.max(0, middle.length - page);
  const from = Math.min(Math.max(0, scroll), last);
  const shown = middle.slice(from, from + page);
  const empty = Array.from({ length: page - shown.length }, (): Line => []);
  const rule = ruleOf(from, Math.max(0, middle.length - from - page), columns);
  return { lines: [header, ...shown, ...empty, rule, ...foot].slice(0, rows), scroll: from, page };
}

/** Header, a line of the middle, the rule. */
const LEAST_MIDDLE = 3;

/** The line below the middle, which says how much of it is not shown. */
function ruleOf(above: number, under: number, columns: number): Line {
  const words = [above > 0 ? `${above} above ↑` : "", under > 0 ? `${under} below ↓` : ""].filter(Boolean).join("  ");
  const start = words === "" ? "" : `── ${words} `;
  return cutLine([span(start + "─".repeat(Math.max(0, columns - start.length)), "dim")], columns);
}
