import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { visible } from "../../core/sanitise.ts";
import type { ActivityEntry } from "../api.ts";
import { Link } from "./link.tsx";
import { useReview } from "./review-context.ts";
import { SearchField } from "./search-field.tsx";
import { ScreenTitle } from "./screen-title.tsx";
import { useAnswer } from "./use-answer.ts";
import { plural, timeText } from "./words.ts";

const SHOWN = 200;

/** Who decided what, newest first, and taking it back. */
export function ActivityScreen(): JSX.Element {
  const { client, epoch, valueOf } = useReview();
  const [entries, setEntries] = useState<readonly ActivityEntry[] | undefined>(undefined);
  const [text, setText] = useState("");
  const [action, setAction] = useState("");
  const [shown, setShown] = useState(SHOWN);
  useAnswer(
    () => client.activity(),
    (answer) => setEntries((last) => valueOf(answer) ?? last),
    [client, epoch],
  );
  const found = useMemo(() => chosen(entries ?? [], text, action), [entries, text, action]);
  const actions = [...new Set((entries ?? []).map((entry) => entry.action))].toSorted();
  return (
    <div class="sheet wide">
      <ScreenTitle name="Activity" about="activity">
        Activity
      </ScreenTitle>
      <div class="toolbar">
        <SearchField id="log-search" label="Search who, what or why" text={text} onText={setText} />
        <label class="field inline">
          Action
          <select value={action} onChange={(event) => setAction(event.currentTarget.value)}>
            <option value="">all</option>
            {actions.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <p class="shown" role="status">
          {entries === undefined ? "Reading…" : plural(found.length, "entry", "entries")}
        </p>
        {found.length === 0 ? null : <Export entries={found} />}
      </div>
      {entries?.length === 0 ? (
        <div class="empty">
          <h2>Nothing decided yet</h2>
          <p>Every decision will stand here, with who made it and why.</p>
        </div>
      ) : (
        <ol class="log">
          {found.slice(0, shown).map((entry) => (
            <Entry key={`${entry.id} ${entry.via} ${entry.seq}`} entry={entry} />
          ))}
        </ol>
      )}
      {found.length > shown ? (
        <button type="button" onClick={() => setShown(shown + SHOWN)}>
          Show older ones
        </button>
      ) : null}
    </div>
  );
}

function Entry({ entry }: { readonly entry: ActivityEntry }): JSX.Element {
  const { client, carryOut } = useReview();
  const { seq, at, actor, action, via, id, title, reason, undoable } = entry;
  return (
    <li>
      <p class="what">
        <strong>{action}</strong>{" "}
        <Link to={{ view: "review", id }} class="title">
          {title === "" ? id : title}
        </Link>
      </p>
      <p class="note">
        <time dateTime={at}>{timeText(at)}</time>, {visible(actor)}, by {via}
        {reason === "" ? null : <>: “{visible(reason)}”</>}
      </p>
      {undoable ? (
        <button
          type="button"
          class="small"
          onClick={() => void carryOut(client.undo(seq))}
          aria-label={`Undo: ${action} ${title}`}
        >
          Undo
        </button>
      ) : null}
    </li>
  );
}

/** The entries as a file, made in the browser. */
function Export({ entries }: { readonly entries: readonly ActivityEntry[] }): JSX.Element {
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(entries, null, 2)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "activity.json";
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <button type="button" class="quiet" onClick={save}>
      Save as JSON
    </button>
  );
}

function chosen(entries: readonly ActivityEntry[], text: string, action: string): readonly ActivityEntry[] {
  const sought = text.trim().toLowerCase();
  return entries
    .filter((entry) => action === "" || entry.action === action)
    .filter(({ actor, title, reason, id }) =>
      [actor, title, reason, id].some((each) => each.toLowerCase().includes(sought)),
    )
    .toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at) || right.seq - left.seq);
}
