import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canaryCriterion, drawCanary } from "../../../src/grade/judge/canary.ts";
import type { JudgeCriterion, JudgeInput } from "../../../src/grade/judge/judge-input.ts";
import { judgeReplySchema, type JudgeVerdict } from "../../../src/grade/judge/judge-reply.ts";
import { judgeOffline } from "../../../src/grade/offline/offline-judge.ts";
import { segmentsOf } from "../../../src/grade/evidence/segments.ts";
import { growthOf } from "../../support/growth.ts";

function criterion(changes: Partial<JudgeCriterion>): JudgeCriterion {
  const levels = ["none", "partial", "full"].map((id) => ({ id, descriptor: "", anchors: [] }));
  return { id: "c1", text: "", evidence: "required", levels, accepts: [], rejects: [], ...changes };
}

function levelsNamed(...ids: readonly string[]): JudgeCriterion["levels"] {
  return ids.map((id) => ({ id, descriptor: "", anchors: [] }));
}

const QUESTION = "What does a write-ahead log do for a database?";
const REFERENCE =
  "A write-ahead log records every change before the pages are modified. After a crash the database replays it. " +
  "Commits only wait for one sequential append, which is faster than random page writes.";
const RECOVERY = criterion({
  id: "c1",
  text: "Says that after a crash lost changes are recovered by replaying the log.",
  accepts: ["redo committed transactions on restart"],
  rejects: ["the log is a backup of the whole database"],
});

function input(answer: string, changes: Partial<JudgeInput> = {}): JudgeInput {
  return {
    question: QUESTION,
    reference: REFERENCE,
    guidelines: "",
    criteria: [RECOVERY],
    precedents: [],
    faults: [],
    segments: segmentsOf(answer).map(({ id, text }) => ({ id, text })),
    ...changes,
  };
}

function judged(answer: string, changes: Partial<JudgeInput> = {}): JudgeVerdict {
  const [verdict] = Object.values(judgeOffline(input(answer, changes)).verdicts);
  if (verdict === undefined) throw new Error("a judge gives a verdict on every criterion");
  return verdict;
}

describe("the offline judge", () => {
  test("gives the top level to a statement in the words of the criterion, shows where, and says what it did", () => {
    expect(
      judgeOffline(
        input("It is an append-only file. When there was a crash, lost changes are recovered by replaying it."),
      ),
    ).toEqual({
      verdicts: {
        c1: {
          findings:
            "Word matching: holds 5 of 5 words of the criterion beyond the question's: crash, lost, changes, recovered, replaying.",
          evidence: [{ segment: "s2", quote: "When there was a crash, lost changes are recovered by replaying it." }],
          absent: false,
          level: "full",
        },
      },
      notes: { off_topic: false, injection_attempt: false, unreadable: false, rubric_gap: "" },
    });
  });

  test("sees through misspelling and takes accepted wordings", () => {
    expect(judged("On restrat the commited transactions get a redo.")).toMatchObject({
      level: "full",
      findings: "Word matching: holds 4 of 4 words of an accepted wording: redo, committed, transactions, restart.",
    });
  });

  test("gives a lesser level to a part of it", () => {
    expect(judged("It helps after a crash, when changes would be missing.").level).toBe("partial");
  });

  test("gives nothing to the question again, to a colon, to off-topic text, to a list of its own framing", () => {
    const answers = [
      QUESTION,
      ":",
      "I like trains and cake.",
      "The answer says that it mentions the statement correctly.",
    ];
    expect(answers.map((answer) => judged(answer).level)).toEqual(["none", "none", "none", "none"]);
    expect(judgeOffline(input("I like trains and cake.")).notes.off_topic).toBe(true);
  });

  test("lowers the level where the words are denied or stand for a known mistake", () => {
    expect(judged("Lost changes are not recovered by replaying after a crash.")).toMatchObject({
      level: "partial",
      findings:
        "Word matching: holds 5 of 5 words of the criterion beyond the question's: crash, lost, changes, recovered, replaying; a negation stands next to them.",
    });
    const mixed =
      "The log is a backup of the whole database. After a crash lost changes are recovered by replaying it.";
    expect(judged(mixed)).toMatchObject({
      level: "partial",
      findings:
        "Word matching: holds 5 of 5 words of the criterion beyond the question's: crash, lost, changes, recovered, replaying; " +
        "holds the words of a rejected wording: log, backup, whole, database.",
    });
  });

  test("takes a level over from an answer on which people have decided", () => {
    const answer = "It is about crashes somehow.";
    const precedents = [{ criterion: "c1", level: "partial", answer, note: "agreed" }];
    expect(judged(answer).level).toBe("none");
    expect(judged(answer, { precedents }).level).toBe("partial");
    const levels = RECOVERY.levels.map((level) =>
      level.id === "none" ? { ...level, anchors: ["replay after crash"] } : level,
    );
    expect(judged("Replay after crash.", { criteria: [{ ...RECOVERY, levels }] }).level).toBe("none");
  });

  test("counts items, each once and each with its own words", () => {
    const criteria = [
      criterion({
        text: "Names a benefit: durability, atomicity, replication or point-in-time recovery.",
        levels: levelsNamed("none", "1", "2", "3"),
        accepts: ["replicas, followers or standby servers"],
      }),
    ];
    expect(judged("Durability, atomicity and feeding replicas; durability most of all.", { criteria })).toEqual({
      findings: 'Word matching: found 3 of the items: "durability", "atomicity", "replicas".',
      evidence: ["Durability", "atomicity", "replicas"].map((quote) => ({ segment: "s1", quote })),
      absent: false,
      level: "3",
    });
    expect(judged("Durability.", { criteria }).level).toBe("1");
  });

  test("says of no word that it is lacking when it is there", () => {
    const criteria = [criterion({ text: "Says that skewness is the asymmetry of a distribution." })];
    const findings = (answer: string): string =>
      judged(answer, { question: "What is skewness?", reference: "", criteria }).findings;
    expect(findings("Skewness is when data is kurtosis high")).toBe(
      "Word matching: holds none of the words of the criterion beyond the question's: asymmetry, distribution.",
    );
    expect(
      findings(`It is asymmetry of shape. ${"Then comes another remark here. ".repeat(3)}See the distribution.`),
    ).toBe(
      "Word matching: holds 2 of 2 words of the criterion beyond the question's: asymmetry, distribution; " +
        "elsewhere in the answer distribution.",
    );
    const asked = [criterion({ text: "Says what skewness is." })];
    expect(judged("It is skewness.", { question: "What is skewness?", reference: "", criteria: asked }).findings).toBe(
      "Word matching: the criterion has only words of the question.",
    );
  });

  test("says that it cannot count where there is no list of items", () => {
    const criteria = [criterion({ text: "Names a component of a pipeline.", levels: levelsNamed("none", "1", "2") })];
    expect(judged("A reader, a parser and a writer.", { criteria })).toEqual({
      findings: "Word matching: cannot judge this, for it has no list of items to look for.",
      evidence: [],
      absent: false,
      level: "none",
    });
    const listing = [{ ...criteria[0], ...criterion({ accepts: ["cache"], levels: levelsNamed("none", "1") }) }];
    expect(judged("A reader.", { criteria: listing }).findings).toBe("Word matching: found none of the 1 items.");
  });

  test("takes points away only for a claim that is nearly all there", () => {
    const criteria = [
      criterion({
        text: "Claims that data pages are written before the log.",
        levels: levelsNamed("absent", "present"),
        accepts: ["pages are flushed to disk before logging"],
      }),
    ];
    const levels = [
      "Pages are flushed to the disk, then logging happens.",
      "Pages are not flushed to disk before logging.",
      "Pages get flushed.",
    ];
    expect(levels.map((answer) => judged(answer, { criteria }).level)).toEqual(["present", "absent", "absent"]);
  });

  test("credits what should be absent unless it is there, but never an empty answer", () => {
    const criteria = [
      criterion({ text: "Mentions backups of tables.", evidence: "absence", levels: levelsNamed("unmet", "met") }),
    ];
    const answers = ["Changes are replayed.", "It makes backups of all tables.", "?!"];
    expect(answers.map((answer) => judged(answer, { criteria }).level)).toEqual(["met", "unmet", "unmet"]);
  });

  test("never credits a canary, whatever the answer", () => {
    const words = fc.constantFrom(
      "condition",
      "follows",
      "objection",
      "exception",
      "limits",
      "holds",
      "form",
      "raised",
      "crash",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), fc.string(), (said, seed) => {
        const canary = { id: "c9", ...canaryCriterion(drawCanary(said.join(" ") + seed, 1), RECOVERY) };
        expect(judged(said.join(" "), { criteria: [canary] }).level).toBe("none");
      }),
    );
  });
});

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        "log",
        "crash",
        "not",
        "replay",
        "page.",
        "Change",
        ",",
        "\n",
        "a:",
        "write-ahead",
        "redo",
        "```",
      ),
      {
        maxLength: 30,
      },
    )
    .map((words) => words.join(" ")),
);
const anyCriterion = fc
  .record({
    text,
    evidence: fc.constantFrom("required" as const, "none" as const, "absence" as const),
    ids: fc.constantFrom(["none", "partial", "full"], ["unmet", "met"], ["absent", "present"], ["none", "1", "2", "3"]),
    descriptor: text,
    accepts: fc.array(text, { maxLength: 3 }),
    rejects: fc.array(text, { maxLength: 2 }),
  })
  .map(({ ids, descriptor, ...rest }) =>
    criterion({ ...rest, levels: ids.map((id) => ({ id, descriptor, anchors: [descriptor] })) }),
  );

test("every reply fits its schema, quotes letter by letter, and is the same each time", () => {
  fc.assert(
    fc.property(
      fc.array(anyCriterion, { minLength: 1, maxLength: 3 }),
      text,
      text,
      text,
      (drawn, question, reference, answer) => {
        const criteria = drawn.map((each, place) => ({ ...each, id: `c${place + 1}` }));
        const asked = input(answer, { question, reference, criteria });
        const reply = judgeOffline(asked);
        expect(judgeReplySchema(criteria).parse(reply)).toEqual(reply);
        expect(judgeOffline(asked)).toEqual(reply);
        const segments = new Map(asked.segments.map((segment) => [segment.id, segment.text]));
        for (const { segment, quote } of Object.values(reply.verdicts).flatMap(({ evidence }) => evidence)) {
          expect(quote.length).toBeLessThanOrEqual(600);
          expect(segments.get(segment)).toContain(quote);
        }
      },
    ),
  );
});

test("whatever is said of a word of the criterion is true of the answer", () => {
  const words = ["log", "crash", "page", "redo", "replay", "commit", "database"];
  const drawn = fc.array(fc.constantFrom(...words, "and", "so.", "not"), { maxLength: 25 });
  fc.assert(
    fc.property(fc.subarray(words, { minLength: 1 }), drawn, (demanded, said) => {
      const { findings } = judged(said.join(" "), {
        reference: "",
        criteria: [criterion({ text: demanded.join(" ") })],
      });
      const stated = (pattern: RegExp): readonly string[] => pattern.exec(findings)?.[1]?.split(", ") ?? [];
      for (const word of stated(/holds \d+ of \d+ [^:]*: ([^;.]+)/)) expect(said.join(" ")).toContain(word);
      for (const word of stated(/(?:lacks |none of the words of [^:]*: )([^;.]+)/)) {
        expect(said.join(" ")).not.toContain(word);
      }
    }),
  );
});

test("words of the question alone earn no credit", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(QUESTION.split(" ")),
      fc.array(anyCriterion, { minLength: 1, maxLength: 2 }),
      (words, drawn) => {
        const criteria = drawn.map((each, place) => {
          const levels = each.levels.map(({ id }) => ({ id, descriptor: "", anchors: [] }));
          return { ...each, id: `c${place + 1}`, evidence: "required" as const, levels };
        });
        const { verdicts } = judgeOffline(input(words.join(" "), { criteria }));
        expect(Object.values(verdicts).map(({ level }) => level)).toEqual(criteria.map(({ levels }) => levels[0]?.id));
      },
    ),
  );
});

/** Judging of an answer of so many sentences, each with words of its own. */
function judgingOf(size: number): () => unknown {
  const answer = Array.from({ length: size }, (_, place) => `replai${place.toString(36)} crsh.`).join(" ");
  expect(judged(answer).level).toBe("none");
  return () => judged(answer);
}

test("an answer is judged in time in proportion to its length", () => {
  expect(growthOf(judgingOf, 2_000)).toBe("linear");
});
