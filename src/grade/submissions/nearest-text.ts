import { lettersAndDigits } from "../../bank/question-hash.ts";

const GRAM = 3;
const LEAST_SIMILARITY = 0.4;

/**
 * Finds which of some texts is most like another: Dice's coefficient of their sets of three letters or digits in a row, so
 * that lost blanks, other endings and slips of the pen weigh little. Undefined where none is like it.
 */
export function nearestText(texts: readonly string[]): (sought: string) => number | undefined {
  const sizes: number[] = [];
  const textsWith = new Map<string, number[]>();
  for (const [index, text] of texts.entries()) {
    const grams = gramsOf(text);
    sizes.push(grams.size);
    for (const gram of grams) remember(textsWith, gram, index);
  }
  return (sought) => {
    const grams = gramsOf(sought);
    const shared = new Map<number, number>();
    for (const gram of grams) {
      for (const index of textsWith.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    let nearest: { readonly index: number; readonly similarity: number } | undefined;
    for (const [index, count] of shared) {
      const similarity = (2 * count) / (grams.size + (sizes[index] ?? 0));
      if (similarity >= LEAST_SIMILARITY && similarity > (nearest?.similarity ?? 0)) nearest = { index, similarity };
    }
    return nearest?.index;
  };
}

function gramsOf(text: string): ReadonlySet<string> {
  const letters = lettersAndDigits(text);
  const grams = new Set<string>();
  for (let at = 0; at < Math.max(1, letters.length - GRAM + 1); at++) grams.add(letters.slice(at, at + GRAM));
  return grams;
}

function remember(textsWith: Map<string, number[]>, gram: string, index: number): void {
  const known = textsWith.get(gram);
  if (known === undefined) textsWith.set(gram, [index]);
  else known.push(index);
}
