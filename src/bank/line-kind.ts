/** What a line is to the search for questions. Everything but `text` hides what it holds. */
export const LINE = { text: 0, blank: 1, code: 2, comment: 3, frontMatter: 4 } as const;
export type LineKind = (typeof LINE)[keyof typeof LINE];
