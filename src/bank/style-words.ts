/** Scripts that put no blanks between words; only these need the slow segmenter. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const SEGMENTER = new Intl.Segmenter("und", { granularity: "word" });
// Each alternative excludes its own opener, so that no text makes it look twice at a character.
const NOT_WORDS = /`[^`]*`|<[^<>]*>|\]\([^()\]]*\)|https?:\/\/\S+/g;

/** Words of prose in any script. Code spans, tags and addresses do not count; "well-known" and "don't" count once. */
export function countWords(prose: string): number {
  const text = prose.replace(NOT_WORDS, " ");
  if (!UNSPACED.test(text)) return text.match(WORD)?.length ?? 0;
  let words = 0;
  for (const segment of SEGMENTER.segment(text)) if (segment.isWordLike === true) words += 1;
  return words;
}
