import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import matter from "gray-matter";
import { describe, expect, test } from "vitest";
import { questionId } from "../../../src/core/ids.ts";
import type { Model } from "../../../src/core/model.ts";
import type { Outcome } from "../../../src/core/outcome.ts";
import type { Task } from "../../../src/core/task.ts";
import { FREE, NO_USAGE } from "../../../src/core/usage.ts";
import { OFFLINE_GRADES } from "../../../src/grade/offline/offline-grades.ts";
import { addPoints, exact, thousandths } from "../../../src/grade/rubric/points.ts";
import { buildRubric } from "../../../src/grade/draft/rubric-draft-build.ts";
import { draftRubricOffline } from "../../../src/grade/draft/rubric-draft-offline.ts";
import { shareOut } from "../../../src/grade/draft/rubric-draft-points.ts";
import {
  DRAFT_WEIGHTS,
  type RubricDraftInput,
  type RubricDraftReply,
  rubricDraftReply,
} from "../../../src/grade/draft/rubric-draft-reply.ts";
import { checkAnswer } from "../../../src/grade/checks/check-answer.ts";
import { indexAnswer } from "../../../src/grade/evidence/evidence-index.ts";
import { indexSources } from "../../../src/grade/evidence/evidence-sources.ts";
import { locateEvidence } from "../../../src/grade/evidence/evidence.ts";
import { givenTexts } from "../../../src/grade/judge/judge-subject.ts";
import { segmentsOf } from "../../../src/grade/evidence/segments.ts";
import { statementsOf } from "../../../src/grade/draft/rubric-draft-statements.ts";
import { compileRubricPrompt, draftRubric } from "../../../src/grade/draft/rubric-draft.ts";
import { lintRubric } from "../../../src/grade/lint/rubric-lint.ts";
import { formatRubricYaml } from "../../../src/grade/rubric/rubric-yaml.ts";
import type { Rubric } from "../../../src/grade/rubric/rubric.ts";
import { wireSchema } from "../../../src/llm/wire-schema.ts";

const SCALE = { questionId: questionId("q-1"), max: thousandths(10), step: thousandths(0.5) };

const INPUT: RubricDraftInput = {
  question: "What is a bloom filter?",
  reference: [
    "A bloom filter is a compact set that answers membership queries with possible false positives but no false negatives.",
    "",
    "- **Insertion**: several hash functions each set one bit of an array.",
    "- **Query**: an element is reported as present when all of its bits are set, because nothing ever clears a bit.",
    "",
    "```",
    "if (bits[h(x)] && bits[g(x)]) return maybe;",
    "```",
    "",
    "| Parameter | Effect | Price |",
    "|---|---|---|",
    "| More bits | Fewer false positives | More memory |",
  ].join("\n"),
  key_points: [],
};

const REPLY: RubricDraftReply = {
  obstacle: "",
  parts: ["what it is"],
  criteria: [
    {
      basis: "possible false positives but no false negatives",
      name: "One-sided error",
      text: "Says that only false positives can occur.",
      weight: "major",
      full: "Says that an absent element may be reported, a present one is never missed.",
      partial: "Says that answers may be wrong, without saying which.",
      none: "Says nothing of errors.",
      accepts: ["maybe present or surely absent", "Maybe present or surely absent"],
      rejects: ["false negatives can occur"],
      items: [],
    },
    {
      basis: "several hash functions each set one bit of an array",
      name: "One-sided error!",
      text: "Explains insertion by several hash functions.",
      weight: "minor",
      full: "Several hashes set bits.",
      partial: "",
      none: "Hashes are not mentioned.",
      accepts: ["k hash functions", "false negatives can occur"],
      rejects: ["false negatives can occur"],
      items: [],
    },
  ],
  mistakes: [
    {
      basis: "no false negatives",
      name: "Ünsafe: con",
      text: "A present element can be missed.",
      weight: "normal",
      accepts: ["it may lose elements"],
    },
  ],
  guidelines: "  Accept any notation. ",
};

describe("a drafted rubric", () => {
  test("has points that sum to the maximum, distinct safe ids, usual levels, no wording on both sides", () => {
    const rubric = buildRubric(REPLY, SCALE);
    expect(formatRubricYaml(rubric)).toMatchInlineSnapshot(`
      "rubric: 1
      question: q-1
      scale: { max: 10, step: 0.5 }
      guidelines: Accept any notation.
      reference: bank
      criteria:
        - id: one-sided-error
          text: Says that only false positives can occur.
          levels:
            - { points: 7.5, text: 'Says that an absent element may be reported, a present one is never missed.' }
            - { points: 3.5, text: 'Says that answers may be wrong, without saying which.' }
            - { points: 0, text: Says nothing of errors. }
          accepts:
            - maybe present or surely absent
          rejects:
            - false negatives can occur
        - id: one-sided-error-2
          text: Explains insertion by several hash functions.
          kind: binary
          levels:
            - { points: 2.5, text: Several hashes set bits. }
            - { points: 0, text: Hashes are not mentioned. }
          accepts:
            - k hash functions
          rejects:
            - false negatives can occur
        - id: unsafe-con
          text: A present element can be missed.
          levels:
            - { points: -1, text: The answer claims this. }
            - { points: 0, text: The answer does not claim this. }
          accepts:
            - it may lose elements
      "
    `);
    expect(lintRubric(rubric).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("is without lint errors whatever the reply says", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("", "con", "a", "A ", "\u202E", "a\r\nb"),
    );
    const named = {
      basis: text,
      name: text,
      text: text.map((each) => `x${each}`),
      accepts: fc.array(text, { maxLength: 4 }),
    };
    const reply: fc.Arbitrary<RubricDraftReply> = fc.record({
      obstacle: fc.constant(""),
      parts: fc.array(text, { maxLength: 2 }),
      criteria: fc.array(
        fc.record({
          ...named,
          weight: fc.constantFrom(...DRAFT_WEIGHTS),
          full: text,
          partial: text,
          none: text,
          rejects: fc.array(text, { maxLength: 3 }),
          items: fc.array(text, { maxLength: 12 }),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      mistakes: fc.array(fc.record({ ...named, weight: fc.constantFrom("minor" as const, "normal" as const) }), {
        maxLength: 3,
      }),
      guidelines: text,
    });
    fc.assert(
      fc.property(
        reply,
        fc.integer({ min: 8, max: 40 }),
        fc.constantFrom(1, 10, 250, 500, 1000),
        (drafted, steps, step) => {
          const rubric = buildRubric(drafted, { ...SCALE, max: exact(steps * step), step: exact(step) });
          expect(lintRubric(rubric).filter(({ severity }) => severity === "error")).toEqual([]);
        },
      ),
    );
  });

  test("shares the maximum out by weight, something to everyone", () => {
    const weights = fc.array(fc.constantFrom(...DRAFT_WEIGHTS), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 12, max: 100_000 }),
        fc.integer({ min: 1, max: 3000 }),
        (drawn, max, step) => {
          const parts = shareOut(drawn, exact(max), exact(step));
          expect(addPoints(parts)).toBe(max);
          expect(Math.min(...parts)).toBeGreaterThan(0);
          const lightest = Math.max(...parts.filter((_, place) => drawn[place] === "minor"), 0);
          const heaviest = Math.min(...parts.filter((_, place) => drawn[place] === "major"), Infinity);
          expect(heaviest).toBeGreaterThanOrEqual(lightest);
        },
      ),
    );
    expect(shareOut(["major", "normal", "minor"], thousandths(6), thousandths(1))).toEqual([3000, 2000, 1000]);
    expect(shareOut(["minor", "minor", "minor"], thousandths(1), thousandths(1))).toEqual([500, 250, 250]);
  });
});

describe("a reply", () => {
  const schema = rubricDraftReply(INPUT);

  test("can be asked for in strict JSON schema", () => {
    expect(Object.keys(Object(wireSchema(schema)["properties"]))).toEqual([
      "obstacle",
      "parts",
      "criteria",
      "mistakes",
      "guidelines",
    ]);
  });

  test("must rest on the reference", () => {
    expect(schema.safeParse(REPLY).success).toBe(true);
    const [first] = REPLY.criteria;
    const invented = {
      ...REPLY,
      criteria: first === undefined ? [] : [{ ...first, basis: "counting variants allow deletion" }],
    };
    expect(schema.safeParse(invented).error?.issues.map(({ path }) => path)).toEqual([["criteria", 0, "basis"]]);
    expect(schema.safeParse({ ...REPLY, criteria: [] }).error?.issues.map(({ path }) => path)).toEqual([["criteria"]]);
  });
});

describe("statements of a reference", () => {
  test("are sentences, items and rows, without code, marks and labels", () => {
    expect(statementsOf(INPUT.reference)).toEqual([
      {
        kind: "lead",
        subject: "",
        text: "A bloom filter is a compact set that answers membership queries with possible false positives but no false negatives.",
        items: [],
      },
      { kind: "item", subject: "Insertion", text: "several hash functions each set one bit of an array.", items: [] },
      {
        kind: "item",
        subject: "Query",
        text: "an element is reported as present when all of its bits are set, because nothing ever clears a bit.",
        items: [],
      },
      { kind: "row", subject: "More bits", text: "Effect: Fewer false positives, Price: More memory", items: [] },
    ]);
  });
});

function draftFrom(reference: string): Rubric {
  return buildRubric(draftRubricOffline({ ...INPUT, reference }), SCALE);
}

describe("the offline draft of a rubric", () => {
  test("makes criteria of main statements, says what it is, and fits its own schema", () => {
    const reply = draftRubricOffline(INPUT);
    expect(rubricDraftReply(INPUT).parse(reply)).toEqual(reply);
    expect(formatRubricYaml(buildRubric(reply, SCALE))).toMatchInlineSnapshot(`
      "rubric: 1
      question: q-1
      scale: { max: 10, step: 0.5 }
      guidelines: >-
        Drafted without a model: the criteria are main statements of the reference, picked by word statistics, and
        nobody has weighed them yet. Credit the same statement in any words. Terms without a statement earn nothing.
      reference: bank
      criteria:
        - id: bloom-filter
          text: >-
            A bloom filter is a compact set that answers membership queries with possible false positives but no
            false negatives.
          levels:
            - { points: 4, text: Says it in full. }
            - { points: 2, text: Says a part of it. }
            - { points: 0, text: Says nothing of it. }
        - id: insertion
          text: 'Insertion: several hash functions each set one bit of an array.'
          levels:
            - { points: 3, text: Says it in full. }
            - { points: 1.5, text: Says a part of it. }
            - { points: 0, text: Says nothing of it beyond the name. }
          accepts:
            - several hash functions each set one bit of an array.
        - id: query
          text: >-
            Query: an element is reported as present when all of its bits are set, because nothing ever clears a
            bit.
          levels:
            - { points: 3, text: 'Says it with its reason, consequence or condition.' }
            - { points: 1.5, text: 'Says it without its reason, consequence or condition.' }
            - { points: 0, text: Says nothing of it beyond the name. }
          accepts:
            - an element is reported as present when all of its bits are set, because nothing ever clears a bit.
      "
    `);
  });

  test("counts the items of a list and says that it rests on one list alone", () => {
    const { criteria, guidelines } = draftFrom("Here are some of the techniques:\n- PCA\n- NCA\n- ReliefF");
    expect(criteria).toEqual([
      {
        id: "techniques",
        text: 'Names items of the reference\'s list "Here are some of the techniques".',
        kind: "count",
        evidence: "required",
        levels: ["none", "1", "2", "3"].map((id, found) => ({
          id,
          points: [0, 3000, 6500, 10_000][found],
          descriptor: "",
          anchors: [],
        })),
        accepts: ["PCA", "NCA", "ReliefF"],
        rejects: [],
      },
    ]);
    expect(guidelines).toContain("from a single list of the reference");
  });

  test("says that it rests on one statement alone", () => {
    const { guidelines } = draftFrom("A filter is a compact set with false positives.");
    expect(guidelines).toContain("from a single statement of the reference");
  });

  test("keeps what its statements deny, and takes the reference itself for a right answer", () => {
    const reference =
      "Random forests are not able to extrapolate a trend in time. They average leaves that hold only values seen in training. " +
      "A linear model extrapolates unless its features are bounded.";
    const rubric = draftFrom(reference);
    expect(rubric.criteria.map(({ text }) => text)).toEqual([
      "Random forests are not able to extrapolate a trend in time.",
      "They average leaves that hold only values seen in training.",
      "A linear model extrapolates unless its features are bounded.",
    ]);
    const texts = givenTexts({ rubric, question: "Can forests extrapolate?", reference });
    const sources = indexSources(texts);
    const segments = segmentsOf(reference);
    const answer = indexAnswer(reference, segments);
    const found = segments.map(({ id, text: quote }) => locateEvidence({ segment: id, quote }, answer, sources).status);
    expect(found).toEqual(["located", "located", "located"]);
    expect(checkAnswer(reference, { ...texts, isCopied: false })).toMatchObject({
      verdict: "grade",
      flags: ["reference-copied"],
    });
  });

  test("names an obstacle where the reference states nothing", () => {
    expect(draftRubricOffline({ ...INPUT, reference: "```\ncode\n```" })).toEqual({
      obstacle: "The reference holds no statement to make a criterion of.",
      parts: [],
      criteria: [],
      mistakes: [],
      guidelines: "",
    });
  });

  test("fits its schema for any reference, the same each time", () => {
    const piece = fc.constantFrom(
      "# H",
      "- **A b**: one two three four five",
      "| a | b c d e |",
      "|---|---|",
      "```",
      "Say it so, because it is.",
      "",
    );
    const reference = fc.array(fc.oneof(piece, fc.string({ unit: "grapheme", maxLength: 60 })), { maxLength: 20 });
    fc.assert(
      fc.property(reference, (lines) => {
        const input = { ...INPUT, reference: lines.join("\n") };
        const reply = draftRubricOffline(input);
        expect(rubricDraftReply(input).parse(reply)).toEqual(draftRubricOffline(input));
      }),
      {
        examples: [
          [["A", "ࠀ", "〡 0", "0__0"]],
          [["| a | b c d e |", "|---|---|", "| a | b c d e |"]],
          [["一`一", "Say it so, because it is.", "!"]],
        ],
      },
    );
  });
});

describe("drafting", () => {
  const text = readFileSync(new URL("../../../prompts/rubric.md", import.meta.url), "utf8");
  const { data, content } = matter(text, {});
  const prompt = compileRubricPrompt({ path: "prompts/rubric.md", text, frontMatter: data, body: content });
  const receipt = { key: "k", source: "call", attempts: 1, usage: NO_USAGE, cost: FREE, responseIds: [] } as const;

  function answering(reply: (input: unknown) => unknown): Model & { readonly asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      run: <Output>(task: Task<Output>): Promise<Outcome<Output>> => {
        asked.push(task.messages.map((message) => message.content).join("\n"));
        return Promise.resolve({ status: "ok", value: task.schema.parse(reply(task.input)), receipt });
      },
    };
  }

  function draft(model: Model, input: RubricDraftInput = INPUT): Promise<Outcome<Rubric>> {
    return draftRubric({ input, scale: SCALE, prompt, model, signal: new AbortController().signal, sample: 0 });
  }

  test("asks once, with question and reference as data, and builds the rubric", async () => {
    const model = answering(() => REPLY);
    expect(await draft(model)).toEqual({ status: "ok", value: buildRubric(REPLY, SCALE), receipt });
    expect(model.asked).toHaveLength(1);
    expect(model.asked[0]).toContain(JSON.stringify(INPUT.reference));
    expect(prompt.provenance.prompt).toBe("rubric@1");
  });

  test("works without a model through the offline answerer", async () => {
    const outcome = await draft(answering(OFFLINE_GRADES.rubric));
    expect(outcome.status === "ok" ? outcome.value : outcome.status).toEqual(
      buildRubric(draftRubricOffline(INPUT), SCALE),
    );
  });

  test("is refused without a reference, unasked, and where the reply names an obstacle", async () => {
    const model = answering(() => ({ ...REPLY, criteria: [], mistakes: [], obstacle: "A mere opinion." }));
    const unasked = await draft(model, { ...INPUT, reference: " \n" });
    expect([unasked.status, unasked.receipt.attempts, model.asked]).toEqual(["refused", 0, []]);
    expect(await draft(model)).toEqual({ status: "refused", text: "A mere opinion.", receipt });
  });
});
