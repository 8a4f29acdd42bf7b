import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visible } from "../../core/sanitise.ts";
import type { TextDiff } from "../../review/diff.ts";
import type { ComparisonView } from "../api.ts";
import { DiffView } from "./diff-view.tsx";
import { formText } from "./form-text.ts";
import { Link } from "./link.tsx";
import { Source } from "./markdown-view.tsx";
import { useReview } from "./review-context.ts";
import { ScreenTitle } from "./screen-title.tsx";
import { type UsefulAnswer, useAnswer } from "./use-answer.ts";
import { plural, pointsText } from "./words.ts";

/** Two runs, two revisions or two grading runs side by side. */
export function CompareScreen(): JSX.Element {
  const { client, route, epoch } = useReview();
  const { left, right } = route;
  const [answer, setAnswer] = useState<UsefulAnswer<ComparisonView> | undefined>(undefined);
  const isAsked = left !== "" && right !== "";
  useAnswer(() => (isAsked ? client.compare(left, right) : undefined), setAnswer, [client, left, right, epoch]);
  return (
    <div class="sheet wide">
      <ScreenTitle name="Compare" about="compare">
        Compare
      </ScreenTitle>
      <Choice key={`${left} ${right}`} />
      {answer === undefined ? (
        <p role="status" aria-busy={isAsked}>
          {isAsked ? "Comparing…" : ""}
        </p>
      ) : answer.status === "ok" ? (
        <Rows view={answer.value} />
      ) : (
        <p class="fault" role="alert">
          {answer.message}
        </p>
      )}
    </div>
  );
}

function Choice(): JSX.Element {
  const { route, go, queue } = useReview();
  const names = queue.rows.flatMap(({ kind, run, place }) => (kind === "grade" ? [run, place] : [run]));
  const known = [...new Set(names)].filter((name) => name !== "").toSorted();
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = event.currentTarget;
    go({ left: formText(form, "left"), right: formText(form, "right") });
  };
  return (
    <form class="toolbar" onSubmit={submit}>
      <label class="field">
        From
        <input name="left" list="names" required defaultValue={route.left} autocomplete="off" />
      </label>
      <label class="field">
        To
        <input name="right" list="names" required defaultValue={route.right} autocomplete="off" />
      </label>
      <datalist id="names">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit" class="primary">
        Compare
      </button>
      <p class="note">Two runs by their ids, two revisions of a draft as id@r1 and id@r2, or two sets of grades.</p>
    </form>
  );
}

const SHOWN = 200;

function Rows({ view }: { readonly view: ComparisonView }): JSX.Element {
  const { rows, compared } = view;
  const moved = rows.filter((row) => row.moved !== null && row.moved !== 0);
  const total = moved.reduce((sum, row) => sum + (row.moved ?? 0), 0);
  return (
    <section aria-label="What changed">
      <p class="lead" role="status">
        {plural(compared, "item")} on both sides; {plural(rows.length, "difference")}
        {moved.length === 0 ? "" : `, ${plural(moved.length, "mark")} moved, by ${signed(total)} in all`}.
      </p>
      <ol class="log">
        {rows.slice(0, SHOWN).map(({ id, name, title, kind, change, diff, moved: by }) => (
          <li key={id}>
            <p class="what">
              <Title id={id} title={title} />
              {by === null ? null : <span class={`moved ${by < 0 ? "down" : "up"}`}>{signed(by)} points</span>}
            </p>
            <p>{visible(change)}</p>
            <p class="note">
              {kind} {visible(name)}
            </p>
            {diff === null ? null : <TextChange diff={diff} />}
          </li>
        ))}
      </ol>
      {rows.length > SHOWN ? <p class="note">and {rows.length - SHOWN} more</p> : null}
    </section>
  );
}

/** A text that only one side has is shown as it is: there is nothing that it differs from. */
function TextChange({ diff }: { readonly diff: TextDiff }): JSX.Element {
  const parts = diff.hunks.flatMap((hunk) => hunk.parts);
  const [first] = parts;
  const isWhole = first !== undefined && first.kind !== "same" && parts.every(({ kind }) => kind === first.kind);
  return (
    <details>
      <summary>{isWhole ? "The text" : "What changed in the text"}</summary>
      {isWhole ? <Source text={parts.map(({ text }) => text).join("")} /> : <DiffView diff={diff} />}
    </details>
  );
}

function signed(thousandths: number): string {
  return `${thousandths > 0 ? "+" : thousandths < 0 ? "−" : "±"}${pointsText(Math.abs(thousandths))}`;
}

/** A link where the item is in the queue, which knows what is asked. */
function Title({ id, title }: { readonly id: string; readonly title: string }): JSX.Element {
  const { queue } = useReview();
  const row = queue.rows.find((each) => each.id === id);
  if (row === undefined) return <>{visible(title)}</>;
  return <Link to={{ view: "review", id }}>{row.candidate === "" ? row.title : `${row.candidate}: ${row.title}`}</Link>;
}
