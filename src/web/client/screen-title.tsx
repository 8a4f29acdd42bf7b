import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface TitleProps {
  /** Of the window. */
  readonly name: string;
  /** What the screen is about; focus comes to the heading whenever it changes. */
  readonly about: string;
  readonly children: ComponentChildren;
}

/** The one main heading of a screen. Whoever comes here by keyboard goes on from it. */
export function ScreenTitle({ name, about, children }: TitleProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · answerkey`;
  }, [name]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [about]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
