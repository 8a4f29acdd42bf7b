import type { MergeRegion } from "../../review/conflict.ts";

/** What a person took for one region of a conflict. */
export type Side = "now" | "draft" | "both";

/** The text that the choices make. A region without one stays as the file has it now. */
export function mergedText(regions: readonly MergeRegion[], sides: ReadonlyMap<number, Side>): string {
  return regions.map((region, at) => textOf(region, sides.get(at) ?? "now")).join("");
}

export function openChoices(regions: readonly MergeRegion[], sides: ReadonlyMap<number, Side>): number {
  return regions.filter((region, at) => region.kind === "choice" && !sides.has(at)).length;
}

function textOf(region: MergeRegion, side: Side): string {
  if (region.kind === "agreed") return region.text;
  if (side !== "both") return region[side];
  return [region.now.trimEnd(), region.draft].filter((text) => text !== "").join("\n\n");
}
