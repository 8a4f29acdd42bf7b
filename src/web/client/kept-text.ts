/** What was typed and not saved, and the draft that it was typed from. */
export interface KeptText {
  readonly text: string;
  readonly base: string;
}

/** In this tab, so that a reload, a refusal or the end of the session loses nothing. Forgotten once it is saved. */
export function keepText(id: string, kept: KeptText): void {
  if (kept.text === kept.base) sessionStorage.removeItem(keyOf(id));
  else sessionStorage.setItem(keyOf(id), JSON.stringify(kept));
}

export function keptText(id: string): KeptText | undefined {
  const stored = sessionStorage.getItem(keyOf(id));
  return stored === null ? undefined : JSON.parse(stored);
}

function keyOf(id: string): string {
  return `answerkey-typed:${id}`;
}
