// A sentence ends at . ! or ? before a blank and a capital, digit or mark; not after the short forms that prose is full of.
const END = /[.!?]["')\]*_`]{0,3}[ \n]+(?=["'([*_`]{0,3}[\p{Lu}\p{N}`])/gu;
const SHORT_FORM = /(?:\b(?:e\.g|i\.e|etc|vs|cf|al|v|Dr|Mr|Ms|Fig|Eq|No|approx|resp)|\b\p{Lu})\.$/u;
const LONGEST_SHORT_FORM = 12;

/** The sentences of a paragraph, in order, without the blanks between them. A code span is never cut. */
export function sentencesOf(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  let seen = 0;
  let isCode = false;
  for (const match of paragraph.matchAll(END)) {
    const end = match.index + match[0].trimEnd().length;
    if (backticksIn(paragraph.slice(seen, end)) % 2 === 1) isCode = !isCode;
    seen = end;
    if (isCode || SHORT_FORM.test(paragraph.slice(Math.max(start, end - LONGEST_SHORT_FORM), end))) continue;
    sentences.push(paragraph.slice(start, end));
    start = match.index + match[0].length;
  }
  return [...sentences, paragraph.slice(start)].map((each) => each.trim()).filter((each) => each !== "");
}

function backticksIn(text: string): number {
  return text.split("`").length - 1;
}
