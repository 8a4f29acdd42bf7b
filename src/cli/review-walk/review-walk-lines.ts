import { createInterface } from "node:readline";
import { CARD_KEYS, choicesOf, type Choice } from "../review/review-keys.ts";
import { carryOutDeed } from "./review-walk-deeds.ts";
import { cardOf, type WalkEnd, type WalkState } from "./review-walk-state.ts";
import { advance, type WalkEvent } from "./review-walk-step.ts";
import { promptOf, viewOf } from "./review-walk-view.ts";
import type { Walker } from "./review-walker.ts";
import { Inbox } from "./terminal-inbox.ts";
import { runProgram } from "./terminal-program.ts";
import { markLine } from "./terminal-text.ts";

type Input = { readonly type: "line"; readonly line: string } | { readonly type: "pasted" | "end" | "abort" };

/**
 * Walks with numbered choices and lines of text, for screen readers and terminals that can do nothing else: what was printed
 * stays as it is, and nothing is drawn again.
 */
export async function walkByLines(
  base: Omit<Walker, "runTool">,
  start: WalkState,
  input: NodeJS.ReadableStream,
): Promise<WalkEnd> {
  const { signal, report } = base.project;
  const inbox = new Inbox<Input>();
  const stop = readLines(input, inbox);
  signal.addEventListener("abort", () => inbox.put({ type: "abort" }), { once: true });
  if (signal.aborted) inbox.put({ type: "abort" });
  const walker: Walker = { ...base, runTool: (...call) => runProgram(...call) };
  const say = (lines: readonly string[]): void => lines.forEach((line) => report.result(line));
  try {
    let shown: WalkState | undefined;
    for (let state = start; ;) {
      say(wordsFor(state, shown));
      shown = state;
      const typed = await inbox.next();
      if (typed.type === "abort") return { state, isInterrupted: true };
      if (typed.type === "end") return { state, isInterrupted: false };
      const event = typed.type === "line" ? eventOf(state, typed.line) : PASTED;
      const { state: next, effect } = advance(state, event);
      state = next;
      if (effect === undefined || effect.type === "suspend") continue;
      if (effect.type === "leave") return { state, isInterrupted: effect.isInterrupted };
      state = advance(state, await carryOutDeed(walker, effect, state)).state;
    }
  } finally {
    stop();
  }
}

const PASTED: WalkEvent = { type: "told", notice: "several lines at once are not read as choices" };

/** Lines that come within this time of each other were pasted: nobody types so fast. */
const PASTE_MS = 60;

function readLines(input: NodeJS.ReadableStream, inbox: Inbox<Input>): () => void {
  const lines = createInterface({ input, terminal: false });
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const deliver = (): void => {
    const [only, second] = waiting;
    waiting = [];
    if (only !== undefined) inbox.put(second === undefined ? { type: "line", line: only } : { type: "pasted" });
  };
  lines.on("line", (line) => {
    waiting.push(line);
    clearTimeout(timer);
    timer = setTimeout(deliver, PASTE_MS);
  });
  lines.on("close", () => {
    clearTimeout(timer);
    deliver();
    inbox.put({ type: "end" });
  });
  return () => lines.close();
}

/** Whoever listens, and a terminal that knows no more, breaks lines as they like. */
const UNBROKEN = Infinity;

/** The card or pane where it is another than before, what can be done there, what was said, and what is asked. */
function wordsFor(state: WalkState, shown: WalkState | undefined): readonly string[] {
  const { header, middle, provenance, notice } = viewOf(state, UNBROKEN);
  const said = [...notice.map(markLine), promptOf(state.pane)?.trimEnd() ?? "a number, then Enter:"];
  if (shown !== undefined && isShown(state, shown)) return said;
  const choices = "text" in state.pane && state.pane.kind !== "reason" ? [] : choicesOf(state);
  const numbered = choices.map((choice, at) => `${numberOf(choice, at)} ${choice.label}`);
  return ["", ...[header, ...middle, ...provenance].map(markLine), "", ...numbered, ...said];
}

function isShown(state: WalkState, shown: WalkState): boolean {
  return shown.pane === state.pane && shown.diff === state.diff && cardOf(shown) === cardOf(state);
}

/** The same number for the same thing on every card, whatever else can be done there. */
function numberOf({ key, command }: Choice, at: number): string {
  if (command.kind === "card") return String(CARD_KEYS.findIndex(({ name }) => name === command.name) + 1);
  return /^\d$/.test(key) ? key : String(at + 1);
}

/** The line as a choice where it names one, else as a text where one is asked for; nothing typed is nothing done. */
function eventOf(state: WalkState, line: string): WalkEvent {
  const { pane } = state;
  const typed = line.trim();
  if (pane.kind === "prompt" || (pane.kind === "batch" && typed !== "")) return { type: "entered", text: typed };
  if (typed === "") return pane.kind === "card" ? { type: "told", notice: "" } : BACK;
  const chosen = choicesOf(state).find((choice, at) => numberOf(choice, at) === typed || choice.key === typed);
  if (chosen !== undefined) return { type: "chosen", command: chosen.command };
  return "text" in pane ? { type: "entered", text: typed } : { type: "told", notice: `${typed} is no choice here` };
}

const BACK: WalkEvent = { type: "chosen", command: { kind: "back" } };
