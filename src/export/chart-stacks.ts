import { countTicks } from "./count-ticks.ts";
import type { Drawing } from "./drawing.ts";
import type { Html } from "./html.ts";

/** One part of the bar of a row. */
export interface StackPart {
  readonly row: string;
  readonly value: number;
  /** A colour of the page, such as `var(--accent)`. */
  readonly colour: string;
  /** Shown where one points at it. */
  readonly title: string;
}

export interface Stacks {
  /** What the chart shows, in words. */
  readonly label: string;
  readonly rows: readonly string[];
  /** In the order in which they are stacked; their values are counts of something. */
  readonly parts: readonly StackPart[];
  readonly width: number;
}

/** Bars of parts, a row each. */
export function stackedBars({ plot, svg }: Drawing, { label, rows, parts, width }: Stacks): Html {
  const longest = Math.max(1, ...rows.map((row) => totalOf(parts, row)));
  return svg(label, {
    width,
    height: rows.length * 26 + 34,
    marginLeft: 44,
    marginRight: 16,
    marginTop: 4,
    marginBottom: 28,
    x: { domain: [0, longest], label: null },
    y: { domain: rows, axis: null, padding: 0.22 },
    marks: [
      plot.axisX(countTicks(longest, width < 500 ? 4 : 8), { tickSize: 0, fill: "var(--muted)", tickFormat: "~s" }),
      plot.text(rows, {
        y: (row: string) => row,
        text: (row: string) => row,
        frameAnchor: "left",
        dx: -44,
        fill: "var(--ink)",
        fontSize: 13,
      }),
      plot.barX(parts, plot.stackX({ x: "value", y: "row", fill: "colour", insetRight: 1, rx: 2, title: "title" })),
    ],
  });
}

function totalOf(parts: readonly StackPart[], row: string): number {
  return parts.reduce((sum, part) => (part.row === row ? sum + part.value : sum), 0);
}
