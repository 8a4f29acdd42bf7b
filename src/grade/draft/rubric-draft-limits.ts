const LIMITS =
  /\b(?:not|no|never|none|nobody|nothing|nor|neither|cannot|without|only|unless|except|hardly|barely|rarely|seldom|provided|instead|rather)\b|n['’]t\b/gi;

/** How many words turn or narrow what a text says: "not", "only", "unless", … */
export function limitsIn(text: string): number {
  return text.match(LIMITS)?.length ?? 0;
}
