import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { QueueRow } from "../api.ts";
import { useReview } from "./review-context.ts";
import type { RowWindow } from "./use-window.ts";

interface ActiveRow {
  /** Its position; 0 where the address names none of the rows. */
  readonly active: number;
  readonly setActive: (at: number) => void;
  /** Brings the focus to a row, or to the nearest there is. */
  readonly move: (to: number) => void;
  /** To the next row; to the first one where the address names none yet. */
  readonly next: () => void;
}

/** From outside the table into it. */
export function focusActiveRow(): void {
  document.querySelector<HTMLElement>('.lines a[tabindex="0"]')?.focus();
}

/** The row that has the focus of the table. It stands in the address: whoever comes back finds the row that was left. */
export function useActiveRow(rows: readonly QueueRow[], { list, reveal }: RowWindow): ActiveRow {
  const { route, go } = useReview();
  const active = useMemo(
    () =>
      Math.max(
        0,
        rows.findIndex(({ id }) => id === route.id),
      ),
    [rows, route.id],
  );
  const wanted = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (active > 0) reveal(active);
  }, []);
  useLayoutEffect(() => {
    const link = list.current?.querySelector<HTMLElement>(`[data-at="${wanted.current ?? ""}"] a`);
    if (link === null || link === undefined) return;
    link.focus({ preventScroll: true });
    wanted.current = undefined;
  });
  const setActive = (at: number): void => {
    const id = rows[at]?.id ?? "";
    if (id !== route.id) go({ id }, "replace");
  };
  const move = (to: number): void => {
    const at = Math.min(Math.max(0, to), rows.length - 1);
    wanted.current = at;
    setActive(at);
    reveal(at);
  };
  const next = (): void => move(route.id === "" ? active : active + 1);
  return { active, setActive, move, next };
}
