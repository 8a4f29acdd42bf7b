/** To the heading of the screen, once that is drawn: where a decision leads, and what had the focus may be gone. */
export function focusTitle(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus());
}
