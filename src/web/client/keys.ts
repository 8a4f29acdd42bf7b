/** What a letter asks for. The letters are those of the review in a terminal. */
export type Command =
  | "accept"
  | "reject"
  | "redo"
  | "edit"
  | "skip"
  | "undo"
  | "next"
  | "previous"
  | "tab"
  | "details"
  | "conflict"
  | "batch"
  | "apply"
  | "search"
  | "go"
  | "help";

interface Key {
  readonly keys: readonly string[];
  readonly command: Command;
  readonly words: string;
}

export const KEYS: readonly Key[] = [
  { keys: ["a"], command: "accept", words: "accept, or save your levels of a grade" },
  { keys: ["r"], command: "reject", words: "reject, with a reason" },
  { keys: ["x"], command: "redo", words: "reject and have it drafted again, with a note" },
  { keys: ["s"], command: "skip", words: "skip to the next" },
  { keys: ["e"], command: "edit", words: "edit the draft" },
  { keys: ["u"], command: "undo", words: "take back the last decision" },
  { keys: ["j", "n"], command: "next", words: "next, decided or not" },
  { keys: ["k", "p"], command: "previous", words: "previous" },
  { keys: ["d"], command: "tab", words: "rendered, word diff, source in turn" },
  { keys: ["i"], command: "details", words: "to the details: where the draft comes from, flags, revisions" },
  { keys: ["c"], command: "conflict", words: "resolve a conflict" },
  { keys: ["A"], command: "batch", words: "accept all clean ones of the filter" },
  { keys: ["w"], command: "apply", words: "apply what is accepted to the bank" },
  { keys: ["/"], command: "search", words: "search the queue" },
  { keys: ["g"], command: "go", words: "go to a place in the queue" },
  { keys: ["?"], command: "help", words: "this list" },
];

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  KEYS.flatMap(({ keys, command }) => keys.map((key) => [key, command] as const)),
);

/** Undefined for every other key, Enter and Escape among them: these never decide. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat">,
): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const command = COMMANDS.get(event.key);
  // A key held down walks on; it does not decide about one card after the other.
  return event.repeat && command !== "next" && command !== "previous" ? undefined : command;
}
