import { diff3Merge } from "node-diff3";
import { z } from "zod";

/** The three texts of a slot: when the draft was made, now in the file, and as drafted. */
export interface SlotVersions {
  /** Undefined where nobody kept it: a proposal holds only its hash. */
  readonly base: string | undefined;
  readonly now: string;
  readonly draft: string;
}

/** A stretch of a merged slot: agreed, or to be chosen by a person. */
export type MergeRegion =
  | { readonly kind: "agreed"; readonly text: string }
  | { readonly kind: "choice"; readonly base: string; readonly now: string; readonly draft: string };

/**
 * What a reviewer of a conflict is offered; never applied by itself. `merged` is whole text, where the changes of both
 * sides lie apart.
 */
export interface MergeOffer {
  readonly regions: readonly MergeRegion[];
  readonly merged: string | undefined;
}

/** Sentences on a side above which no merge is looked for: the work grows with the square of them. */
const MOST_SENTENCES = 2000;
const SENTENCE = /[^.!?。！？\n]+[.!?。！？]*\s*|[.!?。！？\n]+\s*/gu;

const chunks = z.array(
  z.union([
    z.object({ ok: z.array(z.string()) }),
    z.object({ conflict: z.object({ a: z.array(z.string()), o: z.array(z.string()), b: z.array(z.string()) }) }),
  ]),
);

/** Three-way merge (diff3) of one slot by sentences. Without a base, or where it is too long, all of it is a choice. */
export function offerMerge({ base, now, draft }: SlotVersions): MergeOffer {
  const sides = [now, base ?? "", draft].map(sentences);
  const [mine = [], origin = [], theirs = []] = sides;
  if (base === undefined || sides.some((side) => side.length > MOST_SENTENCES)) {
    return { regions: [{ kind: "choice", base: base ?? "", now, draft }], merged: undefined };
  }
  const merge: unknown = diff3Merge(mine, origin, theirs, { excludeFalseConflicts: true });
  const regions = chunks.parse(merge).map(regionOf);
  return { regions, merged: mergedText(regions) };
}

function regionOf(chunk: z.infer<typeof chunks>[number]): MergeRegion {
  if ("ok" in chunk) return { kind: "agreed", text: chunk.ok.join("") };
  const { a, o, b } = chunk.conflict;
  return { kind: "choice", base: o.join(""), now: a.join(""), draft: b.join("") };
}

function mergedText(regions: readonly MergeRegion[]): string | undefined {
  const texts = regions.map((region) => (region.kind === "agreed" ? region.text : undefined));
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

function sentences(text: string): string[] {
  return text.match(SENTENCE) ?? [];
}
