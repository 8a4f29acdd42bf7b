import { sha256Hex } from "../../core/hash.ts";
import type { JudgeCriterion } from "./judge-input.ts";

/** A criterion that no answer can meet, and where it stands among the true ones. */
export interface Canary {
  readonly text: string;
  /** From 0 to the number of true criteria. */
  readonly place: number;
}

// Consonants and vowels of names that sound like names and are none.
const BEGINNINGS = ["Br", "D", "Fr", "G", "H", "K", "Kr", "L", "M", "N", "P", "R", "St", "T", "V", "W"];
const MIDDLES = ["abel", "ador", "aniv", "arest", "edul", "elov", "emin", "eskar"];
const ENDINGS = ["akis", "and", "auer", "elin", "enko", "idis", "omir", "urov"];

const SENTENCES: readonly ((one: string, other: string) => string)[] = [
  (one, other) => `Names the ${one}-${other} condition and says what follows from it.`,
  (one, other) => `Explains the objection that ${one} and ${other} raised against this.`,
  (one, other) => `States when the ${one} exception holds, and that ${other} limits it.`,
  (one, other) => `Distinguishes the ${one} form of this from the ${other} form.`,
];

/**
 * Draws a fact that nobody can have written: about people who do not exist. It is drawn from the hash of `seed`, which holds the
 * answer, so that the same answer gives the same request and nobody can write the names into an answer beforehand; names that stand
 * in `seed` all the same are drawn again. Credit for it shows that a judge gives credit for nothing.
 */
export function drawCanary(seed: string, criteria: number, digest: (text: string) => string = sha256Hex): Canary {
  const known = seed.toLowerCase();
  for (let round = 0; ; round += 1) {
    const draw = drawing(digest(`${round}\n${seed}`));
    const [one, other] = [nameFrom(draw), nameFrom(draw)];
    const isKnown = [one, other].some((name) => known.includes(name.toLowerCase()));
    if (isKnown || one === other) continue;
    return { text: pick(SENTENCES, draw)(one, other), place: draw() % (criteria + 1) };
  }
}

/** The canary as a judge meets it: with the first and the last level id of `model`, a true criterion. */
export function canaryCriterion({ text }: Canary, model: Pick<JudgeCriterion, "levels">): Omit<JudgeCriterion, "id"> {
  const [none = "none", most = "met"] = [model.levels[0]?.id, model.levels.at(-1)?.id];
  return {
    text,
    evidence: "required",
    levels: [
      { id: none, descriptor: "The answer does not say this.", anchors: [] },
      { id: most, descriptor: "The answer says this.", anchors: [] },
    ],
    accepts: [],
    rejects: [],
  };
}

/** Numbers from 0 to 255, one for each two digits of a hash, from its beginning. */
function drawing(digits: string): () => number {
  let at = 0;
  return () => {
    at += 2;
    return Number.parseInt(digits.slice(at - 2, at), 16);
  };
}

function nameFrom(draw: () => number): string {
  return pick(BEGINNINGS, draw) + pick(MIDDLES, draw) + pick(ENDINGS, draw);
}

function pick<Entry>(entries: readonly [Entry, ...Entry[]] | readonly Entry[], draw: () => number): Entry {
  const entry = entries[draw() % entries.length];
  if (entry === undefined) throw new RangeError("nothing to draw from");
  return entry;
}
