import { cleanForPrompt } from "../../core/sanitise.ts";

const JOINING_SCRIPTS =
  "[\\p{sc=Arabic}\\p{sc=Devanagari}\\p{sc=Bengali}\\p{sc=Tamil}\\p{sc=Telugu}\\p{sc=Kannada}\\p{sc=Malayalam}\\p{sc=Sinhala}\\p{M}]";

/** A mark that opens a file, hyphens of a copied page, the flag of a part of a country, joiners inside an emoji or between letters of scripts that need them. */
const HARMLESS = new RegExp(
  [
    "^\\uFEFF",
    "\\u00AD",
    "\\u{1F3F4}[\\u{E0020}-\\u{E007E}]{1,6}\\u{E007F}",
    "(?<=\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\uFE0F)\\u200D(?=\\p{Extended_Pictographic})",
    `(?<=${JOINING_SCRIPTS})[\\u200C\\u200D]`,
  ].join("|"),
  "gu",
);

/** Characters that nobody sees and a prompt leaves out. */
export function hasHiddenCharacters(answer: string): boolean {
  return cleanForPrompt(answer.replace(HARMLESS, "")).hidden > 0;
}

/** UTF-8 that was read as Latin-1 or Windows-1252: "Ã©" for "é", "â€™" for an apostrophe. */
const MISREAD = /Ã[\u0080-\u00BF]|â€[\u0098-\u009D™œ\u009C“”˜¦“–—]|Â[\u00A0-\u00BF]/u;
const DAMAGED = /[\uFFFD\uD800-\uDFFF]/u;

/** Letters that were lost or misread before the answer came here. */
export function isMisencoded(answer: string): boolean {
  return DAMAGED.test(answer) || MISREAD.test(answer);
}
