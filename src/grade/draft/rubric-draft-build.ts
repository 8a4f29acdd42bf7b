import { isSafeName } from "../../core/ids.ts";
import type { QuestionId } from "../../core/ids.ts";
import { cleanForPrompt } from "../../core/sanitise.ts";
import { exact, type Thousandths } from "../rubric/points.ts";
import { halfOf, penaltyOf, shareOut } from "./rubric-draft-points.ts";
import type { DraftedCriterion, DraftedMistake, RubricDraftReply } from "./rubric-draft-reply.ts";
import { defaultLevelIds } from "../rubric/rubric-levels.ts";
import { plainText } from "../rubric/rubric-text.ts";
import type { Criterion, Level, Rubric } from "../rubric/rubric.ts";

/** A single thing is no list. */
const FEWEST_ITEMS = 2;
/** Whoever names so many has named enough. */
const MOST_COUNTED = 6;

/** What a draft does not say. */
export interface DraftedScale {
  readonly questionId: QuestionId;
  readonly max: Thousandths;
  readonly step: Thousandths;
}

/**
 * Makes a rubric of a draft: weights become points that sum to the maximum, names become ids, mistakes become penalties.
 * @throws RangeError if the maximum is no multiple of the step, or too small to be shared out.
 */
export function buildRubric(reply: RubricDraftReply, { questionId, max, step }: DraftedScale): Rubric {
  if (max % step !== 0) throw new RangeError("the maximum must be a multiple of the step");
  const criteria = distinctBy(reply.criteria, ({ text }) => tidy(text).toLowerCase());
  const mistakes = distinctBy(reply.mistakes, ({ text }) => tidy(text).toLowerCase());
  const idOf = distinctIds();
  const points = shareOut(
    criteria.map(({ weight }) => weight),
    max,
    step,
  );
  return {
    id: questionId,
    question: { id: questionId },
    scale: { max, step, floor: exact(0) },
    guidelines: plainText(cleanForPrompt(reply.guidelines).text),
    reference: { from: "bank" },
    criteria: [
      ...criteria.map((drafted, place) => {
        const make = distinctTexts(drafted.items).length < FEWEST_ITEMS ? credit : count;
        return make(drafted, idOf(drafted.name), points[place] ?? exact(0), step);
      }),
      ...mistakes.map((drafted) => penalty(drafted, idOf(drafted.name), penaltyOf(drafted.weight, max, step))),
    ],
    groups: [],
    precedents: [],
  };
}

function credit(drafted: DraftedCriterion, id: string, points: Thousandths, step: Thousandths): Criterion {
  const partial = tidy(drafted.partial);
  const half = partial === "" ? exact(0) : halfOf(points, step);
  const described: readonly Omit<Level, "id">[] = [
    { points: exact(0), descriptor: tidy(drafted.none), anchors: [] },
    ...(half > 0 ? [{ points: half, descriptor: partial, anchors: [] }] : []),
    { points, descriptor: tidy(drafted.full), anchors: [] },
  ];
  const kind = half > 0 ? "levels" : "binary";
  return { ...worded(drafted, drafted.rejects), id, kind, levels: named(kind, described) };
}

/** Points for each of a list, in steps that sum to the whole; what a list holds beyond that many makes up for others. */
function count(drafted: DraftedCriterion, id: string, points: Thousandths, step: Thousandths): Criterion {
  const items = distinctTexts(drafted.items);
  const most = Math.max(1, Math.min(items.length, MOST_COUNTED, Math.floor(points / step)));
  const levels = Array.from({ length: most + 1 }, (_, found) => ({
    points: found === most ? points : exact(Math.floor((points * found) / most / step) * step),
    descriptor: "",
    anchors: [],
  }));
  return {
    ...worded({ ...drafted, accepts: [...items] }, drafted.rejects),
    id,
    kind: "count",
    levels: named("count", levels),
  };
}

function penalty(drafted: DraftedMistake, id: string, points: Thousandths): Criterion {
  const described: readonly Omit<Level, "id">[] = [
    { points: exact(0), descriptor: "The answer does not claim this.", anchors: [] },
    { points, descriptor: "The answer claims this.", anchors: [] },
  ];
  return { ...worded(drafted, []), id, kind: "penalty", levels: named("penalty", described) };
}

function named(kind: Criterion["kind"], levels: readonly Omit<Level, "id">[]): readonly Level[] {
  const ids = defaultLevelIds(kind, levels.length);
  return levels.map((level, place) => ({ ...level, id: ids[place] ?? `level-${place + 1}` }));
}

/** What is the same for all kinds. A wording that is rejected, or that only repeats another, is not accepted. */
function worded(
  { text, accepts }: Pick<DraftedCriterion, "text" | "accepts">,
  rejects: readonly string[],
): Pick<Criterion, "text" | "evidence" | "accepts" | "rejects"> {
  const refused = distinctTexts(rejects);
  const taken = new Set([text, ...refused].map((each) => tidy(each).toLowerCase()));
  const accepted = distinctTexts(accepts).filter((each) => !taken.has(each.toLowerCase()));
  return { text: tidy(text), evidence: "required", accepts: accepted, rejects: refused };
}

function distinctTexts(texts: readonly string[]): readonly string[] {
  return distinctBy(texts.map(tidy), (text) => text.toLowerCase()).filter((text) => text !== "");
}

function distinctBy<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) if (!first.has(keyOf(entry))) first.set(keyOf(entry), entry);
  return [...first.values()];
}

function tidy(text: string): string {
  return plainText(cleanForPrompt(text).text).replace(/\s+/g, " ");
}

const LONGEST_ID = 40;

/** Makes ids of names; two things of one name are told apart by a number. */
function distinctIds(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const slug = slugOf(name);
    const candidates = [slug, ...Array.from({ length: taken.size + 1 }, (_, place) => `${slug}-${place + 2}`)];
    const id = candidates.find((each) => !taken.has(each)) ?? slug;
    taken.add(id);
    return id;
  };
}

function slugOf(name: string): string {
  const letters = name
    .normalize("NFKD")
    .toLowerCase()
    .slice(0, LONGEST_ID * 2);
  const slug = letters
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_ID);
  const trimmed = slug.replace(/^-|-$/g, "");
  return isSafeName(trimmed) ? trimmed : "criterion";
}
