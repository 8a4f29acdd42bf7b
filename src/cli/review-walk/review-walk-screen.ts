import { commandOf } from "../review/review-keys.ts";
import { carryOutDeed } from "./review-walk-deeds.ts";
import { frameOf, type Frame } from "./review-walk-frame.ts";
import type { WalkEnd, WalkState } from "./review-walk-state.ts";
import { advance, type WalkEvent } from "./review-walk-step.ts";
import { viewOf } from "./review-walk-view.ts";
import type { Walker } from "./review-walker.ts";
import { Inbox } from "./terminal-inbox.ts";
import type { KeyEvent } from "./terminal-key.ts";
import { runProgram } from "./terminal-program.ts";
import { openScreen, type Screen, type TerminalStreams } from "./terminal-screen.ts";
import { paintLine } from "./terminal-text.ts";

type Input =
  | { readonly type: "key"; readonly key: KeyEvent }
  | { readonly type: "redraw" }
  | { readonly type: "abort" };

/** Walks with single keys and whole screens, until the user leaves or the process is told to end. */
export async function walkOnScreen(
  base: Omit<Walker, "runTool">,
  start: WalkState,
  terminal: TerminalStreams & { readonly hasColour: boolean },
): Promise<WalkEnd> {
  const { signal, clock } = base.project;
  const inbox = new Inbox<Input>();
  const held = new HeldKey();
  const screen = openScreen(terminal, {
    onKey: (key) => inbox.put({ type: "key", key }),
    onRedraw: () => inbox.put({ type: "redraw" }),
  });
  const walker: Walker = { ...base, runTool: (...call) => screen.lend(() => runProgram(...call)) };
  signal.addEventListener("abort", () => inbox.put({ type: "abort" }), { once: true });
  if (signal.aborted) inbox.put({ type: "abort" });
  try {
    for (let state = start; ;) {
      const frame = drawOn(screen, state, terminal.hasColour);
      // Scrolled no further than there are lines.
      state = { ...state, scroll: frame.scroll };
      const input = await inbox.next();
      if (input.type === "abort") return { state, isInterrupted: true };
      if (input.type === "redraw" || held.repeats(input.key, state, clock.now())) continue;
      const { state: next, effect } = advance(state, eventOf(input.key, frame));
      state = next;
      if (effect === undefined) continue;
      if (effect.type === "leave") return { state, isInterrupted: effect.isInterrupted };
      if (effect.type === "suspend") screen.suspend();
      else {
        state = advance(state, await carryOutDeed(walker, effect, state)).state;
        // What was typed meanwhile was meant for another screen.
        inbox.drop(({ type }) => type === "key");
      }
    }
  } finally {
    screen.close();
  }
}

function drawOn(screen: Screen, state: WalkState, hasColour: boolean): Frame {
  const size = screen.size();
  const frame = frameOf(viewOf(state, size.columns), size, state.scroll);
  screen.draw(frame.lines.map((line) => paintLine(line, hasColour)));
  return frame;
}

function eventOf(key: KeyEvent, { page }: Frame): WalkEvent {
  const lines = key.kind === "named" ? SCROLL_KEYS[key.name] : undefined;
  return lines === undefined ? { type: "key", key } : { type: "scrolled", lines: lines(page) };
}

const FAR = 1_000_000;

const SCROLL_KEYS: Readonly<Record<string, ((page: number) => number) | undefined>> = {
  up: () => -1,
  down: () => 1,
  pageup: (page) => 1 - page,
  pagedown: (page) => page - 1,
  home: () => -FAR,
  end: () => FAR,
};

/** Below this a letter that comes again comes from a key that is held. */
const REPEAT_MS = 60;

/** A key that is held accepts one draft and takes one decision back. */
class HeldKey {
  #letter = "";
  #at = -Infinity;

  repeats(key: KeyEvent, state: WalkState, now: number): boolean {
    const letter = key.kind === "letter" ? key.text : "";
    const isAgain = letter !== "" && letter === this.#letter && now - this.#at < REPEAT_MS;
    this.#letter = letter;
    this.#at = now;
    const command = isAgain && state.pane.kind === "card" ? commandOf(state, letter) : undefined;
    return command?.kind === "card" && (command.name === "accept" || command.name === "undo");
  }
}
