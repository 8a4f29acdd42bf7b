import type { Bank, Question } from "./question.ts";
import { SPACINGS, type Spacing } from "./spacing.ts";
import { type AnswerTraits, type Opening, traitsOf } from "./style-traits.ts";

export type { Spacing };

/** How the answers of a file, a folder or a bank are usually written. */
export interface HouseStyle {
  /** How many answers it was learned from; 0 where there are none, and then nothing else is known. */
  readonly answers: number;
  /** Words outside code: 10th, 50th and 90th percentile (nearest rank), or as the user asked. */
  readonly words: { readonly low: number; readonly typical: number; readonly high: number };
  /** Share of the answers that hold each, 0 to 1. */
  readonly shares: Shares;
  /** Highest and lowest heading level in use (2 is above 3); undefined where answers hold no headings. */
  readonly headingLevels: { readonly top: number; readonly deepest: number } | undefined;
  /** Headings and bold labels that at least 30% of the answers share, most frequent first. */
  readonly parts: readonly string[];
  /** Languages of fences, most frequent first. */
  readonly languages: readonly string[];
  /** True where most answers stand behind an answer marker. */
  readonly hasMarker: boolean;
  readonly spacing: Spacing;
  /** What most answers begin with. */
  readonly opening: Opening;
  /** The user's own words; "" where there are none. */
  readonly notes: string;
}

export interface Shares {
  readonly code: number;
  readonly table: number;
  readonly math: number;
  readonly list: number;
  readonly headings: number;
}

/** One short answer is not a house style. */
const FEWEST_ANSWERS = 3;
const COMMON_SHARE = 0.3;
/** A heading level in fewer answers than this is a slip, not a habit. */
const RARE_SHARE = 0.1;
const MOST_PARTS = 8;
const MOST_LANGUAGES = 4;

/** What the filled answers among the questions have in common. */
export function learnStyle(questions: readonly Question[]): HouseStyle {
  const filled = questions.filter((question) => question.state === "filled");
  const traits = filled.map((question) => traitsOf(question.slot.answer));
  const marked = filled.filter((question) => question.slot.hasMarker);
  return {
    answers: filled.length,
    words: percentilesOf(traits.map((trait) => trait.words)),
    shares: sharesOf(traits),
    headingLevels: headingLevelsOf(traits),
    parts: partsOf(traits),
    languages: mostFrequent(traits.flatMap((trait) => [...new Set(trait.languages)])).slice(0, MOST_LANGUAGES),
    hasMarker: 2 * marked.length > filled.length,
    spacing: mostFrequent(filled.map((question) => spacingOf(question.slot.text)))[0] ?? "blank-line",
    opening: mostFrequent(traits.map((trait) => trait.opening))[0] ?? "sentence",
    notes: "",
  };
}

const NOTHING_KNOWN = learnStyle([]);

/** The style to write in at a path: of its file, else of its folder, else of the whole bank. */
export function styleFor(bank: Bank, path: string, minimum = 5): HouseStyle {
  return stylesOf(bank, minimum)(path);
}

/** As {@link styleFor} for many paths: each file, folder and bank is learned from once, when first asked for. */
export function stylesOf(bank: Bank, minimum = 5): (path: string) => HouseStyle {
  const learned = new Map<string, HouseStyle>();
  const learn = (scope: string, covers: (path: string) => boolean): HouseStyle => {
    const style =
      learned.get(scope) ?? learnStyle(bank.files.flatMap((file) => (covers(file.path) ? file.questions : [])));
    learned.set(scope, style);
    return style;
  };
  return (path) => {
    const ofFile = learn(path, (other) => other === path);
    if (ofFile.answers >= minimum) return ofFile;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const ofFolder = learn(folder, (other) => other.startsWith(folder));
    if (ofFolder.answers >= minimum) return ofFolder;
    const ofBank = learn("", () => true);
    return ofBank.answers >= FEWEST_ANSWERS ? ofBank : NOTHING_KNOWN;
  };
}

function sharesOf(traits: readonly AnswerTraits[]): Shares {
  const share = (holds: (trait: AnswerTraits) => boolean): number =>
    traits.length === 0 ? 0 : traits.filter(holds).length / traits.length;
  return {
    code: share((trait) => trait.languages.length > 0),
    table: share((trait) => trait.hasTable),
    math: share((trait) => trait.hasMath),
    list: share((trait) => trait.hasList),
    headings: share((trait) => trait.headingLevels.length > 0),
  };
}

function percentilesOf(values: readonly number[]): HouseStyle["words"] {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { low: rank(0.1), typical: rank(0.5), high: rank(0.9) };
}

function headingLevelsOf(traits: readonly AnswerTraits[]): HouseStyle["headingLevels"] {
  const levels = traits.map((trait) => new Set(trait.headingLevels));
  const withHeadings = levels.filter((used) => used.size > 0);
  const usual = [1, 2, 3, 4, 5, 6].filter(
    (level) => withHeadings.filter((used) => used.has(level)).length > RARE_SHARE * withHeadings.length,
  );
  const top = usual[0];
  const deepest = usual.at(-1);
  return top === undefined || deepest === undefined ? undefined : { top, deepest };
}

/** Spellings of one part ("Interview Tip", "Interview tips") count together; the most frequent one is shown. */
function partsOf(traits: readonly AnswerTraits[]): string[] {
  const spellings = new Map<string, string[]>();
  for (const part of traits.flatMap((trait) => distinctBy(trait.parts, partKey))) {
    const found = spellings.get(partKey(part));
    if (found === undefined) spellings.set(partKey(part), [part]);
    else found.push(part);
  }
  return [...spellings.values()]
    .filter((found) => found.length > 1 && found.length >= COMMON_SHARE * traits.length)
    .toSorted((left, right) => right.length - left.length)
    .flatMap((found) => mostFrequent(found).slice(0, 1))
    .slice(0, MOST_PARTS);
}

function partKey(part: string): string {
  return part.toLowerCase().replace(/s$/, "");
}

function distinctBy(values: readonly string[], keyOf: (value: string) => string): string[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

function spacingOf(slotText: string): Spacing {
  const breaks = /^\s*/.exec(slotText)?.[0].match(/\n/g)?.length ?? 0;
  return SPACINGS[Math.min(breaks, 2)] ?? "blank-line";
}

/** Distinct values, most frequent first; equals in order of appearance. */
function mostFrequent<Value extends string>(values: readonly Value[]): Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, left], [, right]) => right - left).map(([value]) => value);
}
