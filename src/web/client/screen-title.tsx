import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

interface TitleProps {
  /** Of the window. */
  readonly name: string;
  /** What the screen is about; focus comes to the heading whenever it changes. */
  readonly about: string;
  readonly children: ComponentChildren;
}

let isOpened = false;

/** The one main heading of a screen. Whoever comes here by keyboard goes on from it. */
export function ScreenTitle({ name, about, children }: TitleProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · answerkey`;
  }, [name]);
  useLayoutEffect(() => {
    // Whoever opened the page anew starts at its top, as on any other page.
    if (isOpened) heading.current?.focus({ preventScroll: true });
    isOpened = true;
  }, [about]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
