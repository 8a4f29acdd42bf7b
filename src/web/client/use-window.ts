import { type RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export interface RowWindow {
  readonly list: RefObject<HTMLDivElement | null>;
  /** Height of a row in CSS pixels. */
  readonly height: number;
  readonly first: number;
  /** Excluded. */
  readonly last: number;
  /** Brings a row into view, so that it is there to be focused. */
  readonly reveal: (at: number) => void;
}

const NARROW = matchMedia("(max-width: 47.99rem)");
const HEIGHTS = { narrow: 130, wide: 60 };
/** Rows kept ready above and below what is seen. */
const MARGIN = 8;

/** Which of many rows of one height are in view, as the page scrolls. */
export function useWindow(count: number): RowWindow {
  const list = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(() => rowHeight());
  const [first, setFirst] = useState(0);
  const seen = Math.ceil(window.innerHeight / height) + 2 * MARGIN;
  useLayoutEffect(() => {
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      // In steps, so that most scrolling changes nothing.
      const above = Math.max(0, Math.floor(-top / rowHeight()) - MARGIN);
      setFirst(above - (above % 4));
      setHeight(rowHeight());
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [count]);
  const reveal = (at: number): void => {
    const top = (list.current?.getBoundingClientRect().top ?? 0) + at * height;
    const room = { above: 120, below: window.innerHeight - 100 };
    if (top < room.above) window.scrollBy(0, top - room.above);
    else if (top + height > room.below) window.scrollBy(0, top + height - room.below);
  };
  const start = Math.min(first, Math.max(0, count - seen));
  return { list, height, first: start, last: Math.min(count, start + seen), reveal };
}

function rowHeight(): number {
  return NARROW.matches ? HEIGHTS.narrow : HEIGHTS.wide;
}
