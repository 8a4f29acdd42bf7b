import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { batchChoice, type Exclusion } from "./batch-choice.ts";
import { Link } from "./link.tsx";
import { useReview } from "./review-context.ts";
import { ScreenTitle } from "./screen-title.tsx";
import { plural } from "./words.ts";

/** Accepting many at once: what exactly, what not and why, and the count typed by hand. */
export function BatchScreen(): JSX.Element {
  const { rows, queue, selection } = useReview();
  const chosen = useMemo(
    () => (selection.size === 0 ? rows : queue.rows.filter(({ id }) => selection.has(id))),
    [rows, queue, selection],
  );
  const { accepted, excluded, files, words } = useMemo(() => batchChoice(chosen), [chosen]);
  const count = accepted.length;
  return (
    <div class="sheet">
      <ScreenTitle name="Accept many" about="batch">
        {count === 0 ? "Nothing to accept at once" : `Accept ${plural(count, "clean draft")}`}
      </ScreenTitle>
      <p class="lead">
        Of {plural(chosen.length, "item")} {selection.size === 0 ? "in the filter" : "selected"}: pending drafts whose
        place is as it was and which carry no flag.
      </p>
      {count === 0 ? null : (
        <>
          <dl class="totals">
            <Total name="drafts" figure={count} />
            <Total name={files === 1 ? "file" : "files"} figure={files} />
            <Total name="words" figure={words} />
          </dl>
          <Files paths={accepted.map(({ place }) => place)} />
          <ConfirmCount key={count} rows={accepted} />
        </>
      )}
      {excluded.length === 0 ? null : (
        <section class="group">
          <h2>Left out</h2>
          {excluded.map((exclusion) => (
            <LeftOut key={exclusion.reason} exclusion={exclusion} />
          ))}
        </section>
      )}
      <p class="row">
        <Link to={{ view: "queue", id: "" }} class="button">
          Back to the queue
        </Link>
      </p>
    </div>
  );
}

function Total({ name, figure }: { readonly name: string; readonly figure: number }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{figure.toLocaleString("en")}</dd>
    </div>
  );
}

function ConfirmCount({ rows }: { readonly rows: ReturnType<typeof batchChoice>["accepted"] }): JSX.Element {
  const { client, carryOut, go, select } = useReview();
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const isRight = typed.trim() === String(rows.length);
  const submit = async (): Promise<void> => {
    if (!isRight || isBusy) return;
    setBusy(true);
    const answer = await carryOut(client.acceptAll(rows));
    setBusy(false);
    if (answer.status !== "ok") return;
    select(new Set());
    go({ view: "queue", id: "" });
  };
  return (
    <form
      class="confirm"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        Type {rows.length} to confirm
        <input
          id="count"
          inputMode="numeric"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" disabled={!isRight || isBusy}>
        {isBusy ? "Accepting" : "Accept"} {rows.length.toLocaleString("en")}
        {isBusy ? "…" : ""}
      </button>
    </form>
  );
}

const SHOWN = 50;

function Files({ paths }: { readonly paths: readonly string[] }): JSX.Element {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return (
    <details class="group" open={counts.size <= 8}>
      <summary>Files</summary>
      <ul class="plain ledger">
        {Array.from(counts)
          .slice(0, SHOWN)
          .map(([path, count]) => (
            <li key={path}>
              {path} <span class="count">{count}</span>
            </li>
          ))}
      </ul>
      {counts.size > SHOWN ? <p class="note">and {counts.size - SHOWN} more</p> : null}
    </details>
  );
}

function LeftOut({ exclusion: { reason, rows } }: { readonly exclusion: Exclusion }): JSX.Element {
  return (
    <details>
      <summary>
        {reason} <span class="count">{rows.length.toLocaleString("en")}</span>
      </summary>
      <ul class="plain ledger">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <Link to={{ view: "review", id: row.id }}>{row.title}</Link>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN ? <p class="note">and {rows.length - SHOWN} more</p> : null}
    </details>
  );
}
