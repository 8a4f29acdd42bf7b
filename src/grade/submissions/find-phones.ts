import type { Span } from "../../bank/source-text.ts";

// Neither within a longer number or name, nor beside what was replaced before.
const BEFORE = "(?<![\\p{L}\\p{N}_.,+\\]-])";
const AFTER = "(?![\\p{L}\\p{N}_\\[]|[.,-]\\d)";

/** `+49 170 1234567`. */
const INTERNATIONAL = new RegExp(`${BEFORE}\\+\\d{1,3}(?:[ ./-]?(?:\\(\\d{1,5}\\)|\\d{1,5})){1,6}(?!\\d)`, "gu");
/** What stands before the plus of a sum: a number or a bracket. */
const ADDEND = /[\d)]\s{1,2}$/u;
/** `(555) 123-4567`, `555-123-4567`, `555.123.4567`. */
const GROUPED = new RegExp(`${BEFORE}(?:\\(\\d{3}\\) ?|\\d{3}[.-]|\\d{3} (?=\\d{3}-))\\d{3}[.-]\\d{4}${AFTER}`, "gu");
/** `0170 1234567`, `030/1234567`. */
const DOMESTIC = new RegExp(`${BEFORE}0\\d{2,4}(?:[/-]\\d{3,8}(?:[ -]\\d{2,5})?| \\d{6,8})${AFTER}`, "gu");
/** Any number after a word that says so. */
const SAID =
  /(?<![\p{L}\p{N}_\]])(?:phone|telephone|tel|mobile|whatsapp|fax|telefon|handy)\b\.?(?: (?:number|no|nr|is)\b\.?)?\s{0,3}[:=]?\s{0,3}(\+?\(?\d(?:[ ./()-]{0,2}\d){6,14})(?![\d[])/giu;

const FEWEST_DIGITS = 8;
const FEWEST_DIGITS_UNGROUPED = 10;
const MOST_DIGITS = 15;

/** Telephone numbers, told from versions, dates, addresses of machines and numbers of a calculation by how they are written. */
export function findPhones(text: string): readonly Span[] {
  const found = [
    ...spansOf(text, INTERNATIONAL, isInternational),
    ...spansOf(text, GROUPED, () => true),
    ...spansOf(text, DOMESTIC, (number) => !/^[01\D]+$/.test(number)),
    ...spansOf(text, SAID, () => true),
  ].toSorted((left, right) => left.start - right.start || right.end - left.end);
  let free = 0;
  return found.filter(({ start, end }) => {
    if (start < free || isAdded(text, start, free)) return false;
    free = end;
    return true;
  });
}

/** Whether a plus adds to a number, one that is no telephone number: those found so far end at `free`. */
function isAdded(text: string, start: number, free: number): boolean {
  return text[start] === "+" && ADDEND.test(text.slice(Math.max(free, start - 3), start));
}

/** Where a pattern matches: its first group, which ends the match, or all of it. */
function spansOf(text: string, pattern: RegExp, isPhone: (number: string) => boolean): readonly Span[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const number = match[1] ?? match[0];
    const end = match.index + match[0].length;
    return isPhone(number) ? [{ start: end - number.length, end }] : [];
  }).flat();
}

function isInternational(number: string): boolean {
  const digits = number.replace(/\D/g, "").length;
  const fewest = /\d\D/.test(number) ? FEWEST_DIGITS : FEWEST_DIGITS_UNGROUPED;
  return digits >= fewest && digits <= MOST_DIGITS;
}
