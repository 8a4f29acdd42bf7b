import { emitKeypressEvents } from "node:readline";

/** What a person did at the keyboard, told apart by what may follow from it. */
export type KeyEvent =
  /** One letter typed by hand, capital or not as it was. */
  | { readonly kind: "letter"; readonly text: string }
  /** `return`, `escape`, `backspace`, `up`, `pagedown`, …; with Ctrl held `ctrl-c`. Of keys without a name, `unknown`. */
  | { readonly kind: "named"; readonly name: string }
  /** Text that came in one piece, from a clipboard: never keys. */
  | { readonly kind: "pasted"; readonly text: string };

/** A key as node:readline reports it. */
export interface RawKey {
  readonly sequence?: string | undefined;
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
}

/** Keys of a terminal in raw mode, while they are wanted. */
export interface KeyReader {
  resume(): void;
  pause(): void;
  close(): void;
}

/** Reads nothing before it is told to resume. */
export function readKeys(input: NodeJS.ReadableStream, onKey: (key: KeyEvent) => void): KeyReader {
  const sorter = new KeySorter(onKey);
  const begin = (chunk: string | Buffer): void => sorter.begin(chunk.toString());
  const key = (_text: string | undefined, raw: RawKey): void => sorter.key(raw);
  const end = (): void => sorter.end();
  // Readline's own listener comes between the two, once and for all: it reports the keys of a chunk while that is passed on.
  input.on("data", begin);
  emitKeypressEvents(input);
  input.on("keypress", key);
  input.on("data", end);
  input.pause();
  return {
    resume: () => void input.resume(),
    pause: () => void input.pause(),
    close() {
      input.off("data", begin);
      input.off("keypress", key);
      input.off("data", end);
      input.pause();
    },
  };
}

const ESCAPE_SEQUENCES = /\u001B(?:\[[0-9;:?<=>]*[ -/]*[@-~]|O[ -~]|[^[O])?/gu;

/**
 * Tells typed letters from pasted ones. A letter counts as typed only where it came alone: what a terminal sends in brackets
 * or together with more is a paste, and what is left of an escape sequence that nobody knows is no letter at all.
 */
export class KeySorter {
  readonly #emit: (event: KeyEvent) => void;
  #chunk = "";
  #burst = "";
  /** What a bracketed paste has brought so far; undefined outside of one. */
  #paste: string | undefined;

  constructor(emit: (event: KeyEvent) => void) {
    this.#emit = emit;
  }

  /** A chunk of input; its keys follow. */
  begin(chunk: string): void {
    this.#chunk = chunk;
  }

  key(key: RawKey): void {
    const { sequence = "", name } = key;
    if (name === "paste-start") this.#paste = "";
    else if (name === "paste-end") this.#endPaste();
    else if (this.#paste !== undefined) this.#paste += sequence;
    else if (sequence === this.#chunk || sequence.startsWith("\u001B")) this.#emit(keyEvent(key));
    else if (isBurst(this.#chunk)) this.#burst += sequence;
    else this.#emit({ kind: "named", name: "unknown" });
  }

  /** The chunk is over: what came in a burst is one paste. */
  end(): void {
    const text = this.#burst;
    this.#burst = "";
    if (text !== "") this.#emit({ kind: "pasted", text });
  }

  #endPaste(): void {
    const text = this.#paste ?? "";
    this.#paste = undefined;
    this.#emit({ kind: "pasted", text });
  }
}

/** True where there is more than one key beside escape sequences. */
function isBurst(chunk: string): boolean {
  return Array.from(chunk.replace(ESCAPE_SEQUENCES, "")).length > 1;
}

function keyEvent({ sequence = "", name, ctrl, meta }: RawKey): KeyEvent {
  if (ctrl !== true && meta !== true && /^[^\p{Cc}]$/u.test(sequence)) return { kind: "letter", text: sequence };
  if (name === "escape" || name === "return") return { kind: "named", name };
  if (name === undefined || meta === true) return { kind: "named", name: "unknown" };
  if (name === "enter") return { kind: "named", name: "return" };
  return { kind: "named", name: ctrl === true ? `ctrl-${name}` : name };
}
