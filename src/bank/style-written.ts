import { z } from "zod";
import { UserError } from "../core/errors.ts";
import type { HouseStyle, Shares } from "./style.ts";
import { OPENINGS } from "./style-traits.ts";

/** Said in words, because nobody asks for "37% tables"; as shares they mix with learned ones. */
const SHARE_OF = { always: 1, often: 0.6, sometimes: 0.3, never: 0 } as const;
const frequency = z.enum(["always", "often", "sometimes", "never"]);
const wordCount = z.int().positive();

const writtenStyle = z.strictObject({
  words: z
    .strictObject({ min: wordCount, max: wordCount })
    .refine(({ min, max }) => min <= max, "min must not be more than max")
    .optional(),
  /** Sub-headings every answer should have, in order. */
  parts: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  notes: z.string().trim().max(20_000).optional(),
  format: z
    .strictObject({
      code: frequency.optional(),
      table: frequency.optional(),
      math: frequency.optional(),
      list: frequency.optional(),
      headings: frequency.optional(),
      heading_level: z.int().min(1).max(6).optional(),
      languages: z.array(z.string().trim().min(1).max(30)).max(10).optional(),
      opening: z.enum(OPENINGS).optional(),
    })
    .optional(),
});

/** A style file as its user wrote it. */
export type WrittenStyle = z.infer<typeof writtenStyle>;

/** @throws UserError naming the first field that is wrong. */
export function parseStyle(value: unknown): WrittenStyle {
  const parsed = writtenStyle.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new UserError(
    `the style file is not valid${field === "" ? "" : ` at ${field}`}: ${issue?.message ?? "unknown"}`,
    {
      hint: "it may hold words {min, max}, parts, notes and format",
    },
  );
}

/** The learned style with everything the user wrote put over it. */
export function withWritten(learned: HouseStyle, written: WrittenStyle): HouseStyle {
  const { words, parts, notes, format } = written;
  const level = format?.heading_level;
  return {
    ...learned,
    words:
      words === undefined ? learned.words : { low: words.min, high: words.max, typical: typicalOf(learned, words) },
    parts: parts ?? learned.parts,
    notes: notes ?? learned.notes,
    shares: { ...learned.shares, ...sharesOf(format ?? {}) },
    headingLevels: level === undefined ? learned.headingLevels : { top: level, deepest: 6 },
    languages: format?.languages ?? learned.languages,
    opening: format?.opening ?? learned.opening,
  };
}

/** What is usual stays usual where the user's limits allow it. */
function typicalOf(learned: HouseStyle, { min, max }: { min: number; max: number }): number {
  const usual = learned.answers === 0 ? Math.round((min + max) / 2) : learned.words.typical;
  return Math.min(max, Math.max(min, usual));
}

function sharesOf(format: NonNullable<WrittenStyle["format"]>): Partial<Shares> {
  const shares: { -readonly [Key in keyof Shares]?: number } = {};
  for (const key of ["code", "table", "math", "list", "headings"] as const) {
    const asked = format[key];
    if (asked !== undefined) shares[key] = SHARE_OF[asked];
  }
  return shares;
}
