import { useLayoutEffect, useRef } from "preact/hooks";
import { useReview } from "./review-context.ts";

const OWN_ENTER = "a, button, input, select, textarea, summary, [contenteditable], [role=tab]";

/** Lets Enter open something while nothing that has a use of its own for it has the focus. It opens, and decides nothing. */
export function useOpenKey(open: () => void): void {
  const { hasShortcuts } = useReview().settings;
  const current = useRef(open);
  current.current = open;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { key, repeat, defaultPrevented, target, ctrlKey, metaKey, altKey } = event;
      const isTaken = target instanceof Element && target.closest(OWN_ENTER) !== null;
      if (key !== "Enter" || repeat || defaultPrevented || isTaken || ctrlKey || metaKey || altKey) return;
      if (document.querySelector("dialog[open]") === null) current.current();
    };
    if (hasShortcuts) document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [hasShortcuts]);
}
