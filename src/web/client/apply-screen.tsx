import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ApplyView } from "../api.ts";
import { Link } from "./link.tsx";
import { PatchView } from "./patch-view.tsx";
import { useReview } from "./review-context.ts";
import { ScreenTitle } from "./screen-title.tsx";
import { useAnswer } from "./use-answer.ts";
import { plural } from "./words.ts";

/** What is accepted, into the bank: first every line that would change, then the writing. */
export function ApplyScreen(): JSX.Element {
  const { client, queue, epoch, valueOf, tell } = useReview();
  const [view, setView] = useState<ApplyView | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const isWritten = view?.dryRun === false;
  useAnswer(
    // What was written stays on the screen until one leaves.
    () => (isWritten ? undefined : client.apply(true)),
    (answer) => setView(valueOf(answer)),
    [client, epoch, isWritten],
  );
  const write = async (): Promise<void> => {
    setBusy(true);
    const value = valueOf(await client.apply(false));
    setBusy(false);
    if (value === undefined) return;
    setView(value);
    tell({
      kind: "done",
      message: `Written: ${plural(value.written, "draft")} into ${plural(value.files.length, "file")}.`,
    });
  };
  return (
    <div class="sheet">
      <ScreenTitle name="Apply" about={isWritten ? "written" : "apply"}>
        {isWritten ? "Written into the bank" : "Apply what is accepted"}
      </ScreenTitle>
      {view === undefined ? (
        <p role="status" aria-busy="true">
          Looking at what would change…
        </p>
      ) : (
        <Plan view={view} isBusy={isBusy} onWrite={() => void write()} accepted={queue.totals.acceptedNotApplied} />
      )}
    </div>
  );
}

interface PlanProps {
  readonly view: ApplyView;
  readonly accepted: number;
  readonly isBusy: boolean;
  readonly onWrite: () => void;
}

function Plan({ view, accepted, isBusy, onWrite }: PlanProps): JSX.Element {
  const { files, refused, written, dryRun } = view;
  const isEmpty = dryRun && files.length === 0;
  return (
    <>
      <p class="lead">
        {isEmpty
          ? accepted === 0
            ? "Nothing is accepted and waiting to be written."
            : "None of what is accepted can be written as it is."
          : dryRun
            ? `${plural(files.length, "file")} would change, in these lines and no others.`
            : `${plural(written, "draft")} in ${plural(files.length, "file")}. Each can be taken back in the activity.`}
      </p>
      {files.map(({ path, diff }) => (
        <details key={path} class="file" open={files.length <= 5}>
          <summary>{path}</summary>
          <PatchView patch={diff} />
        </details>
      ))}
      {refused.length === 0 ? null : (
        <section class="notice warn" aria-label="Not written">
          <h2>{dryRun ? "Will not be written" : "Not written"}</h2>
          <ul class="plain">
            {refused.map(({ id, reason }) => (
              <li key={id}>
                <Link to={{ view: "review", id }}>{id}</Link>: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="row">
        <Link to={dryRun ? { view: "queue", id: "" } : { view: "activity", id: "" }} class="button">
          {dryRun ? "Back to the queue" : "To the activity"}
        </Link>
        {!dryRun || isEmpty ? null : (
          <button type="button" class="primary" disabled={isBusy} onClick={onWrite}>
            Write into {plural(files.length, "file")}
          </button>
        )}
      </p>
    </>
  );
}
