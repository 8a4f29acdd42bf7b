import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pane, WalkState } from "../../src/cli/review-walk/review-walk-state.ts";
import { viewOf } from "../../src/cli/review-walk/review-walk-view.ts";
import { paintLine, widthOf } from "../../src/cli/review-walk/terminal-text.ts";
import { offerMerge } from "../../src/review/conflict.ts";
import type { ReviewItem } from "../../src/review/states.ts";
import { press, screenOf, seaItems, seaWalk } from "./walk-cards.ts";

describe("a card", () => {
  test("over a placeholder shows the draft as it is", () => {
    expect(screenOf(seaWalk(), 80, 16)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      What is a tide?

      The sea rises and falls twice a day.






      ────────────────────────────────────────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate 0.50 · critique: pass
      · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean  j next  k back  d view
      i details  / search  f filter  g go to  ? help  q quit"
    `);
  });

  test("over an answer shows what changes, word by word", () => {
    expect(screenOf(press(seaWalk(), "j").state)).toMatchInlineSnapshot(`
      "2/5 sea.md Q2 [clean]

      What is a wave?

      A wave moves water up and down. It is [-slow-]{+fast+}.









      ────────────────────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate
      0.50 · critique: pass · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean
      j next  k back  d view  i details  / search  f filter
      g go to  ? help  q quit"
    `);
  });

  test("shows both sides beside each other, or the draft alone", () => {
    expect(screenOf(press(seaWalk({ at: 1 }), "d").state, 60, 14)).toMatchInlineSnapshot(`
      "2/5 sea.md Q2 [clean]

      What is a wave?

      now in the bank              │ draft
      A wave moves water up and    │ A wave moves water up and
      down. It is [-slow-].        │ down. It is {+fast+}.
      ── 1 below ↓ ───────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate
      0.50 · critique: pass · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean
      j next  k back  d view  i details  / search  f filter
      g go to  ? help  q quit
      shown: now and draft side by side"
    `);
    expect(screenOf(press(seaWalk({ at: 1 }), "dd").state, 60, 12)).toMatchInlineSnapshot(`
      "2/5 sea.md Q2 [clean]

      What is a wave?

      A wave moves water up and down. It is fast.
      ── 1 below ↓ ───────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate
      0.50 · critique: pass · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean
      j next  k back  d view  i details  / search  f filter
      g go to  ? help  q quit
      shown: the draft alone"
    `);
    // Too narrow for two sides.
    expect(screenOf({ ...seaWalk({ at: 1 }), diff: "side-by-side" }, 40, 18)).toMatchInlineSnapshot(`
      "2/5 sea.md Q2 [clean]

      What is a wave?

      A wave moves water up and down. It is
      [-slow-]{+fast+}.




      ────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens ·
      $0.00 · own estimate 0.50 · critique:
      pass · 3 days old
      a accept  r reject  x redo  e edit
      s skip  A all clean  j next  k back
      d view  i details  / search  f filter
      g go to  ? help  q quit"
    `);
  });

  test("says what is doubtful, how it was decided and what it is about", () => {
    const items = seaItems(["pending", "pending", "pending", "pending", "rejected"]);
    expect(screenOf(press(seaWalk({}, items), "fflag=thin<return>").state)).toMatchInlineSnapshot(`
      "1/1 sea.md Q5 [clean] rejected  filter: flag=thin

      What is salt?

      Salt is salt.

      flags: thin







      ────────────────────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate
      0.50 · critique: pass · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean
      j next  k back  d view  i details  / search  f filter
      g go to  ? help  q quit"
    `);
  });

  test("that is longer than the screen scrolls", () => {
    const [first, ...rest] = seaItems();
    if (first === undefined) throw new Error("the fixture has items");
    const body = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join("\n");
    const long = [{ ...first, proposal: { ...first.proposal, body } }, ...rest];
    const narrow = (scroll: number): string => screenOf(seaWalk({ scroll }, long), 76, 12);
    expect(narrow(0)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      What is a tide?

      line 1
      line 2
      line 3
      ── 28 below ↓ ──────────────────────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate 0.50 · critique:
      pass · 3 days old
      a accept  r reject  x redo  e edit  s skip  A all clean  j next  k back
      d view  i details  / search  f filter  g go to  ? help  q quit"
    `);
    expect(narrow(5).split("\n").slice(1, 7)).toMatchInlineSnapshot(`
      [
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
        "line 8",
      ]
    `);
    expect(narrow(999).split("\n").slice(1, 7)).toMatchInlineSnapshot(`
      [
        "line 26",
        "line 27",
        "line 28",
        "line 29",
        "line 30",
        "",
      ]
    `);
  });
});

describe("panes", () => {
  test("reasons", () => {
    expect(screenOf(press(seaWalk(), "rnot").state)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      What is a tide?

      The sea rises and falls twice a day.







      ────────────────────────────────────────────────────────────
      offline · draft@1 · 10 + 20 tokens · $0.00 · own estimate
      0.50 · critique: pass · 3 days old
      1 wrong  2 not supported by its sources
      3 beside the question
      4 badly written, or of the wrong length  5 no reason given
      Esc back
      why? 1 to 5, or in your words: not_"
    `);
  });

  test("the batch, with what is left out", () => {
    expect(screenOf(press(seaWalk(), "A2").state)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      accept 2 clean drafts for 1 file, 18 words:

      2  questions/sea.md

      1 left for a look: conflict
      1 left for a look: stale
      1 left for a look: flag thin








      ────────────────────────────────────────────────────────────
      Esc back
      type 2 and Enter to accept them all: 2_"
    `);
  });

  test("help", () => {
    expect(screenOf(press(seaWalk(), "?").state, 80, 28)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      a  accept this draft; it is written later, by w or answerkey apply
      r  reject it: then a reason, 1 to 5 or in your words
      x  reject it and have the next fill draft another one, with your note
      e  edit it in $VISUAL or $EDITOR
      s  leave it for later; the space bar does the same
      u  take back what was done last here; again for what was done before that
      c  a draft that cannot go where it was made for: what can be done
      A  accept every clean draft without a flag in this filter; asks for their number
      w  write what is accepted into the bank; shows the files and asks first
      j  next card, decided ones too; also n
      k  card before, decided ones too; also p
      d  words, side by side, draft alone, your own tool ($REVIEW_DIFF_TOOL)
      i  where the draft comes from, who decided, earlier drafts
      /  next card with a text in question, draft, file or id
      f  which cards: file= state= model= flag= conf<0.6 run= text= kind=
      g  a card by its number, its id or Q and the question's number
      ?  these keys
      q  leave; every decision is saved already

      Arrows, Page Up and Page Down scroll. Enter, Esc, arrows and pasted text never
      decide.
      Ctrl-L reads everything again, Ctrl-Z suspends, Ctrl-C leaves. Every decision is
      saved at once.

      ────────────────────────────────────────────────────────────────────────────────
      q back"
    `);
  });

  test("files to be written", () => {
    const preview = {
      keys: ["a", "b"],
      files: [{ path: "questions/sea.md", drafts: "2 answers" }],
      refused: [{ id: "q-0123456789ab", reason: "the place holds something else now; nothing was overwritten" }],
    };
    expect(screenOf(seaWalk({ pane: { kind: "apply", preview } }), 60, 10)).toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      write 2 accepted drafts:

      questions/sea.md: 2 answers

      q-0123456789ab: the place holds something else now; nothing
      was overwritten
      ── 1 below ↓ ───────────────────────────────────────────────
      y write them  q back"
    `);
  });

  test("ways out of a conflict", () => {
    const [now, draft] = ["Somebody wrote this meanwhile.", "A current moves water along."];
    const pane: Pane = {
      kind: "trouble",
      offer: offerMerge({ base: undefined, now, draft }),
      ways: [
        { label: "mine: keep what is in the bank, reject the draft", deed: { kind: "keep-bank" } },
        { label: "edit: both texts in your editor", deed: { kind: "keep-bank" } },
      ],
    };
    expect(screenOf(seaWalk({ at: 2, pane }), 60, 24)).toMatchInlineSnapshot(`
      "3/5 sea.md Q3 [conflict]

      conflict: the place holds something else than when this was
      drafted; apply will leave it alone

      now in the bank:
      Somebody wrote this meanwhile.

      draft:
      A current moves water along.

      from the one to the other:
      [-Somebody wrote this meanwhile.-]{+A current moves water
      along.+}







      ────────────────────────────────────────────────────────────
      1 mine: keep what is in the bank, reject the draft
      2 edit: both texts in your editor  q back"
    `);
  });

  test("what became of a question that was reworded", () => {
    const pane: Pane = {
      kind: "trouble",
      offer: undefined,
      ways: [{ label: "this is its question now", deed: { kind: "keep-bank" } }],
    };
    expect(screenOf(seaWalk({ at: 3, pane }), 60, 14)).toMatchInlineSnapshot(`
      "4/5 sea.md Q4 [stale]

      stale: the question was reworded; the nearest is "What is a
      deep sea trench?"

      the question then and now:
      What is a deep [-ocean-] {+sea+} trench?





      ────────────────────────────────────────────────────────────
      1 this is its question now  q back"
    `);
  });

  test("details", () => {
    const [tide] = seaItems();
    if (tide === undefined) throw new Error("the fixture has items");
    const earlier = [{ header: tide.proposal.header, body: "The sea rises twice a day." }];
    const history = ["2030-01-02T03:04:05.000Z Ada: reject (terminal): too short"];
    expect(screenOf(seaWalk({ pane: { kind: "details", details: { history, earlier } } }), 76, 24))
      .toMatchInlineSnapshot(`
      "1/5 sea.md Q1 [clean]

      id: q-f5a0035f464d, revision 1
      place: questions/sea.md
      status: pending, clean
      run: 2030-01-02t03-04-05z-a1b2
      model: offline offline
      prompt: draft@1
      sha256:cf07194ee232eb531e15f690000d19846dea69cf05504782658afcfacb9228a2
      tokens: 10 in, 20 out
      cost: $0
      model's own estimate: 0.50
      critique: pass
      decisions:
      - 2030-01-02T03:04:05.000Z Ada: reject (terminal): too short

      revision 1, run 2030-01-02t03-04-05z-a1b2, to this one:
      The sea rises {+and falls+} twice a day.




      ────────────────────────────────────────────────────────────────────────────
      q back"
    `);
  });
});

test("a screen of six lines still shows what is asked", () => {
  expect(screenOf(press(seaWalk(), "rx").state, 30, 6)).toMatchInlineSnapshot(`
    "1/5 sea.md Q1 [clean]

    ── 5 below ↓ ─────────────────
    5 no reason given  Esc back
    why? 1 to 5, or in your words:
    x_"
  `);
});

function withText(item: ReviewItem, text: string): ReviewItem {
  const { header } = item.proposal;
  const signals = { ...header.signals, findings: [text], flags: [text], doubts: [text], key_points: [text] };
  const run = { ...header.run, model: text, prompt: text, id: text };
  return { ...item, proposal: { header: { ...header, question: text, run, signals }, body: text } };
}

describe("whatever a draft holds", () => {
  const RAW =
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E0FFF}]/u;
  const nasty = fc
    .array(
      fc.constantFrom(
        "word ",
        "\n",
        "漢字",
        "👍🏽",
        "\u001B[2J",
        "\u009B",
        "\u202E",
        "\u{E0041}",
        "\r",
        "\t",
        "\uE000red;",
        "\uE001",
        "[-",
        "```\n",
        "e\u0301",
        "x".repeat(50),
      ),
    )
    .map((parts) => parts.join(""));

  test("no line is wider than the screen, and nothing raw is on it", () => {
    const panes: readonly ((text: string) => Pane)[] = [
      () => ({ kind: "card" }),
      () => ({ kind: "help" }),
      (text) => ({ kind: "reason", action: "reject", text }),
      (text) => ({ kind: "batch", keys: [], text }),
      (text) => ({ kind: "prompt", purpose: "filter", text }),
      (text) => ({ kind: "details", details: { history: [text], earlier: [] } }),
      (text) => ({
        kind: "apply",
        preview: { keys: [text], files: [{ path: text, drafts: "1 answer" }], refused: [{ id: text, reason: text }] },
      }),
      (text) => ({ kind: "trouble", ways: [{ label: text, deed: { kind: "keep-bank" } }], offer: undefined }),
    ];
    const state = fc
      .tuple(nasty, fc.nat({ max: 4 }), fc.constantFrom(...panes), fc.constantFrom("word", "side-by-side", "raw"))
      .map(([text, at, pane, diff]): WalkState => {
        const items = seaItems().map((item) => withText(item, text));
        return seaWalk(
          {
            at,
            pane: pane(text),
            diff: diff === "raw" || diff === "word" ? diff : "side-by-side",
            notice: text,
            filter: text,
          },
          items,
        );
      });
    fc.assert(
      fc.property(state, fc.integer({ min: 2, max: 100 }), (walk, columns) => {
        const { header, middle, provenance, notice, keys, prompt } = viewOf(walk, columns);
        for (const line of [header, ...middle, ...provenance, ...notice, ...keys, ...prompt]) {
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
          expect(RAW.exec(paintLine(line, false))).toBe(null);
        }
      }),
    );
  });
});
