import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { DeskClient } from "./desk-client.ts";
import { Expired, NoSession } from "./expired.tsx";
import { focusTitle } from "./focus-title.ts";
import { Frame } from "./frame.tsx";
import { filterRows } from "./queue-filter.ts";
import { sortRows } from "./queue-sort.ts";
import { type Review, ReviewContext, type Toast } from "./review-context.ts";
import { Screen } from "./screen.tsx";
import { readSettings, type Settings, storeSettings } from "./settings.ts";
import { useChanges } from "./use-changes.ts";
import { useQueue } from "./use-queue.ts";
import { useRoute } from "./use-route.ts";

/** The whole page of one session. */
export function Page({ client }: { readonly client: DeskClient }): JSX.Element {
  const [route, go] = useRoute();
  const [isExpired, setExpired] = useState(false);
  const expire = (): void => setExpired(true);
  const view = useQueue(client, expire);
  const { queue, fault, epoch, reload } = view;
  const link = useChanges(client, view, expire);
  const [toast, tell] = useState<Toast | undefined>(undefined);
  const [settings, setSettings] = useState(readSettings);
  const [selection, select] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => storeSettings(settings), [settings]);
  const rows = useMemo(
    () => sortRows(filterRows(queue?.rows ?? [], route.filter), route.sort),
    [queue, route.filter, route.sort],
  );
  if (queue === undefined) {
    if (isExpired) return <NoSession />;
    return (
      <main class="alone">
        <p role="status">{fault === "" ? "Reading the queue…" : fault}</p>
      </main>
    );
  }
  const actions = actionsOf({ client, go, tell, reload, expire });
  const set = (change: Partial<Settings>): void => setSettings((last) => ({ ...last, ...change }));
  const review: Review = { client, queue, rows, route, settings, selection, epoch, go, select, set, tell, ...actions };
  return (
    <ReviewContext.Provider value={review}>
      <Frame toast={toast} isLive={link === "live"}>
        <Screen />
      </Frame>
      {isExpired ? <Expired /> : null}
    </ReviewContext.Provider>
  );
}

/** An answer takes longer only while something else is at work in the project, or for thousands at once. */
const PATIENCE_MS = 300;
const WAITING = "At work… something else in this project may come first.";

interface Parts {
  readonly client: DeskClient;
  readonly go: Review["go"];
  readonly tell: Review["tell"];
  readonly reload: () => Promise<void>;
  readonly expire: () => void;
}

function actionsOf({ client, go, tell, reload, expire }: Parts): Pick<Review, "carryOut" | "valueOf" | "undo"> {
  const valueOf: Review["valueOf"] = (answer) => {
    if (answer.status === "ok") return answer.value;
    if (answer.status === "expired") expire();
    else tell({ kind: "problem", message: answer.message });
    return undefined;
  };
  const carryOut: Review["carryOut"] = async (change, undoes) => {
    const patience = window.setTimeout(() => tell({ kind: "done", message: WAITING }), PATIENCE_MS);
    const answer = await change;
    window.clearTimeout(patience);
    const done = valueOf(answer);
    if (done !== undefined) tell({ kind: "done", message: done.message, undoes });
    // The reader goes on at once; the queue follows.
    void reload();
    return answer;
  };
  return {
    valueOf,
    carryOut,
    undo: async (id) => {
      const answer = await carryOut(client.undo(null));
      if (answer.status === "ok" && id !== undefined) go({ view: "review", id: answer.value.id ?? id });
      focusTitle();
    },
  };
}
