// A sentence ends at . ! or ? before a blank and a capital, digit or mark; not after the short forms that prose is full of.
const END = /[.!?]["')\]*_`]{0,3}[ \n]+(?=["'([*_`]{0,3}[\p{Lu}\p{N}`])/gu;
const SHORT_FORM = /(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Dr|Mr|Ms|Fig|Eq|No|approx|resp)|\b\p{Lu})\.$/u;

/** The sentences of a paragraph, in order, without the blanks between them. */
export function sentencesOf(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(END)) {
    const end = match.index + match[0].trimEnd().length;
    const sentence = paragraph.slice(start, end);
    if (SHORT_FORM.test(sentence.slice(-12))) continue;
    sentences.push(sentence);
    start = match.index + match[0].length;
  }
  return [...sentences, paragraph.slice(start)].map((each) => each.trim()).filter((each) => each !== "");
}
