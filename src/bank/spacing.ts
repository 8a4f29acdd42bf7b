/** How a marker and its answer stand to each other: on one line, on the next, or a blank line apart. */
export const SPACINGS = ["inline", "newline", "blank-line"] as const;
export type Spacing = (typeof SPACINGS)[number];
