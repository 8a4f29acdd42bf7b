/** A reader's choices, kept in this browser. */
export interface Settings {
  /** Grades: everything of the judge stays on the server until one's own levels are saved. */
  readonly isBlind: boolean;
  /** Letters act as commands while no input has focus. */
  readonly hasShortcuts: boolean;
}

const STORED = "answerkey-settings";

export function readSettings(): Settings {
  const stored = localStorage.getItem(STORED) ?? "";
  return { isBlind: !stored.includes("open-eyed"), hasShortcuts: !stored.includes("no-letters") };
}

export function storeSettings({ isBlind, hasShortcuts }: Settings): void {
  localStorage.setItem(STORED, [isBlind ? "" : "open-eyed", hasShortcuts ? "" : "no-letters"].join(" ").trim());
}
