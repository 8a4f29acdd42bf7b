import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance } from "../../src/cli/review-walk/review-walk-step.ts";
import { cardOf, keyOf, type WalkState } from "../../src/cli/review-walk/review-walk-state.ts";
import type { WalkEvent } from "../../src/cli/review-walk/review-walk-step.ts";
import { eventsOf, press, seaItems, seaWalk } from "./walk-cards.ts";

const [TIDE = "", WAVE = "", CURRENT = "", TRENCH = "", SALT = ""] = seaItems().map(({ proposal }) => keyOf(proposal));

/** Where keys lead: the card's question, the pane, and what is said. */
function whereTo(keys: string, state: WalkState = seaWalk()): readonly unknown[] {
  const { state: after, effects } = press(state, keys);
  return [cardOf(after)?.proposal.header.question, after.pane.kind, after.notice, ...effects];
}

describe("keys that decide", () => {
  test.each([
    ["a", [{ type: "decide", action: "accept", keys: [TIDE] }]],
    ["ja", [{ type: "decide", action: "accept", keys: [WAVE] }]],
    ["r1", [{ type: "decide", action: "reject", keys: [TIDE], reason: "wrong" }]],
    ["x2", [{ type: "decide", action: "redo", keys: [TIDE], reason: "not supported by its sources" }]],
    ["rno 1<return>", [{ type: "decide", action: "reject", keys: [TIDE], reason: "no 1" }]],
    ["r <paste:two\nlines><return>", [{ type: "decide", action: "reject", keys: [TIDE], reason: "two lines" }]],
    ["A2<return>", [{ type: "decide", action: "accept", keys: [TIDE, WAVE] }]],
    ["e", [{ type: "edit", key: TIDE }]],
    ["jjc", [{ type: "look-up-trouble", key: CURRENT }]],
    ["i", [{ type: "look-up-details", key: TIDE }]],
    ["q", [{ type: "leave", isInterrupted: false }]],
    ["<ctrl-c>", [{ type: "leave", isInterrupted: true }]],
    ["<ctrl-z>", [{ type: "suspend" }]],
    ["<ctrl-l>", [{ type: "read-again" }]],
  ])("%s", (keys, effects) => {
    expect(press(seaWalk(), keys).effects).toEqual(effects);
  });

  test("nothing but letters, digits and typed lines has an effect on files", () => {
    const key = fc.constantFrom(
      ..."<return> <escape> <up> <down> <left> <right> <pageup> <home> <tab> <f1> <unknown> <backspace> <delete>".split(
        " ",
      ),
      "<paste:a>",
      "<paste:aAr1w\ny3>",
      "<paste:q\r>",
      "z",
      "Y",
      "4",
      "R",
      "é",
    );
    const opening = fc.constantFrom("", "r", "x", "A", "f", "/", "g", "?", "jj", "d");
    fc.assert(
      fc.property(opening, fc.array(key, { maxLength: 12 }), (open, keys) => {
        // A digit is a reason, and a typed letter the start of one: not in the panes that ask for it.
        const harmless =
          open === "r" || open === "x"
            ? keys.filter((each) => each.startsWith("<") && !each.startsWith("<paste"))
            : keys;
        expect(press(seaWalk(), open + harmless.join("")).effects).toEqual([]);
      }),
    );
  });

  test.each([
    ["jja", ["What is a current?", "card", "it is in conflict and cannot be accepted as it is; c shows the ways out"]],
    ["A3<return>", ["What is a tide?", "batch", "3 is not their number; nothing was accepted"]],
    ["A<return>", ["What is a tide?", "batch", ""]],
    ["r<return>", ["What is a tide?", "reason", "a digit, or a reason and Enter; Esc goes back"]],
    ["rx<escape>", ["What is a tide?", "card", ""]],
    ["u", ["What is a tide?", "card", "nothing to take back in this session"]],
    ["w", ["What is a tide?", "card", "nothing in this filter is accepted and not written"]],
    ["Q", ["What is a tide?", "card", "Q does nothing here; you may mean q"]],
    ["z", ["What is a tide?", "card", "z does nothing here; ? shows the keys"]],
    ["<paste:a>", ["What is a tide?", "card", "a paste is not read as keys"]],
  ])("%s only says why it does nothing", (keys, expected) => {
    expect(whereTo(keys)).toEqual(expected);
  });
});

describe("keys that move", () => {
  const decided = seaItems(["accepted", "pending", "pending", "rejected", "pending"]);
  test.each([
    ["", "What is a wave?", ""],
    ["k", "What is a tide?", ""],
    ["kk", "What is a tide?", "this is the first card"],
    ["s", "What is a current?", ""],
    ["s ", "What is salt?", ""],
    ["sss", "What is a wave?", ""],
    ["jnjp", "What is a deep ocean trench?", ""],
    ["jjjj", "What is salt?", "this is the last card"],
    ["<paste:jjj>", "What is salt?", ""],
    ["g4<return>", "What is a deep ocean trench?", ""],
    ["gQ5<return>", "What is salt?", ""],
    ["g9<return>", "What is a wave?", "there are cards 1 to 5"],
    ["/SALT<return>", "What is salt?", ""],
    ["/what<return>/<return>", "What is a deep ocean trench?", ""],
    ["/nowhere<return>", "What is a wave?", "no card holds nowhere"],
    ["/nowherex<backspace><ctrl-w>salt<return>", "What is salt?", ""],
  ])("%s", (keys, question, notice) => {
    const { state } = press(seaWalk({}, decided), keys);
    expect({ question: cardOf(state)?.proposal.header.question, notice: state.notice }).toEqual({ question, notice });
  });

  test("a filter keeps the card where it can, and says what is wrong with it", () => {
    const { state } = press(seaWalk(), "jfstate=clean,stale<return>");
    expect({ cards: state.cards, at: state.at, filter: state.filter }).toEqual({
      cards: [TIDE, WAVE, TRENCH, SALT],
      at: 1,
      filter: "state=clean,stale",
    });
    expect(press(state, "f<ctrl-u><return>").state.cards).toEqual([TIDE, WAVE, CURRENT, TRENCH, SALT]);
    expect(whereTo("fstat=clean<return>")).toEqual([
      "What is a tide?",
      "prompt",
      "there is no filter stat: did you mean state?",
    ]);
    expect(whereTo("fstate=missing<return>")).toEqual(["What is a tide?", "prompt", "nothing matches"]);
  });
});

describe("what effects come to", () => {
  const items = seaItems();
  const [tide, wave] = seaItems(["accepted", "accepted"]);
  const replaced = (event: Partial<Extract<WalkEvent, { type: "replaced" }>>): WalkEvent => ({
    type: "replaced",
    replaced: [{ key: TIDE, item: tide ?? failed() }],
    notice: "accepted",
    ...event,
  });
  const step = { kind: "decided", keys: [TIDE] } as const;

  test("a decision shows, can be undone and leads to the next card that waits", () => {
    const { state } = advance(seaWalk(), replaced({ step, movesOn: true }));
    expect({ at: state.at, notice: state.notice, steps: state.steps }).toEqual({
      at: 1,
      notice: "accepted",
      steps: [step],
    });
    expect(state.items.get(TIDE)).toBe(tide);
    expect(press(state, "u").effects).toEqual([{ type: "undo", step }]);
  });

  test("the last decision says that nothing is left, and its undoing leads back to its card", () => {
    const done = seaWalk({}, seaItems(["pending", "accepted", "accepted", "rejected", "rejected"]));
    const { state } = advance(done, replaced({ step, movesOn: true }));
    expect(state.notice).toBe("accepted; nothing here waits for a decision any more");
    const moved = press(state, "jjj").state;
    const back = advance(
      moved,
      replaced({ replaced: [{ key: TIDE, item: items[0] ?? failed() }], notice: "", isUndone: true }),
    );
    expect({ at: back.state.at, steps: back.state.steps }).toEqual({ at: 0, steps: [] });
  });

  test("a draft that becomes another question's keeps its card", () => {
    const { state } = advance(seaWalk({ at: 3 }), {
      type: "replaced",
      replaced: [{ key: TRENCH, item: wave ?? failed() }],
      notice: "it belongs there now",
    });
    expect({ cards: state.cards, at: state.at }).toEqual({ cards: [TIDE, WAVE, CURRENT, WAVE, SALT], at: 1 });
  });

  test("what was read again loses cards that are gone and keeps the place", () => {
    const left = items.slice(2);
    const { state } = advance(seaWalk({ at: 3 }), { type: "read-again", items: left, notice: "read" });
    expect({ cards: state.cards, at: state.at, notice: state.notice }).toEqual({
      cards: [CURRENT, TRENCH, SALT],
      at: 1,
      notice: "read; 2 of the cards are gone",
    });
  });

  test("undoing a write takes the acceptances behind it along", () => {
    const steps: WalkState["steps"] = [
      { kind: "decided", keys: [TIDE, SALT] },
      { kind: "decided", keys: [WAVE] },
      { kind: "applied", keys: [TIDE, WAVE] },
    ];
    const { state } = advance(seaWalk({ steps }), { type: "read-again", items, notice: "", isUndone: true });
    expect(state.steps).toEqual([{ kind: "decided", keys: [SALT] }]);
  });
});

describe("views", () => {
  test("go round, with a tool of the user's at the end where there is one", () => {
    expect(["d", "dd", "ddd"].map((keys) => press(seaWalk({ at: 1 }), keys).state.diff)).toEqual([
      "side-by-side",
      "raw",
      "word",
    ]);
    expect(press(seaWalk({ at: 1 }), "ddd").effects).toEqual([]);
    expect(press(seaWalk({ at: 1, hasDiffTool: true }), "ddd").effects).toEqual([
      { type: "show-diff-tool", key: WAVE },
    ]);
  });

  test("where nothing is to compare with, that is said with what there is instead, and nothing changes", () => {
    const told = [0, 3].map((at) => {
      const { state, effects } = press(seaWalk({ at, hasDiffTool: true, diff: "raw" }), "d");
      return { diff: state.diff, notice: state.notice, effects };
    });
    expect(told).toEqual([
      {
        diff: "raw",
        notice: "the place is empty: the draft is all there is to show; i shows where it comes from",
        effects: [],
      },
      {
        diff: "raw",
        notice: "it is stale, so there is nothing to compare it with; c shows what can be done",
        effects: [],
      },
    ]);
  });

  test("panes open and close again", () => {
    for (const keys of ["?<escape>", "?q", "r<escape>", "A<escape>", "f<escape>", "/<return>", "g<return>"]) {
      expect(whereTo(keys)).toEqual(["What is a tide?", "card", ""]);
    }
  });
});

test("events are read as they are written here", () => {
  expect(eventsOf("a<return><paste:x y>")).toEqual([
    { type: "key", key: { kind: "letter", text: "a" } },
    { type: "key", key: { kind: "named", name: "return" } },
    { type: "key", key: { kind: "pasted", text: "x y" } },
  ]);
});

function failed(): never {
  throw new Error("the fixture has five items");
}
