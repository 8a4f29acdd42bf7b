/** How a name has to be written to be taken for one. */
type Writing = "in any case" | "with capitals";

/** Names by their folded words, one word a level. */
export interface NameTree {
  readonly next: Map<string, NameTree>;
  /** Undefined where no name ends. */
  written: Writing | undefined;
}

/** Folded words of a name in the order in which they stand. */
export interface NameForm {
  readonly words: readonly string[];
  readonly written: Writing;
}

const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_])`;
/** Letters of scripts without blanks between words are words of their own; O'Brien is one word, Jane's is Jane and s. */
export const WORD = new RegExp(`${UNSPACED}|${LETTER}+(?:['’](?=\\p{L}{2})${LETTER}+)*`, "gu");

export function treeOf(forms: Iterable<NameForm>): NameTree {
  const root = emptyTree();
  for (const { words, written } of forms) {
    let node = root;
    for (const word of words) {
      const next = node.next.get(word) ?? emptyTree();
      node.next.set(word, next);
      node = next;
    }
    if (node !== root && node.written !== "in any case") node.written = written;
  }
  return root;
}

function emptyTree(): NameTree {
  return { next: new Map(), written: undefined };
}

/** The folded words of a text. */
export function foldedWords(text: string): readonly string[] {
  return Array.from(text.matchAll(WORD), ([word]) => foldWord(word));
}

const OTHER_LETTERS: Readonly<Record<string, string>> = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ı: "i" };
const SHORTEST_CONTRACTED = 4;

const PLAIN_WORD = /^[a-z0-9_']+$/i;

/** A word apart from case and accents, so that Müller, Mueller and Muller are one. */
export function foldWord(word: string): string {
  const plain = PLAIN_WORD.test(word) ? word.toLowerCase() : plainLetters(word);
  // Doe stays what it is.
  return plain.length < SHORTEST_CONTRACTED ? plain : plain.replace(/([aou])e/g, "$1");
}

function plainLetters(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßøæœłđı]/g, (letter) => OTHER_LETTERS[letter] ?? letter)
    .replaceAll("’", "'");
}
