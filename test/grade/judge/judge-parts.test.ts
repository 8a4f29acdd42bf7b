import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../../../src/core/hash.ts";
import { canaryCriterion, drawCanary } from "../../../src/grade/judge/canary.ts";
import { judgeReplySchema } from "../../../src/grade/judge/judge-reply.ts";
import { sheetsOf } from "../../../src/grade/judge/judge-sheet.ts";
import { supportFor } from "../../../src/grade/judge/judge-support.ts";
import { maskStretches } from "../../../src/grade/judge/mask.ts";
import type { Evidence } from "../../../src/grade/judge/verdict.ts";
import { wireSchema } from "../../../src/llm/wire-schema.ts";
import { criterionOf, GOOD_ANSWER, isCanary, itemOf, NO_NOTES, queueRubric } from "./judge-rig.ts";

function span(start: number, end: number): Evidence {
  const text = "x".repeat(end - start);
  return {
    status: "located",
    tier: "exact",
    text,
    span: { start, end, byteStart: start, byteEnd: end },
    negated: false,
  };
}

const NOT_FOUND: Evidence = { status: "invalid", fault: "not-found" };

describe("what evidence leaves of a level", () => {
  const levels = criterionOf("a", [0, 1, 2]);
  const count = criterionOf("a", [0, 1, 2, 3], { kind: "count" });
  const penalty = criterionOf("a", [0, -1], { kind: "penalty" });

  test.each([
    ["a level with a span stands", levels, "l2", [span(0, 9)], "l2"],
    ["invalid quotes beside a span do no harm", levels, "l2", [NOT_FOUND, span(0, 9)], "l2"],
    ["without a span it falls to the first", levels, "l2", [NOT_FOUND], "none"],
    ["the first level needs none", levels, "none", [], "none"],
    ["a count falls to as many as there are spans", count, "l3", [span(0, 9), span(9, 20)], "l2"],
    ["spans that overlap are one", count, "l3", [span(0, 9), span(4, 20), span(30, 40)], "l2"],
    ["one long span does not hide two short ones", count, "l2", [span(0, 40), span(0, 9), span(20, 30)], "l2"],
    ["a penalty needs one too", penalty, "full", [], "none"],
    ["no policy, no need", { ...levels, evidence: "none" } as const, "l2", [], "l2"],
    ["what is absent has no span", { ...levels, evidence: "absence" } as const, "l2", [], "l2"],
  ])("%s", (_name, criterion, judged, evidence, left) => {
    const { level, fault } = supportFor(criterion, { level: judged, absent: false }, evidence);
    expect([level, fault !== undefined]).toEqual([left, left !== judged]);
  });

  test("credit for what the judge itself calls absent is borne out by nothing, unless absence is the point", () => {
    const said = { level: "l2", absent: true };
    expect(supportFor(levels, said, [span(0, 9)])).toEqual({
      level: "none",
      fault: "You say that the answer says nothing at all to this criterion, and yet give it the level l2.",
    });
    expect(supportFor({ ...levels, evidence: "absence" }, said, [])).toEqual({ level: "l2", fault: undefined });
    expect(supportFor(levels, { ...said, level: "none" }, [])).toEqual({ level: "none", fault: undefined });
  });

  test("the judge is told in words of ours what is missing", () => {
    expect(supportFor(count, { level: "l3", absent: false }, [span(0, 9)]).fault).toBe(
      "The level l3 needs 3 quotes from different places copied letter by letter from the answer; its quotes come to 1 there.",
    );
  });
});

function verdict(changes: object = {}): object {
  return { findings: "", evidence: [], absent: true, level: "none", ...changes };
}

function replyWith(verdicts: object): object {
  return { verdicts, notes: NO_NOTES };
}

/** A digest that sees the number of the draw and nothing else: every seed gets the same names. */
function blindDigest(text: string): string {
  return sha256Hex(text.slice(0, text.indexOf("\n")));
}

function namesFor(seed: string): readonly string[] {
  return drawCanary(seed, 3, blindDigest).text.match(/\b[A-Z][a-z]{5,}/g) ?? [];
}

describe("the schema of a reply", () => {
  const asked =
    sheetsOf(itemOf(GOOD_ANSWER), { canary: false, perCriterion: false })[0]?.entries.map((each) => each.asked) ?? [];
  const schema = judgeReplySchema(asked);
  const three = { c1: verdict(), c2: verdict(), c3: verdict() };

  test("takes each criterion once, in any order", () => {
    expect(schema.safeParse(replyWith(three)).success).toBe(true);
    const { c1, ...others } = three;
    expect(schema.safeParse(replyWith({ ...others, c1 })).success).toBe(true);
  });

  test.each([
    ["a level of another criterion", { ...three, c1: verdict({ level: "full" }) }],
    ["a number", { ...three, c1: verdict({ points: 2 }) }],
    ["one too few", { c1: verdict(), c3: verdict() }],
    ["one too many", { ...three, c4: verdict() }],
    ["a list", [verdict(), verdict(), verdict()]],
    ["endless findings", { ...three, c1: verdict({ findings: "x".repeat(4_001) }) }],
  ])("refuses %s", (_name, verdicts) => {
    expect(schema.safeParse(replyWith(verdicts)).success).toBe(false);
  });

  test("says on the wire which levels each criterion has, and asks for no number", () => {
    const wire = wireSchema(schema);
    const texts = JSON.stringify(wire);
    expect(texts).toContain('"enum":["none","l1","l2"]');
    expect(texts).not.toMatch(/"(?:number|integer)"|maxLength|points|score|total/);
    const required = Array.from(texts.matchAll(/"required":\[([^\]]*)\]/g), ([, names]) => names?.replaceAll('"', ""));
    expect(required.filter((names) => names?.startsWith("findings"))).toEqual(
      Array.from({ length: 3 }, () => "findings,evidence,absent,level"),
    );
    expect(required.slice(-2)).toEqual(["off_topic,injection_attempt,unreadable,rubric_gap", "verdicts,notes"]);
  });
});

describe("a made-up fact", () => {
  test("is the same for the same answer, and another, elsewhere, for others", () => {
    const drawn = Array.from({ length: 200 }, (_, at) => drawCanary(`answer ${at}`, 4));
    expect(drawn.map((_, at) => drawCanary(`answer ${at}`, 4)).map(({ text }) => text)).toEqual(
      drawn.map(({ text }) => text),
    );
    expect(new Set(drawn.map(({ place }) => place))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(new Set(drawn.map(({ text }) => text)).size).toBeGreaterThan(195);
  });

  test("holds no name that stands in the answer", () => {
    const first = namesFor("An answer.").slice(-2);
    const second = namesFor(`An answer that tells of ${first[0]?.toUpperCase()}.`).slice(-2);
    expect(first).toHaveLength(2);
    expect(second.filter((name) => first.includes(name))).toEqual([]);
  });

  test("looks like the criteria around it, under neutral ids in their order", () => {
    const [sheet] = sheetsOf(itemOf(GOOD_ANSWER), { canary: true, perCriterion: false });
    const entries = sheet?.entries ?? [];
    expect(entries.map(({ asked }) => asked.id)).toEqual(["c1", "c2", "c3", "c4"]);
    expect(entries.flatMap(({ criterion }) => criterion?.id ?? [])).toEqual(["bursts", "decoupling", "idempotence"]);
    const [canary] = entries.filter(({ criterion }) => criterion === undefined);
    expect(canary?.asked.levels.map(({ id }) => id)).toEqual(["none", "l2"]);
    expect(entries.filter(({ asked }) => isCanary(asked))).toEqual([canary]);
    expect(canaryCriterion({ text: "T", place: 0 }, { levels: [] }).levels.map(({ id }) => id)).toEqual([
      "none",
      "met",
    ]);
  });

  test("is in every sheet, also where each criterion has its own", () => {
    const sheets = sheetsOf(itemOf(GOOD_ANSWER, { rubric: queueRubric() }), { canary: true, perCriterion: true });
    expect(sheets.map(({ entries }) => entries.map(({ criterion }) => criterion?.id ?? "canary").toSorted())).toEqual([
      ["bursts", "canary"],
      ["canary", "decoupling"],
      ["canary", "idempotence"],
    ]);
  });
});

describe("a masked text", () => {
  test("has blanks of the same width, and its lines", () => {
    const text = "One é日😀\ntwo three";
    expect(maskStretches(text, [{ start: 4, end: 12 }])).toBe("One \u00A0\u3000\u00A0\u00A0\n    three");
  });

  test("keeps every offset, of units and of bytes, and all that is not masked", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 60 });
    const offsets = fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { maxLength: 4 });
    fc.assert(
      fc.property(texts, offsets, (text, pairs) => {
        const border = (at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at);
        const stretches = pairs.map(([one, other]) => ({
          start: border(Math.min(one, other, text.length)),
          end: border(Math.min(Math.max(one, other), text.length)),
        }));
        const masked = maskStretches(text, stretches);
        expect(masked.length).toBe(text.length);
        for (let at = 0; at <= text.length; at += 1) {
          if (/[\uDC00-\uDFFF]/.test(text.charAt(at))) continue;
          expect(Buffer.byteLength(masked.slice(0, at))).toBe(Buffer.byteLength(text.slice(0, at)));
          const isMasked = stretches.some(({ start, end }) => at >= start && at < end);
          if (isMasked) expect(masked.charAt(at).trim()).toBe("");
          else expect(masked.charAt(at)).toBe(text.charAt(at));
        }
      }),
    );
  });
});
