import { isSafeName } from "../../core/ids.ts";
import type { Rubric } from "../rubric/rubric.ts";
import { readRubrics } from "../rubric/rubric-reader.ts";

/** A rubric as another tool wrote it, in the terms that all of them share. */
export interface ImportedRubric {
  /** As the source calls it. */
  readonly name: string;
  /** What may tell which question it marks, best first: ids and texts. */
  readonly asks: readonly string[];
  readonly guidelines: string;
  /** Full marks, where they are not what the criteria come to. */
  readonly max?: number | undefined;
  readonly criteria: readonly ImportedCriterion[];
  /** What the source says and a rubric of ours cannot, in plain words. */
  readonly notCarried: readonly string[];
}

export interface ImportedCriterion {
  readonly name: string;
  /** "" where the name is all there is. */
  readonly text: string;
  /** In any order. A single one is what is met or not. */
  readonly levels: readonly ImportedLevel[];
}

export interface ImportedLevel {
  readonly name: string;
  readonly text: string;
  /** Decimal. */
  readonly points: number;
}

/** Why a part of a file became no rubric. Lines are 1-based. */
export interface ImportFault {
  readonly line: number;
  readonly reason: string;
}

export interface RubricImport {
  readonly rubrics: readonly ImportedRubric[];
  readonly faults: readonly ImportFault[];
}

/** The rubric for this question, or why it cannot be one. */
export function importedRubric(
  imported: ImportedRubric,
  question: string,
): { readonly rubric: Rubric } | { readonly reason: string } {
  const data = { rubric: 1, question, ...written(imported) };
  const { rubrics, faults } = readRubrics(data, { file: "", lineOf: () => 1 });
  const [placed] = rubrics;
  if (placed !== undefined) return { rubric: placed.rubric };
  const [fault] = faults;
  return { reason: [fault?.at ?? "", fault?.message ?? "it holds nothing"].filter((part) => part !== "").join(": ") };
}

/** In the shape that a rubric file has. */
function written({ guidelines, max, criteria }: ImportedRubric): Readonly<Record<string, unknown>> {
  const names = namesFor(
    criteria.map(({ name }) => name),
    "criterion",
  );
  return {
    ...(guidelines === "" ? {} : { guidelines }),
    ...(max === undefined ? {} : { scale: { max } }),
    criteria: criteria.map((criterion, place) => ({
      id: names[place],
      text: told(criterion.name, names[place], criterion.text),
      ...levelsOf(criterion),
    })),
  };
}

function levelsOf({ levels }: ImportedCriterion): Readonly<Record<string, unknown>> {
  const [only, second] = levels;
  if (only !== undefined && second === undefined) return { points: only.points };
  const sorted = levels.toSorted((left, right) => right.points - left.points);
  const names = namesFor(
    sorted.map(({ name }) => name),
    "level",
  );
  return {
    levels: sorted.map(({ name, text, points }, place) => {
      return { id: names[place], points, text: name === "" ? text : told(name, names[place], text, "") };
    }),
  };
}

/** The words of a part, with its name before them where the id that was made of the name does not say it all. */
function told(name: string, id: string | undefined, text: string, alone = name): string {
  const isSaid = name.toLowerCase().replaceAll(" ", "-") === id;
  if (isSaid) return text === "" ? alone : text;
  return text === "" ? name : `${name}: ${text}`;
}

const LONGEST_ID = 40;

/** Ids made of names: distinct, safe, and readable as far as the name allows. */
function namesFor(names: readonly string[], noun: string): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, place) => {
    const base = safeName(name) ?? `${noun}-${place + 1}`;
    let id = base;
    for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
    taken.add(id);
    return id;
  });
}

function safeName(name: string): string | undefined {
  const id = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[-._]+/, "");
  const short = shortened(id).replace(/[-._]+$/, "");
  return isSafeName(short) ? short : undefined;
}

/** Cut between words where that leaves any. */
function shortened(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  const gap = id.lastIndexOf("-", LONGEST_ID);
  return id.slice(0, gap > 0 ? gap : LONGEST_ID);
}
