/** Marks whose other half is sought through all of their paragraph. */
const INLINE_MARK = /\*+|_+|[[\]]|<[!?]/g;
const BLANK_LINE = /\r?\n[ \t]*\r?\n/;
/** A line that opens a block, goes on with one, or makes a heading of the line above it. */
const BLOCK_LINE = /^[ \t]*(?:[>*+=-]|\d+[.)])/gm;

/** Sixty-four quotes or lists within each other, on one line. */
const NESTED = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){64}/m;

/** Pairs of marks in one paragraph, summed: some 1,000 marks in one, or 100 in each of a hundred. */
const MOST_INLINE_PAIRS = 1_000_000;
/** Each costs a look at all that was read before it. */
const MOST_BLOCK_LINES = 1_000;

/**
 * Whether markdown has so many marks that a parser, which takes time with the square of their number, would be held up. No
 * answer for people comes near.
 */
export function isCostlyToRead(markdown: string): boolean {
  return (
    NESTED.test(markdown) ||
    countOf(BLOCK_LINE, markdown) > MOST_BLOCK_LINES ||
    inlinePairs(markdown) > MOST_INLINE_PAIRS
  );
}

function inlinePairs(markdown: string): number {
  return markdown.split(BLANK_LINE).reduce((sum, paragraph) => sum + countOf(INLINE_MARK, paragraph) ** 2, 0);
}

function countOf(mark: RegExp, text: string): number {
  return text.match(mark)?.length ?? 0;
}
