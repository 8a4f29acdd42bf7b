import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { GoDialog } from "./go-dialog.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Link } from "./link.tsx";
import { type Toast, useReview } from "./review-context.ts";
import { focusSearch } from "./search-field.tsx";
import { ToastNote } from "./toast-note.tsx";
import { useCommands } from "./use-commands.ts";

interface FrameProps {
  readonly toast: Toast | undefined;
  readonly isLive: boolean;
  readonly children: ComponentChildren;
}

type Opened = "help" | "go" | undefined;

/** What stays around every screen: where one can go, what is open, what was said last. */
export function Frame({ toast, isLive, children }: FrameProps): JSX.Element {
  const { go, undo, route } = useReview();
  const [opened, setOpened] = useState<Opened>(undefined);
  const main = useRef<HTMLElement>(null);
  useCommands({
    help: () => setOpened("help"),
    go: () => setOpened("go"),
    search: () => {
      if (route.view !== "queue") go({ view: "queue", id: "" });
      focusSearch("search");
    },
    batch: () => go({ view: "batch", id: "" }),
    apply: () => go({ view: "apply", id: "" }),
    undo: () => void undo(toast?.undoes),
  });
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <TopBar isLive={isLive} onHelp={() => setOpened("help")} />
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <p role="status" class="heard">
        {toast?.message}
      </p>
      {toast === undefined ? null : <ToastNote toast={toast} />}
      {opened === "help" ? <HelpDialog onClose={() => setOpened(undefined)} /> : null}
      {opened === "go" ? <GoDialog onClose={() => setOpened(undefined)} /> : null}
    </>
  );
}

function TopBar({ isLive, onHelp }: { readonly isLive: boolean; readonly onHelp: () => void }): JSX.Element {
  const { route, queue } = useReview();
  const waiting = queue.totals.acceptedNotApplied;
  const isQueue = !["activity", "compare", "apply"].includes(route.view);
  return (
    <header class="top">
      <p class="brand">
        answerkey <span>review</span>
      </p>
      <nav aria-label="Main">
        <Link to={{ view: "queue" }} isCurrent={isQueue}>
          Queue
        </Link>
        <Link to={{ view: "activity", id: "" }} isCurrent={route.view === "activity"}>
          Activity
        </Link>
        <Link to={{ view: "compare", id: "" }} isCurrent={route.view === "compare"}>
          Compare
        </Link>
        {waiting === 0 ? null : (
          <Link to={{ view: "apply", id: "" }} isCurrent={route.view === "apply"} class="call">
            Apply {waiting.toLocaleString("en")} <span class="more">accepted</span>
          </Link>
        )}
      </nav>
      <p class={isLive ? "presence" : "presence lost"}>
        <span class="dot" aria-hidden="true" />
        <span>{isLive ? queue.actor : "connection lost, trying again"}</span>
      </p>
      <button type="button" class="quiet help" onClick={onHelp} aria-label="Help and keys">
        ?
      </button>
    </header>
  );
}
