// C0 but LF and TAB, DEL, C1, soft hyphen, Arabic letter mark, Mongolian separator, zero-width, bidi controls and
// isolates, word joiners, line and paragraph separators, variation selectors, BOM, interlinear marks, tags.
const CONTROLS =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu;
// Persian, Hindi and others cannot be spelt without joiners between their letters, nor can people and trades among emoji.
const JOINING = "Arab Syrc Mong Nkoo Adlm Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr"
  .split(" ")
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const LETTER = `(?:(?=[\\p{L}\\p{M}])[${JOINING}])`;
const PICTURE = "\\p{Extended_Pictographic}";
const BETWEEN_LETTERS = `${LETTER}[\\u200C\\u200D](?=${LETTER})`;
const AMONG_EMOJI = `[${PICTURE}\\p{Emoji_Modifier}]\\uFE0F?\\u200D(?=${PICTURE})`;
const STRAY_JOINER = `[\\u200C\\u200D](?<!${BETWEEN_LETTERS}|${AMONG_EMOJI})`;
const HIDDEN = new RegExp(`${CONTROLS.source}|${STRAY_JOINER}`, "gu");
// One variation selector belongs to the character before it; a run of them hides a message.
const SELECTOR_RUN = /[\uFE00-\uFE0F]{2,}/gu;
const UNSAFE = new RegExp(`${HIDDEN.source}|${SELECTOR_RUN.source}`, "gu");
const UNSAFE_OR_JOINER = new RegExp(`[\\u200C\\u200D]|${UNSAFE.source}`, "gu");
const COMBINING_FLOOD = /(\p{M}{8})\p{M}+/gu;
/** Has nothing to be cleaned: most text, told by one look instead of five. */
const PLAIN = /^[\t\n\u0020-\u007E]*$/;
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/**
 * Hostile text made fit for a terminal or a page: control, bidi, zero-width and tag characters become visible escapes
 * such as `<U+202E>`, but for joiners that spell a word; more than eight combining marks in a row are cut. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n/g, "\n")
    .replace(LONE_SURROGATE, "\uFFFD")
    .replace(UNSAFE, (found) => Array.from(found, escapeOf).join(""))
    .replace(COMBINING_FLOOD, "$1");
}

/** As {@link visible}, on one line: line feeds and tabs become blanks. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

/** JSON text with every unsafe character as a `\u` escape: the same value to a program, harmless on a terminal. */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE_OR_JOINER, (found) =>
    Array.from({ length: found.length }, (_, at) => unitEscape(found, at)).join(""),
  );
}

function unitEscape(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
}

/** Text for a prompt: hidden characters are dropped, line ends become LF. `hidden` counts what was dropped. */
export function cleanForPrompt(text: string): { readonly text: string; readonly hidden: number } {
  if (PLAIN.test(text)) return { text, hidden: 0 };
  let hidden = 0;
  const drop = (found: string): string => {
    hidden += Array.from(found).length;
    return "";
  };
  const cleaned = text
    .replace(/\r\n?/g, "\n")
    .replace(LONE_SURROGATE, "\uFFFD")
    .replace(HIDDEN, drop)
    // Only now: what stood between two selectors may have been hidden itself.
    .replace(SELECTOR_RUN, drop)
    .replace(COMBINING_FLOOD, "$1");
  return { text: cleaned, hidden };
}

function escapeOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `<U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}>`;
}
