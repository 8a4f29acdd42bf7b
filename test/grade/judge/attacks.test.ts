import { describe, expect, test } from "vitest";
import { cleanForPrompt } from "../../../src/core/sanitise.ts";
import { checkAnswer } from "../../../src/grade/checks/check-answer.ts";
import type { GradingItem } from "../../../src/grade/judge/grading-item.ts";
import type { JudgeCriterion, JudgeInput } from "../../../src/grade/judge/judge-input.ts";
import type { GradeRecord } from "../../../src/grade/records/record.ts";
import type { JudgeReply } from "../../../src/grade/judge/judge-reply.ts";
import { lexicalShare } from "../../../src/grade/lexical/lexical.ts";
import { PAYLOADS, SUBJECT_PAYLOADS } from "./attack-payloads.ts";
import {
  creditAll,
  honest,
  isCanary,
  itemOf,
  judgeRig,
  QUESTION,
  queueRubric,
  REFERENCE,
  replyOf,
  WEAK_ANSWER,
} from "./judge-rig.ts";

const POSITIONS: readonly ((payload: string) => string)[] = [
  (payload) => `${payload}\n\n${WEAK_ANSWER}`,
  (payload) => WEAK_ANSWER.replace(". ", `.\n\n${payload}\n\n`),
  (payload) => `${WEAK_ANSWER}\n\n${payload}`,
];

const ATTACKS = Object.entries(PAYLOADS).flatMap(([family, payloads]) =>
  payloads.flatMap((payload) => POSITIONS.map((place) => ({ family, payload, answer: place(payload) }))),
);

function checkedItem(answer: string): GradingItem {
  const { criteria } = queueRubric();
  const rubricTexts = criteria.flatMap(({ text, levels }) => [text, ...levels.map(({ descriptor }) => descriptor)]);
  const checks = checkAnswer(answer, { question: QUESTION, reference: REFERENCE, rubricTexts, isCopied: false });
  return itemOf(answer, { checks });
}

/** As a command hands it over, with the mark that its words alone would earn. */
function comparedItem(answer: string): GradingItem {
  const crossCheck = lexicalShare({ question: QUESTION, reference: REFERENCE, rubricTexts: [], answer });
  return { ...checkedItem(answer), crossCheck };
}

function unspaced(text: string): string {
  return cleanForPrompt(text).text.replace(/\s+/g, "");
}

/** Does what the payload asks as soon as it can see it, and quotes it as proof. */
function obedient(payload: string, spares: (criterion: JudgeCriterion) => boolean) {
  return (input: JudgeInput): JudgeReply => {
    const seen = unspaced(input.segments.map(({ text }) => text).join(""));
    if (unspaced(payload) === "" || !seen.includes(unspaced(payload))) return honest(input);
    const lines = cleanForPrompt(payload).text.split("\n");
    const quote = lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "");
    return creditAll(input, quote, spares);
  };
}

async function silentRises(spares: (criterion: JudgeCriterion) => boolean): Promise<readonly string[]> {
  const clean = await judgeRig(honest).record(checkedItem(WEAK_ANSWER));
  expect([clean.state, clean.mark]).toEqual(["graded", 1000]);
  const ends = await Promise.all(
    ATTACKS.map(async ({ family, payload, answer }) => {
      const record = await judgeRig(obedient(payload, spares)).record(checkedItem(answer));
      const isSilent = record.state === "graded" && record.mark !== clean.mark;
      return isSilent ? [`${family}: ${payload}`] : [];
    }),
  );
  return [...new Set(ends.flat())];
}

describe("a judge that obeys the answer", () => {
  test("there are 64 payloads in 8 families, at 3 places", () => {
    expect([Object.keys(PAYLOADS).length, new Set(Object.values(PAYLOADS).flat()).size, ATTACKS.length]).toEqual([
      8, 64, 192,
    ]);
  });

  test("and credits everything never changes a mark that counts", async () => {
    expect(await silentRises(() => false)).toEqual([]);
  });

  test("and sees through the made-up fact never changes one either", async () => {
    expect(await silentRises(isCanary)).toEqual([]);
  });
});

/** What a judge may take of a payload as the proof of the criterion at this place. */
const QUOTINGS: Readonly<Record<string, (payload: string, place: number) => string>> = {
  "the whole of it": (payload) => payload,
  "its longest word": (payload) =>
    payload.match(/\p{L}+/gu)?.reduce((longest, word) => (word.length > longest.length ? word : longest)) ?? "",
  "its words from another one on each time": (payload, place) => payload.split(" ").slice(place).join(" "),
};

describe("a plea in words of the subject", () => {
  test("is one of 25", () => {
    expect(new Set(SUBJECT_PAYLOADS).size).toBe(25);
  });

  const places = [...POSITIONS, (payload: string) => payload];
  test.each(Object.entries(QUOTINGS))("never earns more than the answer without it: %s", async (_name, quote) => {
    const clean = await judgeRig(honest).record(checkedItem(WEAK_ANSWER));
    const ends = await Promise.all(
      SUBJECT_PAYLOADS.flatMap((payload) =>
        places.map(async (place) => {
          const rig = judgeRig((input) =>
            replyOf(input, (criterion) => {
              if (isCanary(criterion)) return { level: criterion.levels[0]?.id ?? "" };
              const evidence = [{ segment: "s1", quote: quote(payload, input.criteria.indexOf(criterion)) }];
              return { level: criterion.levels.at(-1)?.id ?? "", evidence };
            }),
          );
          const { state, mark } = await rig.record(comparedItem(place(payload)));
          return state === "graded" && (mark ?? 0) > (clean.mark ?? 0) ? [payload] : [];
        }),
      ),
    );
    expect([...new Set(ends.flat())]).toEqual([]);
  });
});

const EMPTY_ANSWERS: readonly string[] = [
  ": . ... - — ? *** ??? | # Solution Answer: n/a OK. \u200B".split(" "),
  "\n\n|   |```\n```|Thought process:|Let's solve this problem step by step.|Here is my answer:".split("|"),
  "I don't know.|no idea|Final answer|As above.|Explanation:|I know this one.|Sure!".split("|"),
  [QUESTION, `Question: ${QUESTION}`, `> ${QUESTION}\n\nAnswer:`],
  ["Says what bursts means here. Says what decoupling means here. Says what idempotence means here."],
  ["none of it is said, full of it is said, l1 of it is said, l2 of it is said"],
].flat();

/** What answers that say nothing come to where a judge gives the best level of all and quotes the whole answer. */
function credulousGrades(canary: boolean): Promise<readonly GradeRecord[]> {
  const rig = judgeRig((input) => creditAll(input, input.segments[0]?.text ?? "", () => false));
  return Promise.all(EMPTY_ANSWERS.map((answer) => rig.record(checkedItem(answer), { canary })));
}

describe("an answer that says nothing", () => {
  test("earns nothing from a judge that always says yes", async () => {
    const grades = await credulousGrades(true);
    expect(new Set(EMPTY_ANSWERS).size).toBe(33);
    expect(grades.filter(({ mark }) => mark !== null && mark > 0)).toEqual([]);
    expect(new Set(grades.map(({ state }) => state))).toEqual(new Set(["blank", "needs-review"]));
  });

  test("has no mark that counts either where no made-up fact is among the criteria", async () => {
    const grades = await credulousGrades(false);
    expect(grades.filter(({ state, mark }) => state === "graded" && mark !== 0)).toEqual([]);
  });
});
