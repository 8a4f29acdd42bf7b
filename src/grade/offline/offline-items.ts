/** Things of which each counts once, each in the wordings that will do: what the text lists after a colon, and what is accepted. */
export function itemsOf({
  text,
  accepts,
}: {
  readonly text: string;
  readonly accepts: readonly string[];
}): readonly (readonly string[])[] {
  return [...listed(text), ...accepts].map(alternatives).filter((wordings) => wordings.length > 0);
}

/** "Names a measure: caching, batching or pruning" lists three. */
function listed(text: string): readonly string[] {
  const [, list = ""] = /:([^:]*)$/.exec(text) ?? [];
  return alternatives(list);
}

/** "Quantization, pruning or distillation" is one thing in three wordings. */
function alternatives(item: string): readonly string[] {
  return item.split(/[,;]|\b(?:or|and)\b/).filter((wording) => /[\p{L}\p{N}]/u.test(wording));
}
