import type { Identity } from "./identity.ts";
import { foldedWords, type NameForm } from "./name-tree.ts";
import { seenText } from "./text-view.ts";

const MOST_WORDS = 24;
const MOST_UNITS = 6;
const SHORTEST_PART = 3;
const SHORTEST_NAME = 2;
const SHORTEST_HANDLE = 5;
const UNCASED = /^\p{Lo}+$/u;

/** What says in anybody's answer who a candidate is: whole names and what nobody else is called. */
export function formsForAll({ names, hints, handles }: Identity): readonly NameForm[] {
  const likely = hints.filter((hint) => /\s/.test(hint));
  const unlike = handles.filter((handle) => /\p{L}/u.test(handle) && /\p{N}/u.test(handle));
  return [
    ...names.flatMap(wholeName),
    ...likely.flatMap(wholeName).map(({ words }): NameForm => ({ words, written: "with capitals" })),
    ...unlike.map(handleForm),
  ];
}

/** What says it in the candidate's own answers: single words of the name too. */
export function formsForOwn({ names, hints, handles }: Identity): readonly NameForm[] {
  const told = [...names, ...hints];
  const parts = told.flatMap(partsOf).map((words): NameForm => ({ words, written: "with capitals" }));
  return [...told.flatMap(wholeName), ...parts, ...handles.map(handleForm)];
}

/** All ways in which a name is written: "Jane Marie Doe" also as "Jane Doe", "Doe, Jane", "Doe Jane Marie" and "janedoe". */
function wholeName(name: string): readonly NameForm[] {
  const [before = "", ...after] = seenText(name).text.split(",");
  const words = foldedWords(`${after.join(" ")} ${before}`);
  const [only] = words;
  // A word that is all of the name: too common in small letters.
  if (only !== undefined && words.length === 1) {
    return only.length < SHORTEST_NAME ? [] : [{ words, written: "with capitals" }];
  }
  // What follows a comma is a first name, or a title.
  const variants = [`${after.join(" ")} ${before}`, before].flatMap((part) => [
    ...ordersOf(unitsOf(part)),
    ...ordersOf(foldedWords(part).map((word) => [word])),
  ]);
  if (variants.length === 0) variants.push(words);
  return [...variants, ...variants.flatMap(joined)]
    .filter((variant) => variant.length <= MOST_WORDS)
    .map((variant) => ({ words: variant, written: "in any case" }));
}

/** Words of each part between blanks: of "山田 太郎" two with two words each. */
function unitsOf(name: string): readonly (readonly string[])[] {
  return name.split(/\s+/).flatMap((unit) => {
    const words = foldedWords(unit);
    return words.length === 0 ? [] : [words];
  });
}

function ordersOf(name: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const units = name.slice(0, MOST_UNITS);
  const [first, last] = [units[0], units.at(-1)];
  if (first === undefined || last === undefined || units.length < 2) return [];
  // Of two last names, as of José Núñez Ruiz, the first is the one in use.
  const others = units.slice(1).flatMap((unit) => [
    [...first, ...unit],
    [...unit, ...first],
  ]);
  return [units.flat(), [...last, ...units.slice(0, -1).flat()], ...others];
}

/** As one word, like the names of accounts: janedoe, jane_doe. */
function joined(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length > 3 || words.join("").length <= SHORTEST_HANDLE || words.some((word) => UNCASED.test(word)))
    return [];
  return ["", "_"].map((sign) => foldedWords(words.join(sign)));
}

/** The words of names that are long enough to mean somebody by themselves. */
function partsOf(name: string): readonly (readonly string[])[] {
  const words = foldedWords(name).filter((word) => Array.from(word).length >= SHORTEST_PART);
  const unspaced = unitsOf(name).filter((unit) => unit.length > 1 && unit.every((word) => UNCASED.test(word)));
  return [...words.map((word) => [word]), ...unspaced];
}

function handleForm(handle: string): NameForm {
  return { words: foldedWords(handle), written: "in any case" };
}
