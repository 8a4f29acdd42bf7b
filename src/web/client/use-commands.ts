import { useLayoutEffect, useRef } from "preact/hooks";
import { type Command, commandOf } from "./keys.ts";
import { useReview } from "./review-context.ts";

export type Handlers = Readonly<Partial<Record<Command, () => void>>>;

/** Lets letters act while this part of the page is shown. Inner parts come before outer ones. */
export function useCommands(handlers: Handlers): void {
  const { hasShortcuts } = useReview().settings;
  const current = useRef(handlers);
  current.current = handlers;
  const isOn = useRef(hasShortcuts);
  isOn.current = hasShortcuts;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const command = commandOf(event);
      const handler = command === undefined ? undefined : current.current[command];
      if (!isOn.current || handler === undefined || event.defaultPrevented || isTaken(event.target)) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** True where a letter means itself, and under an open dialog. A field of a closed one keeps the focus for a moment. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]") !== null) return true;
  if (!(target instanceof HTMLElement) || target.closest("dialog") !== null) return false;
  const isTick = target instanceof HTMLInputElement && (target.type === "checkbox" || target.type === "radio");
  return !isTick && target.matches("input, textarea, select, [contenteditable]");
}
