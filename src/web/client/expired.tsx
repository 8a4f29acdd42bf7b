import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** The session is over, or never began. Over a page with work in it, that work can still be read and copied. */
export function Expired(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    document.title = "Session over · answerkey";
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="dialog expired" aria-labelledby="expired-title">
      <h1 id="expired-title">This review session is over</h1>
      <p>
        The server was stopped, or the link was used before. All decisions so far are saved. In your terminal, run this
        again and open the new link:
      </p>
      <pre class="command">
        <code>answerkey review --web</code>
      </pre>
      <form method="dialog">
        <button type="submit" class="quiet">
          Look at this page once more
        </button>
      </form>
    </dialog>
  );
}
