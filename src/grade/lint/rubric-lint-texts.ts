import { cleanForPrompt } from "../../core/sanitise.ts";
import type { RubricFlaw } from "../rubric/rubric-findings.ts";
import type { DocumentPath } from "../rubric/rubric-lines.ts";
import type { Rubric } from "../rubric/rubric.ts";

/** Characters from which on a text loses the judge; a criterion is one claim, a reference is a whole answer. */
const LIMITS = { claim: 300, sample: 1500, guidelines: 2000, reference: 8000 } as const;

interface Text {
  readonly text: string;
  readonly limit: number;
  readonly at: DocumentPath;
  readonly criterion?: string | undefined;
}

/** Texts that are too long, and characters in them that nobody sees. */
export function textFlaws(rubric: Rubric): readonly RubricFlaw[] {
  return textsOf(rubric).flatMap(({ text, limit, at, criterion }) => {
    const flaws: RubricFlaw[] = [];
    const { hidden: count } = cleanForPrompt(text);
    const { length } = text;
    if (length > limit) flaws.push({ code: "long-text", criterion, at, arguments: { length, limit } });
    if (count > 0) flaws.push({ code: "hidden-characters", criterion, at, arguments: { count } });
    return flaws;
  });
}

function textsOf({ guidelines, reference, criteria, precedents }: Rubric): readonly Text[] {
  return [
    { text: guidelines, limit: LIMITS.guidelines, at: ["guidelines"] },
    ...(reference.from === "rubric" ? [{ text: reference.text, limit: LIMITS.reference, at: ["reference"] }] : []),
    ...criteria.flatMap(({ id: criterion, text, levels, accepts, rejects }, place) => {
      const own = (key: string, texts: readonly string[], limit: number): readonly Text[] =>
        texts.map((each) => ({ text: each, limit, at: ["criteria", place, key], criterion }));
      return [
        ...own("text", [text], LIMITS.claim),
        ...own(
          "levels",
          levels.map(({ descriptor }) => descriptor),
          LIMITS.claim,
        ),
        ...own(
          "levels",
          levels.flatMap(({ anchors }) => anchors),
          LIMITS.sample,
        ),
        ...own("accepts", accepts, LIMITS.claim),
        ...own("rejects", rejects, LIMITS.claim),
      ];
    }),
    ...precedents.flatMap(({ answer, note, criterion }, place): readonly Text[] => [
      { text: answer, limit: LIMITS.sample, at: ["precedents", place, "answer"], criterion },
      { text: note, limit: LIMITS.claim, at: ["precedents", place, "note"], criterion },
    ]),
  ];
}
