import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const TITLE = "Session over · answerkey";

/** There is no session: nothing of the project can be shown. */
export function NoSession(): JSX.Element {
  useEffect(() => {
    document.title = TITLE;
  }, []);
  return (
    <main class="alone">
      <Words />
    </main>
  );
}

/** The session ended under a page with work in it, which can still be read and copied. */
export function Expired(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    document.title = TITLE;
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="expired-title">
      <Words />
      <form method="dialog" class="row">
        <button type="submit">Look at this page once more</button>
      </form>
    </dialog>
  );
}

function Words(): JSX.Element {
  return (
    <>
      <h1 id="expired-title">This review session is over</h1>
      <p>
        The server was stopped, or the link was used before. All decisions so far are saved. In your terminal, run this
        again and open the new link:
      </p>
      <pre class="command" tabIndex={0}>
        <code>answerkey review --web</code>
      </pre>
    </>
  );
}
